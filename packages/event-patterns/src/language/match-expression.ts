import { networkBits } from '../values/ip-address.ts';
import { comparableNumber, incomparable } from '../values/numbers.ts';
import { isTooComplex, parseWildcard } from '../values/wildcard.ts';
import type { PatternDialect } from './dialect.ts';
import { parseNumeric } from './numeric-expression.ts';
import type { Alternative, ExcludedKind } from './pattern.ts';
import type { TokenReader } from './token-reader.ts';

type ParseOperator = (reader: TokenReader, dialect: PatternDialect) => Alternative;

const ONE_KEY = 'Only one key allowed in match expression';
const TOO_MANY = 'Too many elements in numeric expression';
const NOT_A_VALUE = 'Value of anything-but must be an array or single string/number value.';
const NOT_A_STRING = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  wildcard: 'wildcard match pattern must be a string',
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
} as const;
const TOO_COMPLEX = 'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

/** The operators, one row each. A reader stands behind the operator's name and is left behind its value. */
const operators: ReadonlyMap<string, ParseOperator> = new Map<string, ParseOperator>([
  ['exactly', (reader) => closed(reader, { type: 'exactly', value: stringOf(reader, 'exact') })],
  ['prefix', (reader) => parseAffix(reader, 'prefix')],
  ['suffix', (reader) => parseAffix(reader, 'suffix')],
  ['equals-ignore-case', (reader) => closed(reader, { type: 'equals-ignore-case', value: stringOf(reader, 'equals-ignore-case') })],
  ['wildcard', (reader, { limitsWildcards }) => closed(reader, { type: 'wildcard', value: checkWildcard(reader, stringOf(reader, 'wildcard'), limitsWildcards) })],
  ['exists', parseExists],
  ['cidr', parseCidr],
  ['numeric', (reader, { numbers }) => closed(reader, parseNumeric(reader, numbers), TOO_MANY)],
  ['anything-but', (reader, dialect) => closed(reader, parseAnythingBut(reader, dialect), dialect.isOlder ? ONE_KEY : TOO_MANY)],
]);

/** Reads `{"operator": …}`, whose brace is behind. */
export function parseMatchExpression(reader: TokenReader, dialect: PatternDialect): Alternative {
  const { type, text } = reader.next();
  if (type !== 'name') reader.fail('Match expression name not found');
  const parse = operators.get(text);
  return parse === undefined ? reader.fail(`Unrecognized match type ${text}`) : parse(reader, dialect);
}

function closed(reader: TokenReader, alternative: Alternative, otherwise = ONE_KEY): Alternative {
  if (reader.next().type !== '}') reader.fail(otherwise);
  return alternative;
}

function stringOf(reader: TokenReader, operator: string): string {
  const { type, text } = reader.next();
  return type === 'string' ? text : reader.fail(`${operator} match pattern must be a string`);
}

/** `prefix` and `suffix`, whose value may be `{"equals-ignore-case": …}`. */
function parseAffix(reader: TokenReader, type: 'prefix' | 'suffix'): Alternative {
  if (reader.peek(0) !== '{') return closed(reader, { type, value: stringOf(reader, type) });
  reader.next();
  const name = reader.next();
  if (name.type !== 'name') reader.fail(`${type === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  if (name.text !== 'equals-ignore-case') reader.fail(`Unsupported ${type} pattern: ${name.text}`);
  return closed(reader, closed(reader, { type: `${type}-ignore-case`, value: stringOf(reader, 'equals-ignore-case') }));
}

function checkWildcard(reader: TokenReader, text: string, isLimited: boolean): string {
  const parsed = parseWildcard(text);
  if ('fault' in parsed) reader.fail(parsed.fault);
  // The service finds this after reading.
  if (isLimited && isTooComplex(parsed.pieces)) reader.fail(TOO_COMPLEX, false);
  return text;
}

function parseExists(reader: TokenReader): Alternative {
  const { type } = reader.next();
  if (type !== 'true' && type !== 'false') reader.fail('exists match pattern must be either true or false.');
  return closed(reader, { type: 'exists', value: type === 'true' });
}

function parseCidr(reader: TokenReader): Alternative {
  // The service's words name the wrong operator.
  const value = stringOf(reader, 'prefix');
  const network = networkBits(value);
  if ('fault' in network) reader.fail(network.fault, false);
  return closed(reader, { type: 'cidr', value });
}

function parseAnythingBut(reader: TokenReader, dialect: PatternDialect): Alternative {
  if (reader.peek(0) !== '{') return parseExcludedValues(reader, dialect);
  reader.next();
  const name = reader.next();
  if (name.type !== 'name') reader.fail('Anything-But expression name not found');
  const of = dialect.anythingBut.find((operator) => operator === name.text);
  if (of === undefined) return reader.fail(`Unsupported anything-but pattern: ${name.text}`);
  if (dialect.isOlder) return closed(reader, { type: 'anything-but', of, values: [nonEmpty(reader, stringOf(reader, of))] });
  return closed(reader, { type: 'anything-but', of, values: parseExcludedTexts(reader, of) }, TOO_MANY);
}

function nonEmpty(reader: TokenReader, text: string): string {
  return text === '' ? reader.fail('Null prefix/suffix not allowed') : text;
}

/** A string, a number, or a list of either. */
function parseExcludedValues(reader: TokenReader, { numbers }: PatternDialect): Alternative {
  const token = reader.next();
  const isList = token.type === '[';
  if (!isList && token.type !== 'string' && token.type !== 'number') reader.fail(NOT_A_VALUE);
  const strings: string[] = [];
  const numeric: number[] = [];
  for (let item = isList ? reader.next() : token; item.type !== ']'; item = reader.next()) {
    if (item.type === 'string') strings.push(item.text);
    else if (item.type === 'number') numeric.push(comparableNumber(item.text, numbers) ?? reader.fail(incomparable(item.text, numbers)));
    else reader.fail('Inside anything but list, start|null|boolean is not supported.');
    if (!isList) break;
  }
  if (strings.length > 0 === numeric.length > 0) reader.fail('Inside anything but list, either all values are number or string, mixed type is not supported');
  return numeric.length > 0 ? { type: 'anything-but', of: 'number', values: numeric } : { type: 'anything-but', of: 'string', values: strings };
}

/** A string or a list of strings. */
function parseExcludedTexts(reader: TokenReader, of: Exclude<ExcludedKind, 'string'>): string[] {
  const isAffix = of === 'prefix' || of === 'suffix';
  const token = reader.next();
  const isList = token.type === '[';
  if (!isList && token.type !== 'string' && token.type !== 'number') reader.fail(NOT_A_VALUE);
  const values: string[] = [];
  for (let item = isList ? reader.next() : token; item.type !== ']'; item = reader.next()) {
    if (item.type !== 'string') reader.fail(NOT_A_STRING[of]);
    values.push(of === 'wildcard' ? checkWildcard(reader, item.text, false) : isAffix ? nonEmpty(reader, item.text) : item.text);
    if (!isList) break;
  }
  if (values.length === 0) reader.fail('Empty arrays are not allowed');
  return values;
}
