import type { Json } from '@interstate/kernel';
import { comparableNumber } from '../values/numbers.ts';
import type { PatternDialect } from './dialect.ts';
import { parseMatchExpression } from './match-expression.ts';
import type { Alternative, EventPattern, Field } from './pattern.ts';
import { PatternFault, TokenReader } from './token-reader.ts';

/** A refused pattern, as the service would answer. */
export interface PatternRefusal {
  readonly type: 'fault';
  readonly code: string;
  readonly message: string;
}

type Fields = Map<string, readonly Alternative[]>;

/** Names that keep an `$or` from being one, and that no field inside one may have. */
const RESERVED: ReadonlySet<string> = new Set(
  'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range ip-address-not-in-range'.split(' '),
);
/** A path of more keys nests deeper than any event may. */
const MAX_PATH_KEYS = 1000;

/**
 * Reads an event pattern (messaging reference §5.1). A string is always taken as the text of a pattern; only from a text do
 * numbers beyond 2^53 and repeated keys (of which the last counts) come through.
 */
export function parsePattern(pattern: Json, dialect: PatternDialect): EventPattern | PatternRefusal {
  const source = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  const reader = new TokenReader(source);
  try {
    return { type: 'pattern', branches: parseBranches(reader, dialect), numbers: dialect.numbers };
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    return { type: 'fault', code: dialect.code, message: `${dialect.prefix}${error.message}${dialect.tellsPlace && error.isPlaced ? reader.place() : ''}` };
  }
}

function parseBranches(reader: TokenReader, dialect: PatternDialect): Field[][] {
  if (reader.next().type !== '{') reader.fail('Filter is not an object');
  const branches = parseObject(reader, dialect, [new Map()], '', false);
  return branches.map((fields) => [...fields].map(([path, alternatives]) => ({ path, alternatives })).sort((a, b) => (a.path < b.path ? -1 : 1)));
}

/** Adds the fields of an object, whose brace is behind, to every branch so far. */
function parseObject(reader: TokenReader, dialect: PatternDialect, branches: Fields[], parent: string, inOr: boolean): Fields[] {
  let isEmpty = true;
  for (let token = reader.next(); token.type !== '}'; token = reader.next()) {
    isEmpty = false;
    const name = token.text;
    if (name === '$or' && isOr(reader)) {
      branches = parseOr(reader, dialect, branches, parent);
      continue;
    }
    if (inOr && RESERVED.has(name)) reader.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const path = parent === '' ? name : `${parent}.${name}`;
    switch (reader.next().type) {
      case '{':
        branches = parseObject(reader, dialect, branches, path, inOr);
        break;
      case '[': {
        const alternatives = parseAlternatives(reader, dialect);
        if (path.split('.', MAX_PATH_KEYS + 1).length > MAX_PATH_KEYS) reader.fail(`Path has more than ${MAX_PATH_KEYS} keys`);
        for (const fields of branches) fields.set(path, alternatives);
        break;
      }
      default:
        reader.fail(`"${name}" must be an object or an array`);
    }
  }
  if (isEmpty) reader.fail('Empty objects are not allowed');
  return branches;
}

/** Every branch so far with every object of an `$or`. A field that an object has as well replaces the branch's. */
function parseOr(reader: TokenReader, dialect: PatternDialect, branches: readonly Fields[], parent: string): Fields[] {
  const forked: Fields[] = [];
  reader.next();
  while (reader.next().type === '{') {
    for (const branch of parseObject(reader, dialect, branches.map((fields) => new Map(fields)), parent, true)) forked.push(branch);
    if (forked.length > dialect.maxBranches) reader.fail(`Rule is too complex - its $or patterns make more than ${dialect.maxBranches} combinations`);
  }
  return forked;
}

/** Looks ahead: two objects or more, none empty, none with a reserved name. Anything else makes `$or` an ordinary key. */
function isOr(reader: TokenReader): boolean {
  if (reader.peek(0) !== '[') return false;
  let objects = 0;
  let at = 1;
  for (; reader.peek(at) === '{'; at = reader.behind(at)) {
    objects++;
    if (reader.peek(at + 1) !== 'name') return false;
    for (let name = at + 1; reader.peek(name) === 'name'; name = reader.behind(name + 1)) if (RESERVED.has(reader.peekText(name))) return false;
  }
  // A text that breaks off in here is refused for that, whatever this was going to be.
  return objects >= 2 && reader.peek(at) === ']';
}

function parseAlternatives(reader: TokenReader, dialect: PatternDialect): Alternative[] {
  const alternatives: Alternative[] = [];
  for (let token = reader.next(); token.type !== ']'; token = reader.next()) {
    switch (token.type) {
      case '{':
        alternatives.push(parseMatchExpression(reader, dialect));
        break;
      case 'string':
        alternatives.push({ type: 'string', value: token.text });
        break;
      case 'number':
        alternatives.push({ type: 'number', value: comparableNumber(token.text, dialect.numbers), text: token.text });
        break;
      case 'true':
      case 'false':
      case 'null':
        alternatives.push({ type: 'literal', value: token.type === 'null' ? null : token.type === 'true' });
        break;
      default:
        reader.fail('Match value must be String, number, true, false, or null');
    }
  }
  if (alternatives.length === 0) reader.fail('Empty arrays are not allowed');
  return alternatives;
}
