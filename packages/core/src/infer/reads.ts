import type { Json, JsonObject } from '@interstate/kernel';
import { parseIntrinsic, type IntrinsicArgument, type IntrinsicCall } from '../intrinsics/parse.ts';
import { childrenOf, type Node } from '../jsonata/ast.ts';
import { parseJsonata } from '../jsonata/parse.ts';
import { parsePath } from '../jsonpath/parse-path.ts';
import { isJsonataText } from '../query/jsonata-template.ts';
import { kind, noteKind, noteLoose, readItems, readMember, unknown, type Kind, type Shape } from './shape.ts';

/** What a state's fields see. */
export interface Sight {
  /** `$`, or `$states.input`. */
  readonly input: Shape;
  readonly result?: Shape;
  readonly errorOutput?: Shape;
  readonly context: Shape;
  readonly variables: ReadonlyMap<string, Shape>;
  /** Whether all that gets so far comes by here: what is read then has to be there. */
  readonly isSure: boolean;
}

const VARIABLE = /^\$([\p{ID_Start}_][\p{ID_Continue}]*)/u;

/** What a path leads to. */
export function readPath(text: string, sight: Sight): Shape {
  if (text.startsWith('$$')) return follow(text.slice(1), sight.context, sight.isSure);
  const variable = VARIABLE.exec(text);
  if (!variable) return follow(text, sight.input, sight.isSure);
  return follow(`$${text.slice(variable[0].length)}`, sight.variables.get(variable[1]!) ?? unknown(), sight.isSure);
}

function follow(text: string, from: Shape, isSure: boolean): Shape {
  let tokens: ReturnType<typeof parsePath>['tokens'];
  try {
    ({ tokens } = parsePath(text));
  } catch {
    return unknown();
  }
  let shape = from;
  let isMany = false;
  for (const token of tokens) {
    if (token.kind === 'property' && token.keys.length === 1) shape = readMember(shape, token.keys[0]!, isSure && !isMany);
    else if (token.kind === 'index' && token.indexes.length === 1) shape = readItems(shape);
    else if (token.kind === 'wildcard' || token.kind === 'filter' || token.kind === 'slice') {
      shape = token.kind === 'wildcard' ? unknown() : readItems(shape);
      isMany = true;
    } else return token.kind === 'function' && token.name === 'length' ? kind('number') : unknown();
  }
  return isMany ? { type: 'list', items: shape } : shape;
}

/** What a payload template makes. */
export function readTemplate(template: Json, sight: Sight, language: string): Shape {
  if (language === 'JSONata') return readJsonataTemplate(template, sight);
  if (Array.isArray(template)) return { type: 'tuple', items: (template as readonly Json[]).map((item) => readTemplate(item, sight, language)) };
  if (typeof template !== 'object' || template === null) return { type: 'json', value: template };
  const members = new Map<string, Shape>();
  for (const [key, value] of Object.entries(template as JsonObject)) {
    if (key.endsWith('.$') && typeof value === 'string') members.set(key.slice(0, -2), readDynamic(value, sight));
    else members.set(key, readTemplate(value!, sight, language));
  }
  return { type: 'object', members };
}

function readDynamic(text: string, sight: Sight): Shape {
  if (text.startsWith('$')) return readPath(text, sight);
  try {
    return readCall(parseIntrinsic(text), sight);
  } catch {
    return unknown();
  }
}

const INTRINSIC_RESULTS: Readonly<Record<string, Kind>> = {
  'States.Format': 'string', 'States.JsonToString': 'string', 'States.Base64Encode': 'string', 'States.Base64Decode': 'string', 'States.Hash': 'string', 'States.UUID': 'string',
  'States.ArrayLength': 'number', 'States.MathAdd': 'number', 'States.MathRandom': 'number', 'States.ArrayContains': 'boolean',
};
const TAKES_LIST: ReadonlySet<string> = new Set(['States.ArrayLength', 'States.ArrayContains', 'States.ArrayGetItem', 'States.ArrayPartition', 'States.ArrayUnique']);

function readCall(call: IntrinsicCall, sight: Sight): Shape {
  const given = call.args.map((argument: IntrinsicArgument) => readArgument(argument, sight));
  const { name } = call.intrinsic;
  if (name === 'States.Array') return { type: 'tuple', items: given };
  if (TAKES_LIST.has(name) && given[0]) {
    const items = readItems(given[0]);
    if (name === 'States.ArrayGetItem') return items;
    if (name === 'States.ArrayUnique') return { type: 'list', items };
  }
  if (name === 'States.MathAdd') for (const each of given) noteKind(each, 'number');
  const result = INTRINSIC_RESULTS[name];
  return result ? kind(result) : unknown();
}

function readArgument(argument: IntrinsicArgument, sight: Sight): Shape {
  if (argument.type === 'path') return readPath(argument.text, sight);
  if (argument.type === 'call') return readCall(argument, sight);
  return { type: 'json', value: argument.value };
}

function readJsonataTemplate(template: Json, sight: Sight): Shape {
  if (isJsonataText(template)) {
    try {
      return readNode(parseJsonata(template.slice(2, -2).trim()), undefined, sight);
    } catch {
      return unknown();
    }
  }
  if (Array.isArray(template)) return { type: 'tuple', items: (template as readonly Json[]).map((item) => readJsonataTemplate(item, sight)) };
  if (typeof template !== 'object' || template === null) return { type: 'json', value: template };
  return { type: 'object', members: new Map(Object.entries(template as JsonObject).map(([key, value]) => [key, readJsonataTemplate(value!, sight)])) };
}

const NUMERIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);
const LOGIC: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in']);
const ORDERED: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '=', '!=']);
const FUNCTION_RESULTS: Readonly<Record<string, Kind>> = {
  string: 'string', uppercase: 'string', lowercase: 'string', trim: 'string', join: 'string', replace: 'string', substring: 'string', now: 'string', uuid: 'string', hash: 'string',
  number: 'number', sum: 'number', count: 'number', length: 'number', max: 'number', min: 'number', average: 'number', round: 'number', floor: 'number', ceil: 'number', abs: 'number', random: 'number', millis: 'number',
  exists: 'boolean', not: 'boolean', boolean: 'boolean', contains: 'boolean',
};
const AGGREGATES: ReadonlySet<string> = new Set(['sum', 'max', 'min', 'average']);

/** What a node of JSONata's tree gives. @param here what a bare name is a member of */
function readNode(node: Node, here: Shape | undefined, sight: Sight): Shape {
  const { type, value } = node;
  switch (type) {
    case 'string':
    case 'number':
    case 'value':
      return { type: 'json', value: value as Json };
    case 'variable':
      return sight.variables.get(value as string) ?? unknown();
    case 'path':
      return readSteps(node, here, sight);
    case 'name':
      return here ? readMember(here, value as string, sight.isSure) : unknown();
    case 'binary':
      return readBinary(node, here, sight);
    case 'unary':
      return readUnary(node, here, sight);
    case 'condition': {
      const maybe = { ...sight, isSure: false };
      readNode(node.condition!, here, maybe);
      const ends = [node.then, node.else].flatMap((end) => (end ? [readNode(end, here, maybe)] : []));
      return ends.length === 2 ? { type: 'union', of: ends } : unknown();
    }
    case 'function': {
      const name = node.procedure?.type === 'variable' ? (node.procedure.value as string) : '';
      const given = (node.arguments ?? []).map((argument) => readNode(argument, here, name === 'exists' ? { ...sight, isSure: false } : sight));
      if (AGGREGATES.has(name) && given[0]?.type === 'unknown' && given[0].members.size === 0) noteKind(readItems(given[0]), 'number');
      const result = FUNCTION_RESULTS[name];
      return result ? kind(result) : unknown();
    }
    case 'block': {
      const ends = (node.expressions ?? []).map((expression) => readNode(expression, here, sight));
      return ends.length === 1 ? ends[0]! : unknown();
    }
    default:
      // Something inside may not be reached: a function's body, the second half of `and`.
      for (const child of childrenOf(node)) readNode(child, undefined, { ...sight, isSure: false });
      return unknown();
  }
}

function readSteps({ steps = [], group, keepSingletonArray }: Node, here: Shape | undefined, sight: Sight): Shape {
  let shape = here;
  let isMany = false;
  let index = 0;
  const [root, member] = steps;
  if (root?.type === 'variable' && root.value === 'states' && member?.type === 'name') {
    shape = ({ input: sight.input, result: sight.result, errorOutput: sight.errorOutput, context: sight.context } as Readonly<Record<string, Shape | undefined>>)[member.value as string] ?? unknown();
    index = 2;
    for (const { type, expr } of member.stages ?? []) if (type === 'filter' && expr) shape = readItems(shape);
  }
  const first = index;
  for (; index < steps.length; index++) {
    const step = steps[index]!;
    const at = isMany ? { ...sight, isSure: false } : sight;
    // What a name leads to may be a list, where more follows.
    if (shape && index > 0 && (step.type !== 'name' || steps[index - 1]!.type === 'name') && index > first) noteLoose(shape);
    if (index > 0 && step.type !== 'name') {
      // An object or a block made of each item; what it gives is a list where there are several.
      readNode(step, shape, { ...at, isSure: false });
      return unknown();
    }
    shape = readNode(step, shape, at);
    for (const { type, expr } of [...(step.stages ?? []), ...(step.predicate ?? [])]) {
      if (type !== 'filter' || !expr) continue;
      shape = readItems(shape);
      if (expr.type !== 'number') {
        isMany = true;
        readNode(expr, shape, { ...sight, isSure: false });
      }
    }
  }
  if (group || keepSingletonArray || isMany) return unknown();
  return shape ?? unknown();
}

function readBinary({ value, lhs, rhs }: Node, here: Shape | undefined, sight: Sight): Shape {
  const operator = value as string;
  const left = readNode(lhs as Node, here, sight);
  const right = readNode(rhs!, here, operator === 'and' || operator === 'or' ? { ...sight, isSure: false } : sight);
  if (NUMERIC.has(operator)) {
    noteKind(left, 'number');
    noteKind(right, 'number');
    return kind('number');
  }
  if (ORDERED.has(operator)) {
    noteLiteral(left, right);
    noteLiteral(right, left);
  }
  if (operator === '&') return kind('string');
  return LOGIC.has(operator) ? kind('boolean') : unknown();
}

function noteLiteral(shape: Shape, other: Shape): void {
  const of = other.type === 'json' ? (other.value === null ? 'null' : typeof other.value) : other.type === 'kind' ? other.kind : undefined;
  if (of === 'string' || of === 'number' || of === 'boolean') noteKind(shape, of);
}

function readUnary(node: Node, here: Shape | undefined, sight: Sight): Shape {
  if (node.value === '{') {
    const members = new Map<string, Shape>();
    let isPlain = true;
    for (const [key, member] of node.lhs as readonly (readonly [Node, Node])[]) {
      const made = readNode(member, here, sight);
      if (key.type === 'string') members.set(key.value as string, made);
      else isPlain = false;
    }
    return isPlain ? { type: 'object', members } : unknown();
  }
  if (node.value === '[') {
    const items = (node.expressions ?? []).map((expression) => readNode(expression, here, sight));
    return items.length === 0 ? { type: 'json', value: [] } : { type: 'list', items: { type: 'union', of: items.map((item) => (item.type === 'unknown' ? unknown() : item)) } };
  }
  const operand = readNode(node.expression!, here, sight);
  if (node.value === '-') noteKind(operand, 'number');
  return kind('number');
}
