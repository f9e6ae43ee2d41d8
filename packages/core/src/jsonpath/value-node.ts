import type { Json } from '@interstate/kernel';
import type { Regex } from '../regex/compile.ts';
import type { Decimal } from './decimal.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { Failure, invalid } from './error.ts';
import { unescapeText } from './escapes.ts';
import type { Evaluation } from './evaluation.ts';
import type { Value } from './java-value.ts';
import { JavaDouble, KeySet, className, isList, isMap, javaText, numberText } from './java-value.ts';
import { NodeSet } from './node-set.ts';
import { parsePath } from './parse-path.ts';
import { parsePermissiveJson } from './permissive-json.ts';

/** A number whose size or spelling a JS number does not keep. */
export class NumberNode {
  readonly value: number;
  constructor(readonly decimal: Decimal) {
    this.value = Number(decimal.text);
  }
}

/** An array or object: the outcome of a path, or a literal, which compares by its text until it is parsed. */
export class JsonNode {
  private parsed: Value | undefined;
  private items: NodeSet | undefined;

  constructor(
    readonly text: string | undefined,
    value?: Value,
  ) {
    this.parsed = value;
  }

  get value(): Value {
    return (this.parsed ??= parsePermissiveJson(this.text!));
  }

  get isList(): boolean {
    return isList(this.value);
  }

  get list(): readonly Json[] {
    return isList(this.value) ? this.value : [];
  }

  get nodes(): NodeSet {
    return (this.items ??= new NodeSet(this.list.map(itemNode)));
  }

  /** `==`: a literal on the left is compared as its text, and so equals nothing. */
  equalsParsed(other: JsonNode, evaluation: Evaluation): boolean {
    return this.text === undefined && areValuesEqual(this.value, other.value, evaluation);
  }
}

export class PatternNode {
  constructor(readonly regex: Regex) {}
}

/** A string in a list that reads like a path: equal to nothing. */
class PathTextNode {}

/** What filters compare. Undefined where a path found nothing; a string, boolean or null as such, a number where it keeps its value. */
export type ValueNode = undefined | null | boolean | string | number | NumberNode | JsonNode | PatternNode | PathTextNode;

export function isNumberNode(node: ValueNode): node is number | NumberNode {
  return typeof node === 'number' || node instanceof NumberNode;
}

/** The node of a number literal. */
export function numberNode(text: string): ValueNode {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new Failure('other', `java.lang.NumberFormatException: ${text}`);
  const value = Number(decimal.text);
  return Number.isFinite(value) && decimalOf(value).text === decimal.text ? value : new NumberNode(decimal);
}

/** The node of a string literal or list item: surrounding quotes and escapes are taken away. */
export function stringNode(text: string): string {
  const first = text[0];
  const isQuoted = text.length > 1 && (first === "'" || first === '"') && text.at(-1) === first;
  return text.length > 1 ? unescapeText(isQuoted ? text.slice(1, -1) : text) : text;
}

/** The node of what a path selected. */
export function valueNode(value: Value): ValueNode {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof JavaDouble) return numberNode(javaText(value));
  if (value instanceof KeySet) {
    throw new Failure('other', `Could not convert class ${className(value)}:${javaText(value)} to a ValueNode`);
  }
  return new JsonNode(undefined, value);
}

function itemNode(item: Value): ValueNode {
  if (typeof item === 'string') return isPathText(item) ? new PathTextNode() : isJsonText(item) ? new JsonNode(item) : stringNode(item);
  if (isList(item) || isMap(item)) throw new Failure('other', 'Could not determine value type');
  return valueNode(item);
}

function isPathText(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed[0] !== '$' && trimmed[0] !== '@') return false;
  try {
    parsePath(trimmed);
    return true;
  } catch {
    return false;
  }
}

function isJsonText(text: string): boolean {
  const trimmed = text.trim();
  const ends = trimmed.length > 1 ? `${trimmed[0]}${trimmed.at(-1)}` : '';
  if (ends !== '[]' && ends !== '{}') return false;
  try {
    parsePermissiveJson(trimmed);
    return true;
  } catch {
    return false;
  }
}

/** The items of a list as nodes; undefined for JSON that is no list. @throws Failure for what is no JSON at all. */
export function listNodes(node: ValueNode): NodeSet | undefined {
  if (!(node instanceof JsonNode)) return invalid('Expected value list node');
  return node.isList ? node.nodes : undefined;
}

function decimalOf(node: number | NumberNode): Decimal {
  return typeof node === 'number' ? parseDecimal(numberText(node))! : node.decimal;
}

/** The text a number has in comparison with strings. */
export function nodeText(node: number | NumberNode): string {
  return decimalOf(node).text;
}

export function compareNumbers(left: number | NumberNode, right: number | NumberNode): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  return compareDecimals(decimalOf(left), decimalOf(right));
}

/** What `===` compares first. */
export function nodeClass(node: ValueNode): unknown {
  if (isNumberNode(node)) return NumberNode;
  return node === null ? null : typeof node === 'object' ? node.constructor : typeof node;
}

/** Not symmetric: the left side decides whether a string and a number compare as text or as numbers. */
export function areNodesEqual(left: ValueNode, right: ValueNode): boolean {
  if (typeof left === 'string') return left === (isNumberNode(right) ? nodeText(right) : right);
  if (isNumberNode(left)) {
    if (isNumberNode(right)) return compareNumbers(left, right) === 0;
    const decimal = typeof right === 'string' ? parseDecimal(right) : undefined;
    return decimal !== undefined && compareDecimals(decimalOf(left), decimal) === 0;
  }
  if (left instanceof JsonNode && right instanceof JsonNode) return left === right || (left.text !== undefined && left.text === right.text);
  return left !== undefined && left === right;
}

/** Keys under which a set finds equal texts and equal numbers; undefined where the text is no number. */
export function textKey(text: string): string {
  return `t${text}`;
}

export function numberKey(node: string | number | NumberNode): string | undefined {
  const decimal = typeof node === 'string' ? parseDecimal(node) : decimalOf(node);
  return decimal && `n${decimal.negative ? '-' : ''}${decimal.digits}e${decimal.exponent}`;
}

/** Deep equality as of Java collections: `1` and `1.0` differ. Walks with a stack of its own: documents may be nested deep. */
function areValuesEqual(left: Value, right: Value, evaluation: Evaluation): boolean {
  const pairs: Value[] = [left, right];
  while (pairs.length > 0) {
    evaluation.visit(1);
    const b = pairs.pop()!;
    const a = pairs.pop()!;
    if (isList(a)) {
      if (!isList(b) || a.length !== b.length) return false;
      for (let index = 0; index < a.length; index++) pairs.push(a[index]!, b[index]!);
    } else if (isMap(a)) {
      const keys = Object.keys(a);
      if (!isMap(b) || keys.length !== Object.keys(b).length) return false;
      for (const key of keys) {
        if (!Object.hasOwn(b, key)) return false;
        pairs.push(a[key]!, b[key]!);
      }
    } else if (a instanceof JavaDouble ? !(b instanceof JavaDouble && a.value === b.value) : a !== b) return false;
  }
  return true;
}
