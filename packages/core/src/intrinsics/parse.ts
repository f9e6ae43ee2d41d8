import type { Json } from '@interstate/kernel';
import { didYouMean } from '../validation/did-you-mean.ts';
import { IntrinsicSyntaxError } from './errors.ts';
import type { Intrinsic } from './intrinsic.ts';
import { findIntrinsic, INTRINSICS } from './table.ts';

export interface IntrinsicCall {
  readonly type: 'call';
  readonly intrinsic: Intrinsic;
  readonly args: readonly IntrinsicArgument[];
  readonly text: string;
}

export type IntrinsicArgument =
  | IntrinsicCall
  | { readonly type: 'path'; readonly text: string }
  /** `rawString`: a string's text before escapes are resolved. */
  | { readonly type: 'literal'; readonly value: Json; readonly rawString?: string };

/** Calls within calls, the outermost counted. */
const MAX_NESTING = 10;

interface CallReader {
  readonly text: string;
  position: number;
}

/** Parses `States.Name(…)`. @throws IntrinsicSyntaxError */
export function parseIntrinsic(text: string): IntrinsicCall {
  const reader: CallReader = { text, position: 0 };
  skipSpace(reader);
  const call = parseCall(reader, 1);
  skipSpace(reader);
  if (reader.position < text.length) fail(reader, 'Unexpected text after the call');
  return call;
}

function fail(reader: CallReader, problem: string, position = reader.position): never {
  throw new IntrinsicSyntaxError(`${problem} at position ${position} of the intrinsic function call`, position);
}

function skipSpace(reader: CallReader): void {
  while (isSpace(reader.text.charCodeAt(reader.position))) reader.position++;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function parseCall(reader: CallReader, depth: number): IntrinsicCall {
  const start = reader.position;
  const name = takeWhile(reader, isNameChar);
  const intrinsic = findIntrinsic(name) ?? failUnknown(reader, name, start);
  if (depth > MAX_NESTING) fail(reader, `Intrinsic functions nested more than ${MAX_NESTING} deep`, start);
  skipSpace(reader);
  expect(reader, '(');
  const args: IntrinsicArgument[] = [];
  skipSpace(reader);
  if (reader.text[reader.position] !== ')') {
    for (;;) {
      args.push(parseArgument(reader, depth));
      skipSpace(reader);
      if (reader.text[reader.position] !== ',') break;
      reader.position++;
      skipSpace(reader);
    }
  }
  expect(reader, ')');
  checkCount(reader, intrinsic, args.length, start);
  return { type: 'call', intrinsic, args, text: reader.text.slice(start, reader.position) };
}

function isNameChar(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 46 || code === 95;
}

function takeWhile(reader: CallReader, accepts: (code: number) => boolean): string {
  const start = reader.position;
  while (accepts(reader.text.charCodeAt(reader.position))) reader.position++;
  return reader.text.slice(start, reader.position);
}

function failUnknown(reader: CallReader, name: string, start: number): never {
  if (name === '') fail(reader, 'Expected an intrinsic function');
  const hint = didYouMean(name, INTRINSICS.map((intrinsic) => intrinsic.name));
  const problem = `Unknown intrinsic function '${name.slice(0, 80)}'`;
  throw new IntrinsicSyntaxError(hint === undefined ? problem : `${problem}. ${hint}`, start);
}

function expect(reader: CallReader, char: string): void {
  if (reader.text[reader.position] !== char) fail(reader, `Expected '${char}'`);
  reader.position++;
}

function checkCount(reader: CallReader, intrinsic: Intrinsic, count: number, start: number): void {
  const { name, parameters } = intrinsic;
  const variadic = 'variadic' in intrinsic;
  const least = parameters.length - (variadic ? 0 : (intrinsic.optional ?? 0));
  if (count >= least && (variadic || count <= parameters.length)) return;
  const expected = variadic ? `at least ${least}` : least === parameters.length ? `${least}` : `${least} to ${parameters.length}`;
  fail(reader, `${name} takes ${expected} argument${expected.endsWith('1') ? '' : 's'}, but ${count} given,`, start);
}

function parseArgument(reader: CallReader, depth: number): IntrinsicArgument {
  const char = reader.text[reader.position];
  if (char === "'") return parseString(reader);
  if (char === '$') return { type: 'path', text: takePath(reader) };
  if (char !== undefined && (char === '-' || (char >= '0' && char <= '9'))) return parseNumber(reader);
  if (reader.text.startsWith('States.', reader.position)) return parseCall(reader, depth + 1);
  const start = reader.position;
  switch (takeWhile(reader, isNameChar)) {
    case 'true':
      return { type: 'literal', value: true };
    case 'false':
      return { type: 'literal', value: false };
    case 'null':
      return { type: 'literal', value: null };
  }
  return fail(reader, 'Expected a string in single quotes, a number, true, false, null, a path or an intrinsic function', start);
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function parseNumber(reader: CallReader): IntrinsicArgument {
  NUMBER.lastIndex = reader.position;
  const value = Number(NUMBER.exec(reader.text)?.[0] ?? NaN);
  if (!Number.isFinite(value) || isNameChar(reader.text.charCodeAt(NUMBER.lastIndex))) fail(reader, 'Invalid number');
  reader.position = NUMBER.lastIndex;
  return { type: 'literal', value };
}

function parseString(reader: CallReader): IntrinsicArgument {
  const { text } = reader;
  const start = ++reader.position;
  let value = '';
  let from = start;
  for (let index = start; index < text.length; index++) {
    if (text[index] === "'") {
      reader.position = index + 1;
      return { type: 'literal', value: value + text.slice(from, index), rawString: text.slice(start, index) };
    }
    if (text[index] !== '\\') continue;
    if (!"'{}\\".includes(text[index + 1] ?? '?')) fail(reader, "Only \\', \\{, \\} and \\\\ are escapes; invalid backslash", index);
    value += text.slice(from, index);
    from = ++index;
  }
  return fail(reader, 'Unterminated string', start - 1);
}

/** A path runs up to the comma or parenthesis that its own brackets, parentheses and quotes do not hold. */
function takePath(reader: CallReader): string {
  const { text, position: start } = reader;
  const closers: string[] = [];
  let quote = '';
  let index = start;
  for (; index < text.length; index++) {
    const char = text[index]!;
    if (quote !== '') {
      if (char === '\\') index++;
      else if (char === quote) quote = '';
    } else if (closers.length > 0 && (char === "'" || char === '"')) quote = char;
    else if (char === '[') closers.push(']');
    else if (char === '(') closers.push(')');
    else if (closers.length > 0 && char === closers.at(-1)) closers.pop();
    else if (closers.length === 0 && (char === ',' || char === ')')) break;
  }
  reader.position = Math.min(index, text.length);
  return text.slice(start, reader.position).trimEnd();
}
