import { Failure, invalid } from './error.ts';
import type { Evaluation } from './evaluation.ts';
import type { NodeSet } from './node-set.ts';
import type { ValueNode } from './value-node.ts';
import { JsonNode, PatternNode, areNodesEqual, compareNumbers, isNumberNode, listNodes, nodeClass, nodeText } from './value-node.ts';

/** Compares two operands; the evaluation counts what that costs. */
export type Operator = (left: ValueNode, right: ValueNode, evaluation: Evaluation) => boolean;

function ordered(test: (order: number) => boolean): Operator {
  return (left, right) => {
    if (isNumberNode(left) && isNumberNode(right)) return test(compareNumbers(left, right));
    if (typeof left === 'string' && typeof right === 'string') return test(left < right ? -1 : left > right ? 1 : 0);
    return false;
  };
}

const isEqual: Operator = (left, right, evaluation) =>
  left instanceof JsonNode && right instanceof JsonNode ? left.equalsParsed(right, evaluation) : areNodesEqual(left, right);

const isTypeEqual: Operator = (left, right, evaluation) => nodeClass(left) === nodeClass(right) && isEqual(left, right, evaluation);

function isIn(left: ValueNode, right: ValueNode): boolean {
  return listNodes(right)?.has(left) ?? false;
}

/** An operator over two lists; false where either is JSON but no list. */
function overLists(test: (left: readonly ValueNode[], right: NodeSet) => boolean): Operator {
  return (left, right) => {
    const rightList = listNodes(right);
    if (rightList === undefined) return false;
    const leftList = listNodes(left);
    return leftList !== undefined && test(leftList.items, rightList);
  };
}

function isAnyShared(left: readonly ValueNode[], right: NodeSet): boolean {
  return left.some((item) => right.has(item));
}

function contains(left: ValueNode, right: ValueNode): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  return left instanceof JsonNode && isIn(right, left);
}

function hasSize(left: ValueNode, right: ValueNode): boolean {
  if (!isNumberNode(right)) return false;
  const size = Math.trunc(typeof right === 'number' ? right : right.value);
  if (typeof left === 'string') return left.length === size;
  // An object counts as -1 long.
  return left instanceof JsonNode && (left.isList ? left.list.length : -1) === size;
}

function isEmpty(left: ValueNode, right: ValueNode): boolean {
  if (typeof left !== 'string' && !(left instanceof JsonNode)) return false;
  if (left instanceof JsonNode && !left.isList) {
    throw new Failure('other', 'class java.util.LinkedHashMap cannot be cast to class java.util.Collection');
  }
  const empty = (typeof left === 'string' ? left.length : left.list.length) === 0;
  return empty === asBoolean(right);
}

function asBoolean(node: ValueNode): boolean {
  return typeof node === 'boolean' ? node : invalid('Expected boolean node');
}

function exists(left: ValueNode, right: ValueNode): boolean {
  if (typeof left !== 'boolean' && typeof right !== 'boolean') throw new Failure('other', 'Failed to evaluate exists expression');
  return asBoolean(left) === asBoolean(right);
}

function matches(left: ValueNode, right: ValueNode): boolean {
  if (left instanceof PatternNode === right instanceof PatternNode) return false;
  const [pattern, input] = left instanceof PatternNode ? [left, right] : [right as PatternNode, left];
  if (input instanceof JsonNode && input.isList) return listNodes(input)!.items.some((item) => pattern.regex.matchesWhole(regexInput(item)));
  return pattern.regex.matchesWhole(regexInput(input));
}

function regexInput(node: ValueNode): string {
  if (typeof node === 'string') return node;
  return typeof node === 'boolean' ? String(node) : isNumberNode(node) ? nodeText(node) : '';
}

/** The operators of filters by their upper-case names. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['==', isEqual],
  ['!=', (left, right, evaluation) => !isEqual(left, right, evaluation)],
  ['===', isTypeEqual],
  ['!==', (left, right, evaluation) => !isTypeEqual(left, right, evaluation)],
  ['<', ordered((order) => order < 0)],
  ['<=', ordered((order) => order <= 0)],
  ['>', ordered((order) => order > 0)],
  ['>=', ordered((order) => order >= 0)],
  ['=~', matches],
  ['IN', isIn],
  ['NIN', (left, right) => !isIn(left, right)],
  ['SUBSETOF', overLists((left, right) => left.every((item) => right.has(item)))],
  ['ANYOF', overLists(isAnyShared)],
  ['NONEOF', overLists((left, right) => !isAnyShared(left, right))],
  ['CONTAINS', contains],
  ['SIZE', hasSize],
  ['EMPTY', isEmpty],
  ['EXISTS', exists],
  // Reachable from Java only: written in a path their right side is never what they expect.
  ['ALL', () => invalid('Expected value list node')],
  ['TYPE', () => invalid('Expected class node')],
  ['MATCHES', () => invalid('Expected predicate node')],
]);
