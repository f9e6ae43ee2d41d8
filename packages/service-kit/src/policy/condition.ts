import { isJsonObject, type Json } from '@interstate/kernel';
import { matchesGlob, parseGlob, type Glob } from './glob.ts';
import { isInRange, parseIpRange } from './ip-range.ts';

/** What a request says under a condition key, by the key in lower case; undefined where it says nothing. */
export type ContextValues = (key: string) => string | readonly string[] | undefined;

/** One line of a Condition: an operator over one key. */
export interface Condition {
  /** In lower case. */
  readonly key: string;
  readonly holds: (context: ContextValues) => boolean;
}

type Variables = (name: string) => string | undefined;
/** True where one value of the request is what one value of the policy says. */
type Test = (value: string, variables: Variables) => boolean;
/** Reads a value of the policy; undefined where the operator cannot take it. */
type ReadTest = (expected: string, variables: boolean) => Test | undefined;

const text = (fold: (text: string) => string, wildcards: boolean): ReadTest => (expected, variables) => {
  const glob = parseGlob(fold(expected), { variables, wildcards });
  return (value, valueOf) => matchesGlob(glob, fold(value), (name) => valueOf(name) && fold(valueOf(name)!));
};
const ordered = (read: (text: string) => number, compare: (value: number, expected: number) => boolean): ReadTest => (expectedText) => {
  const expected = read(expectedText);
  return Number.isNaN(expected) ? undefined : (value) => compare(read(value), expected);
};
const number = (given: string): number => (given.trim() === '' ? Number.NaN : Number(given));
/** ISO 8601, or seconds since 1970. */
const date = (given: string): number => (/^\d{1,12}$/.test(given) ? Number(given) * 1000 : Date.parse(given));

/** Each of the six parts of an ARN is matched by itself: a `*` does not reach over a colon, except in the last part. */
const arn: ReadTest = (expected, variables) => {
  if (expected === '*') return () => true;
  const parts = sixParts<Glob>(parseGlob(expected, { variables }), ':'.charCodeAt(0));
  if (!parts) return undefined;
  return (value, valueOf) => {
    const own = sixParts<string>(value, ':');
    return own !== undefined && parts.every((part, index) => matchesGlob(part, own[index]!, valueOf));
  };
};

/** What stands between the first five colons of an ARN, and behind them; undefined where there are fewer. */
function sixParts<Text extends string | Glob>(text: { indexOf(colon: never, from: number): number; slice(from: number, to?: number): Text }, colon: string | number): Text[] | undefined {
  const parts: Text[] = [];
  let from = 0;
  while (parts.length < 5) {
    const end = text.indexOf(colon as never, from);
    if (end < 0) return undefined;
    parts.push(text.slice(from, end));
    from = end + 1;
  }
  return [...parts, text.slice(from)];
}

const ipAddress: ReadTest = (expected) => {
  const range = parseIpRange(expected);
  return range && ((value) => isInRange(value, range));
};

const lower = (given: string): string => given.toLowerCase();
const same = (given: string): string => given;
const bool: ReadTest = (expected) => (/^(?:true|false)$/i.test(expected) ? (value) => lower(value) === lower(expected) : undefined);

interface Operator {
  readonly read: ReadTest;
  /** Holds where none of the values is met, and where the request says nothing. */
  readonly negated?: true;
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['StringEquals', { read: text(same, false) }],
  ['StringNotEquals', { read: text(same, false), negated: true }],
  ['StringEqualsIgnoreCase', { read: text(lower, false) }],
  ['StringNotEqualsIgnoreCase', { read: text(lower, false), negated: true }],
  ['StringLike', { read: text(same, true) }],
  ['StringNotLike', { read: text(same, true), negated: true }],
  ['NumericEquals', { read: ordered(number, (a, b) => a === b) }],
  ['NumericNotEquals', { read: ordered(number, (a, b) => a === b), negated: true }],
  ['NumericLessThan', { read: ordered(number, (a, b) => a < b) }],
  ['NumericLessThanEquals', { read: ordered(number, (a, b) => a <= b) }],
  ['NumericGreaterThan', { read: ordered(number, (a, b) => a > b) }],
  ['NumericGreaterThanEquals', { read: ordered(number, (a, b) => a >= b) }],
  ['DateEquals', { read: ordered(date, (a, b) => a === b) }],
  ['DateNotEquals', { read: ordered(date, (a, b) => a === b), negated: true }],
  ['DateLessThan', { read: ordered(date, (a, b) => a < b) }],
  ['DateLessThanEquals', { read: ordered(date, (a, b) => a <= b) }],
  ['DateGreaterThan', { read: ordered(date, (a, b) => a > b) }],
  ['DateGreaterThanEquals', { read: ordered(date, (a, b) => a >= b) }],
  ['Bool', { read: bool }],
  ['BinaryEquals', { read: (expected) => (value) => value === expected }],
  ['IpAddress', { read: ipAddress }],
  ['NotIpAddress', { read: ipAddress, negated: true }],
  ['ArnEquals', { read: arn }],
  ['ArnNotEquals', { read: arn, negated: true }],
  ['ArnLike', { read: arn }],
  ['ArnNotLike', { read: arn, negated: true }],
]);
const BY_LOWER_CASE = new Map([...OPERATORS].map(([name, operator]) => [lower(name), operator]));

/** Reads a statement's Condition; a text says what is wrong with it. */
export function parseConditions(block: Json, variables: boolean): readonly Condition[] | string {
  if (!isJsonObject(block)) return 'Condition must be an object';
  const conditions: Condition[] = [];
  for (const [name, keys] of Object.entries(block)) {
    if (!isJsonObject(keys)) return `Condition operator ${name} must hold an object of keys`;
    for (const [key, given] of Object.entries(keys)) {
      const values = valuesOf(given);
      if (!values) return `The values of ${key} must be strings`;
      const holds = readCondition(name, key.toLowerCase(), values, variables);
      if (typeof holds === 'string') return holds;
      conditions.push({ key: key.toLowerCase(), holds });
    }
  }
  return conditions;
}

function valuesOf(given: Json): string[] | undefined {
  const list = Array.isArray(given) ? (given as readonly Json[]) : [given];
  return list.every((value) => value !== null && typeof value !== 'object') ? list.map(String) : undefined;
}

function readCondition(name: string, key: string, values: readonly string[], variables: boolean): Condition['holds'] | string {
  const [, set = '', bare = '', ifExists = ''] = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/is.exec(name) ?? [];
  if (lower(bare) === 'null') {
    const absent = values.map(lower);
    return (context) => absent.includes(String(context(key) === undefined));
  }
  const operator = BY_LOWER_CASE.get(lower(bare));
  if (!operator) return `Unknown condition operator ${name}`;
  const tests: Test[] = [];
  for (const value of values) {
    const test = operator.read(value, variables);
    if (!test) return `${bare} cannot take the value ${value}`;
    tests.push(test);
  }
  const negated = operator.negated === true;
  return (context) => {
    const own = context(key);
    if (own === undefined) return lower(set) === 'forallvalues:' || (set === '' && (negated || ifExists !== ''));
    const valueOf: Variables = (variable) => firstOf(context(variable));
    const meets = (value: string): boolean => tests.some((test) => test(value, valueOf)) !== negated;
    if (typeof own === 'string') return meets(own);
    // Of several values, without a word on it, one must be as wanted; none may be as unwanted.
    return lower(set) === 'forallvalues:' || (set === '' && negated) ? own.every(meets) : own.some(meets);
  };
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : value[0];
}
