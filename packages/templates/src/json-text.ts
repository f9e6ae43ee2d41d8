import { setJsonKey, type Json } from '@interstate/kernel';
import { childPointer } from './json-pointer.ts';
import { readPlaceholder } from './placeholder-text.ts';
import { assertDepth, assertTextLength, isUnsafeInteger, MAX_EXPANSION, MAX_TEXT, tooLarge, unsafeInteger, type Source } from './source-limits.ts';
import { shown, TemplateError } from './template-error.ts';

export interface JsonTextOptions {
  readonly file?: string | undefined;
  /** Gives the JSON for an unquoted `${Name}`; without a value the placeholder stays, as a string. */
  readonly substitute?: (name: string) => string | number | boolean | undefined;
}

interface Reader extends Source {
  readonly text: string;
  readonly substitute: JsonTextOptions['substitute'];
  at: number;
  /** Characters that unquoted placeholders put in. */
  inserted: number;
}

/**
 * Reads JSON (RFC 8259) strictly, but for two things that files with substitutions have: a byte order mark, and `${Name}` where a
 * value belongs. `__proto__` is an ordinary key; of a repeated key the last value counts.
 * @throws TemplateError InvalidJson, UnsafeInteger, NestedTooDeep, TooLarge.
 */
export function parseJsonText(text: string, { file, substitute }: JsonTextOptions = {}): Json {
  assertTextLength(text, MAX_TEXT, { file });
  const reader: Reader = { text, file, substitute, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, inserted: 0 };
  const value = readValue(reader, '', 0);
  skipSpace(reader);
  if (reader.at < text.length) throw unexpected(reader, 'the end of the text');
  return value;
}

function readValue(reader: Reader, pointer: string, depth: number): Json {
  skipSpace(reader);
  switch (reader.text[reader.at]) {
    case '{':
      return readObject(reader, pointer, depth + 1);
    case '[':
      return readArray(reader, pointer, depth + 1);
    case '"':
      return readString(reader);
    case '$':
      return readUnquotedPlaceholder(reader);
    case 't':
      return readWord(reader, 'true', true);
    case 'f':
      return readWord(reader, 'false', false);
    case 'n':
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader, pointer);
  }
}

function readObject(reader: Reader, pointer: string, depth: number): Json {
  assertDepth(depth, pointer, reader);
  const object: Record<string, Json> = {};
  reader.at++;
  skipSpace(reader);
  if (take(reader, '}')) return object;
  for (;;) {
    skipSpace(reader);
    if (reader.text[reader.at] !== '"') throw unexpected(reader, 'a key in double quotes');
    const key = readString(reader);
    skipSpace(reader);
    if (!take(reader, ':')) throw unexpected(reader, "':' after the key");
    setJsonKey(object, key, readValue(reader, childPointer(pointer, key), depth));
    skipSpace(reader);
    if (take(reader, '}')) return object;
    if (!take(reader, ',')) throw unexpected(reader, "',' or '}'");
  }
}

function readArray(reader: Reader, pointer: string, depth: number): Json {
  assertDepth(depth, pointer, reader);
  const items: Json[] = [];
  reader.at++;
  skipSpace(reader);
  if (take(reader, ']')) return items;
  for (;;) {
    items.push(readValue(reader, childPointer(pointer, items.length), depth));
    skipSpace(reader);
    if (take(reader, ']')) return items;
    if (!take(reader, ',')) throw unexpected(reader, "',' or ']'");
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function readString(reader: Reader): string {
  const { text } = reader;
  const opening = reader.at++;
  let result = '';
  let from = reader.at;
  for (;;) {
    const unit = text.charCodeAt(reader.at);
    if (unit === 0x22) {
      result += text.slice(from, reader.at++);
      return result;
    }
    if (unit === 0x5c) {
      result += text.slice(from, reader.at++) + readEscape(reader);
      from = reader.at;
    } else if (unit >= 0x20) {
      reader.at++;
    } else if (reader.at >= text.length) {
      reader.at = opening;
      throw syntaxError(reader, 'this string is never closed');
    } else {
      throw syntaxError(reader, 'a line break or control character inside a string; write it as an escape such as \\n');
    }
  }
}

function readEscape(reader: Reader): string {
  const letter = reader.text[reader.at++] ?? '';
  if (letter === 'u') {
    const digits = reader.text.slice(reader.at, reader.at + 4);
    if (/^[0-9a-fA-F]{4}$/.test(digits)) {
      reader.at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
  } else if (Object.hasOwn(ESCAPES, letter)) {
    return ESCAPES[letter]!;
  }
  reader.at -= letter === '' ? 1 : 2;
  throw syntaxError(reader, `the escape '\\${letter}' is none of JSON's; write a backslash as '\\\\'`);
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;

function readNumber(reader: Reader, pointer: string): number {
  NUMBER.lastIndex = reader.at;
  const match = NUMBER.exec(reader.text);
  if (match === null) throw unexpected(reader, 'a value');
  const [digits, fraction, exponent] = match;
  const number = Number(digits);
  if (!Number.isFinite(number) || (fraction === undefined && exponent === undefined && isUnsafeInteger(digits))) {
    const { line, column } = position(reader);
    throw unsafeInteger(digits, pointer, reader, line, column);
  }
  reader.at += digits.length;
  return number;
}

function readWord<T extends Json>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at)) throw unexpected(reader, 'a value');
  reader.at += word.length;
  return value;
}

/** `"Seconds": ${Wait}`: no JSON until the substitution puts some there, or the placeholder itself as a string. */
function readUnquotedPlaceholder(reader: Reader): Json {
  const placeholder = readPlaceholder(reader.text, reader.at);
  if (placeholder === undefined || reader.substitute === undefined) throw unexpected(reader, 'a value');
  const value = reader.substitute(placeholder.name);
  const inserted = typeof value === 'string' ? parseInserted(reader, placeholder.name, value) : value;
  reader.at = placeholder.end;
  return inserted ?? `\${${placeholder.name}}`;
}

function parseInserted(reader: Reader, name: string, value: string): Json {
  reader.inserted += value.length;
  if (reader.inserted > MAX_EXPANSION) throw tooLarge(reader);
  try {
    return parseJsonText(value);
  } catch {
    throw syntaxError(reader, `\${${name}} stands without quotes and its value ${shown(value)} is no JSON; quote the placeholder`);
  }
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const unit = reader.text.charCodeAt(reader.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    reader.at++;
  }
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function unexpected(reader: Reader, expected: string): TemplateError {
  const rest = /^[A-Za-z0-9_]{1,20}/.exec(reader.text.slice(reader.at, reader.at + 20))?.[0] ?? reader.text[reader.at];
  const found = rest === undefined ? 'the text ended' : `found '${rest}'`;
  return syntaxError(reader, `expected ${expected}, but ${found}${hint(reader)}`);
}

function hint({ text, at }: Reader): string {
  if (text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) return '; JSON has no comments, use the field Comment';
  if (text[at] === "'") return '; JSON strings stand in double quotes';
  if (text[at] === '}' || text[at] === ']') return '; remove the comma before it';
  return '';
}

function syntaxError(reader: Reader, problem: string): TemplateError {
  return new TemplateError('InvalidJson', problem, { file: reader.file, ...position(reader) });
}

function position({ text, at }: Reader): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}
