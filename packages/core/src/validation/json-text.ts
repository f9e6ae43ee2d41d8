/** What is wrong with a text that is no JSON, as the JSON library behind Step Functions (Jackson) words it. */
export interface JsonTextFault {
  /** `Unrecognized token 'not': was expecting (JSON String, …)` */
  readonly message: string;
  /** `[Source: (String)"not a definition"; line: 1, column: 4]` */
  readonly location: string;
}

/** What a JSON text holds that parsing loses. */
export interface JsonTextLosses {
  readonly duplicateKeys: readonly { readonly key: string; readonly path: readonly (string | number)[] }[];
  /** Integers that no double can hold exactly. */
  readonly inexactIntegers: readonly { readonly text: string; readonly path: readonly (string | number)[] }[];
}

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const SNIPPET_CHARACTERS = 500;
const TOKEN_CHARACTERS = 256;

class Fault {
  constructor(
    readonly message: string,
    /** Characters read so far. */
    readonly index: number,
    /** How many of them have been looked through for line ends. */
    readonly counted = index,
  ) {}
}

interface Container {
  readonly kind: 'Object' | 'Array';
  readonly start: number;
  /** Object: keys seen so far. */
  readonly keys: Set<string> | undefined;
  key: string;
  index: number;
}

/** The fault of a text that `JSON.parse` refuses, or undefined if there is none. Never recurses. */
export function findJsonTextFault(text: string): JsonTextFault | undefined {
  try {
    scan(text, undefined);
    return undefined;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { message: fault.message, location: sourceAt(text, fault.index, fault.counted) };
  }
}

/** Duplicate keys and inexact integers of a text that is JSON. */
export function findJsonTextLosses(text: string): JsonTextLosses {
  const losses = { duplicateKeys: [], inexactIntegers: [] };
  scan(text, losses);
  return losses;
}

type MutableLosses = { -readonly [Key in keyof JsonTextLosses]: JsonTextLosses[Key][number][] };

function scan(text: string, losses: MutableLosses | undefined): void {
  const stack: Container[] = [];
  let index = skipSpace(text, 0);
  if (index === text.length) throw new Fault('No content to map due to end-of-input', index);
  let wantsValue = true;

  const path = (last?: string): (string | number)[] => {
    const keys = stack.map(({ kind, key, index: item }) => (kind === 'Object' ? key : item));
    if (last !== undefined) keys[keys.length - 1] = last;
    return keys;
  };
  const endOfInput = (): Fault => {
    const { kind, start } = stack[stack.length - 1]!;
    return new Fault(`Unexpected end-of-input: expected close marker for ${kind} (start marker at ${sourceAt(text, start)})`, text.length);
  };

  for (;;) {
    if (wantsValue) {
      const unit = text[index]!;
      if (unit === '{' || unit === '[') {
        const isObject = unit === '{';
        stack.push({ kind: isObject ? 'Object' : 'Array', start: index, keys: isObject ? new Set() : undefined, key: '', index: 0 });
        index = skipSpace(text, index + 1);
        if (index === text.length) throw endOfInput();
        if (text[index] !== (isObject ? '}' : ']')) {
          if (isObject) index = readKey();
          continue;
        }
      } else {
        const end = scanScalar(text, index);
        if (losses && end - index > 15 && isInexact(text.slice(index, end))) {
          losses.inexactIntegers.push({ text: text.slice(index, end), path: path() });
        }
        if (stack.length === 0 && end < text.length && (unit === '-' || isDigit(unit)) && !isSpace(text[end]!)) {
          throw unexpected(text, end, 'Expected space separating root-level values');
        }
        index = end;
        wantsValue = false;
        if (stack.length > 0) {
          index = skipSpace(text, index);
          if (index === text.length) throw endOfInput();
        }
      }
    }

    // After a value, or at the mark that closes the container on top.
    const top = stack[stack.length - 1];
    if (!top) break;
    const unit = text[index]!;
    if (unit === '}' || unit === ']') {
      const expected = top.kind === 'Object' ? '}' : ']';
      if (unit !== expected) {
        const opened = `${top.kind} starting at ${sourceAt(text, top.start)}`;
        throw new Fault(`Unexpected close marker '${unit}': expected '${expected}' (for ${opened})`, index + 1);
      }
      stack.pop();
      wantsValue = false;
      index += 1;
      if (stack.length > 0) {
        index = skipSpace(text, index);
        if (index === text.length) throw endOfInput();
      }
      continue;
    }
    if (unit !== ',') throw unexpected(text, index, `was expecting comma to separate ${top.kind} entries`);
    index = skipSpace(text, index + 1);
    if (index === text.length) throw new Fault(`Unexpected end-of-input within/between ${top.kind} entries`, index);
    if (top.kind === 'Object') index = readKey();
    else top.index += 1;
    wantsValue = true;
  }

  index = skipSpace(text, index);
  if (index < text.length) throw trailing(text, index);

  /** Reads a key and its colon; gives the index of the value. */
  function readKey(): number {
    const object = stack[stack.length - 1]!;
    if (text[index] !== '"') throw unexpected(text, index, 'was expecting double-quote to start field name');
    const end = scanString(text, index, 'name');
    if (losses) {
      const key = JSON.parse(text.slice(index, end)) as string;
      if (object.keys!.has(key)) losses.duplicateKeys.push({ key, path: path(key) });
      object.keys!.add(key);
      object.key = key;
    }
    let after = skipSpace(text, end);
    if (after === text.length) throw new Fault('Unexpected end-of-input within/between Object entries', after);
    if (text[after] !== ':') throw unexpected(text, after, 'was expecting a colon to separate field name and value');
    after = skipSpace(text, after + 1);
    if (after === text.length) throw new Fault('Unexpected end-of-input within/between Object entries', after);
    return after;
  }
}

/** After the value, Step Functions reads no further; the text is refused all the same, as a token where none belongs. */
function trailing(text: string, index: number): Fault {
  try {
    const unit = text[index]!;
    if (!'{["'.includes(unit)) scanScalar(text, index);
  } catch (fault) {
    if (fault instanceof Fault) return fault;
    throw fault;
  }
  return new Fault(`Trailing token found after value: ${text[index]}`, index + 1);
}

function scanScalar(text: string, start: number): number {
  const unit = text[start]!;
  if (unit === '"') return scanString(text, start, 'string value');
  if (unit === '-' || isDigit(unit)) return scanNumber(text, start);
  for (const literal of ['true', 'false', 'null']) {
    if (text.startsWith(literal, start) && !isIdentifierPart(text[start + literal.length])) return start + literal.length;
  }
  if (!isIdentifierPart(unit) || unit === '\u0000') throw unexpected(text, start, `expected a valid value ${VALUES}`);
  let end = start + 1;
  while (end - start < TOKEN_CHARACTERS && isIdentifierPart(text[end])) end++;
  const token = text.slice(start, end) + (end - start === TOKEN_CHARACTERS ? '...' : '');
  throw new Fault(`Unrecognized token '${token}': was expecting ${VALUES}`, end);
}

function scanString(text: string, start: number, what: 'name' | 'string value'): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) return index + 1;
    if (code < 0x20) {
      const advice = `has to be escaped using backslash to be included in ${what}`;
      throw new Fault(`Illegal unquoted character (${describe(text[index]!)}): ${advice}`, index + 1, index);
    }
    if (code !== 0x5c) continue;
    index += 1;
    const escaped = text[index];
    if (escaped === undefined) throw new Fault('Unexpected end-of-input in character escape sequence', index);
    if (escaped === 'u') {
      for (let digit = 1; digit <= 4; digit++) {
        const hex = text[index + digit];
        if (hex === undefined) throw new Fault('Unexpected end-of-input in character escape sequence', text.length);
        if (!/[0-9a-fA-F]/.test(hex)) throw unexpected(text, index + digit, 'expected a hex-digit for character escape sequence');
      }
      index += 4;
    } else if (!'"\\/bfnrt'.includes(escaped)) {
      throw new Fault(`Unrecognized character escape ${describe(escaped)}`, index + 1);
    }
  }
  const missing = what === 'name' ? ' in field name' : ': was expecting closing quote for a string value';
  throw new Fault(`Unexpected end-of-input${missing}`, text.length);
}

function scanNumber(text: string, start: number): number {
  let index = start;
  if (text[index] === '-') {
    index += 1;
    if (!isDigit(text[index])) throw notNumeric(text, index, 'expected digit (0-9) to follow minus sign, for valid numeric value');
  }
  if (text[index] === '0' && isDigit(text[index + 1])) throw new Fault('Invalid numeric value: Leading zeroes not allowed', index + 1);
  while (isDigit(text[index])) index++;
  if (text[index] === '.') {
    index += 1;
    if (!isDigit(text[index])) throw notNumeric(text, index, 'Decimal point not followed by a digit');
    while (isDigit(text[index])) index++;
  }
  if (text[index] === 'e' || text[index] === 'E') {
    index += 1;
    if (text[index] === '+' || text[index] === '-') index++;
    if (!isDigit(text[index])) throw notNumeric(text, index, 'Exponent indicator not followed by a digit');
    while (isDigit(text[index])) index++;
  }
  return index;
}

function isInexact(number: string): boolean {
  if (!/^-?\d+$/.test(number)) return false;
  return number.length > 310 || BigInt(number) !== BigInt(Number(number));
}

function notNumeric(text: string, index: number, comment: string): Fault {
  if (index >= text.length) return new Fault('Unexpected end-of-input in a Number value', text.length);
  return new Fault(`Unexpected character (${describe(text[index]!)}) in numeric value: ${comment}`, index + 1);
}

function unexpected(text: string, index: number, comment: string): Fault {
  return new Fault(`Unexpected character (${describe(text[index]!)}): ${comment}`, index + 1);
}

function describe(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return `(CTRL-CHAR, code ${code})`;
  return code > 255 ? `'${unit}' (code ${code} / 0x${code.toString(16)})` : `'${unit}' (code ${code})`;
}

function sourceAt(text: string, index: number, counted = index): string {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < counted; at++) {
    const unit = text[at];
    if (unit === '\n' || (unit === '\r' && text[at + 1] !== '\n')) {
      line += 1;
      lineStart = at + 1;
    }
  }
  const rest = text.length - SNIPPET_CHARACTERS;
  const snippet = `"${text.slice(0, SNIPPET_CHARACTERS)}"${rest > 0 ? `[truncated ${rest} chars]` : ''}`;
  return `[Source: (String)${snippet}; line: ${line}, column: ${index - lineStart + 1}]`;
}

function skipSpace(text: string, index: number): number {
  while (index < text.length && isSpace(text[index]!)) index++;
  return index;
}

function isSpace(unit: string): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';
}

function isDigit(unit: string | undefined): boolean {
  return unit !== undefined && unit >= '0' && unit <= '9';
}

const IDENTIFIER_PART = /[\p{ID_Continue}\p{Sc}\p{Pc}]/u;
function isIdentifierPart(unit: string | undefined): boolean {
  return unit !== undefined && IDENTIFIER_PART.test(unit);
}
