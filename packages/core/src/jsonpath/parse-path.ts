import { CharacterIndex } from './character-index.ts';
import { Failure, JsonPathError, invalid } from './error.ts';
import { unescapeText } from './escapes.ts';
import { parseFilter } from './parse-filter.ts';
import { parseParameters } from './parse-parameters.ts';
import type { PathSyntax, Token } from './syntax.ts';
import { isFunctionPath } from './syntax.ts';

// Filters within filters, calls within calls, groups: deeper is refused, so that parsing and evaluation never exhaust the stack.
const MAX_NESTING = 200;

export function checkNesting(nesting: number): void {
  if (nesting > MAX_NESTING) throw new JsonPathError('invalid', `Path is nested more than ${MAX_NESTING} levels deep`);
}

/** Parses a path as a user writes it. `$.` may be left out. @throws Failure of kind `invalid`. */
export function parsePath(text: string, nesting = 0): PathSyntax {
  try {
    let chars = new CharacterIndex(text);
    chars.trim();
    if (chars.at(0) !== '$' && chars.at(0) !== '@') {
      chars = new CharacterIndex(`$.${text}`);
      chars.trim();
    }
    if (chars.at(chars.end) === '.') invalid("Path must not end with a '.' or '..'");
    return parseTrimmedPath(chars, nesting);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind !== 'invalid') invalid(thrown.message);
    throw thrown;
  }
}

export function parseTrimmedPath(chars: CharacterIndex, nesting: number): PathSyntax {
  checkNesting(nesting);
  while (chars.isInside() && isWhitespace(chars.current)) chars.position++;
  const root = chars.current;
  if (root !== '$' && root !== '@') return invalid("Path must start with '$' or '@'");
  const tokens: Token[] = [];
  const path: PathSyntax = { root, relative: root === '@', tokens, definiteUpstream: true };
  if (chars.isTail) return path;
  chars.position++;
  if (chars.current !== '.' && chars.current !== '[') invalid(`Illegal character at position ${chars.position} expected '.' or '['`);
  do readToken(chars, tokens, nesting);
  while (!chars.isTail);
  return withoutScanBeforeFunction(path);
}

/** `$..a.length()` means `$.length($..a)`. */
function withoutScanBeforeFunction(path: PathSyntax): PathSyntax {
  const { tokens } = path;
  if (!isFunctionPath(path) || tokens[0]?.kind !== 'scan') return path;
  const at = tokens.findIndex((token) => token.kind === 'function');
  const call = tokens[at] as Token & { kind: 'function' };
  const scan: PathSyntax = { ...path, tokens: tokens.slice(0, at) };
  return {
    root: '$',
    relative: path.relative,
    tokens: [{ ...call, parameters: [{ kind: 'path', path: scan }] }, ...tokens.slice(at + 1)],
    definiteUpstream: false,
  };
}

export function isWhitespace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

export function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}

function readToken(chars: CharacterIndex, tokens: Token[], nesting: number): void {
  if (chars.current === '.') {
    if (chars.isInside(chars.position + 1) && chars.at(chars.position + 1) === '.') {
      tokens.push({ kind: 'scan' });
      chars.position += 2;
    } else if (!chars.isInside(chars.position + 1)) invalid("Path must not end with a '.");
    else chars.position++;
    if (chars.current === '.') invalid(`Character '.' on position ${chars.position} is not valid.`);
  }
  const token =
    chars.current === '['
      ? (readKeys(chars) ?? readIndexes(chars) ?? readBracketWildcard(chars) ?? readFilter(chars, nesting) ?? refusePlaceholder(chars))
      : readName(chars, nesting);
  tokens.push(token);
}

// foo, foo(), *
function readName(chars: CharacterIndex, nesting: number): Token {
  const start = chars.position;
  if (chars.current === '*') {
    chars.position++;
    return { kind: 'wildcard' };
  }
  if (chars.current === ' ') invalid(`Could not parse token starting at position ${start}`);
  let end = start;
  for (; chars.isInside(end); end++) {
    const char = chars.at(end);
    if (char === ' ') invalid(`Use bracket notion ['my prop'] if your property contains blank characters. position: ${start}`);
    if (char === '.' || char === '[' || char === '(') break;
  }
  const name = chars.text.slice(start, end);
  if (!chars.isInside(end) || chars.at(end) !== '(') {
    chars.position = end;
    return { kind: 'property', keys: [name], quote: "'" };
  }
  let depth = 1;
  for (let index = end + 1; index <= chars.end && depth > 0; index++) {
    if (chars.text[index] === ')') depth--;
    else if (chars.text[index] === '(') depth++;
  }
  if (depth !== 0) invalid(`Arguments to function: '${name}' are not closed properly.`);
  chars.position = end + 1;
  // Without arguments the `)` stays unread: `$.a.length().b` asks the length for a property named `)`.
  const parameters = chars.at(end + 1) === ')' ? [] : parseParameters(chars, name, nesting);
  return { kind: 'function', name, fragment: parameters.length > 0 ? `${name}(...)` : `${name}()`, parameters };
}

// ['foo'], ["foo","bar"]
function readKeys(chars: CharacterIndex): Token | undefined {
  const quote = chars.significantCharAfter(chars.position);
  if (quote !== "'" && quote !== '"') return undefined;
  const keys: string[] = [];
  let start = chars.position + 1;
  let end = 0;
  let inside = false;
  let afterComma = false;
  let index = start;
  for (; chars.isInside(index); index++) {
    const char = chars.at(index);
    if (char === '\\') index++;
    else if (inside) {
      if (char !== quote) continue;
      const next = chars.significantCharAfter(index);
      if (next !== ']' && next !== ',') {
        invalid(`Property must be separated by comma or Property must be terminated close square bracket at index ${index}`);
      }
      end = index;
      keys.push(unescapeText(chars.text.slice(start, end)));
      inside = false;
    } else if (char === ']') {
      if (afterComma) invalid(`Found empty property at index ${index}`);
      break;
    } else if (char === quote) {
      start = index + 1;
      inside = true;
      afterComma = false;
    } else if (char === ',') {
      if (afterComma) invalid(`Found empty property at index ${index}`);
      afterComma = true;
    }
  }
  if (inside) invalid(`Property has not been closed - missing closing ${quote}`);
  const close = chars.indexOfSignificant(end, ']');
  if (close === -1) invalid('Property has not been closed - missing closing ]');
  chars.position = close + 1;
  if (keys.length === 0) invalid('Empty properties');
  return { kind: 'property', keys, quote };
}

// [1], [1,2], [1:], [1:2], [:2]
function readIndexes(chars: CharacterIndex): Token | undefined {
  const first = chars.significantCharAfter(chars.position);
  if (!isDigit(first) && first !== '-' && first !== ':') return undefined;
  const close = chars.indexOf(']', chars.position + 1);
  if (close === -1) return undefined;
  const expression = trimControls(chars.text.slice(chars.position + 1, close));
  if (!/^[0-9,\-: ]*$/.test(expression)) return undefined;
  const token: Token = expression.includes(':')
    ? readSlice(expression)
    : { kind: 'index', indexes: expression.split(',').map(readIndex) };
  chars.position = close + 1;
  return token;
}

/** Java's `trim`. */
function trimControls(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start]! <= ' ') start++;
  while (start < end && text[end - 1]! <= ' ') end--;
  return text.slice(start, end);
}

function readIndex(part: string): number {
  const text = part.trim();
  return readInteger(text) ?? invalid(`Failed to parse token in ArrayIndexOperation: ${text}`);
}

function readSlice(expression: string): Token {
  const parts = /^[0-9\-:]*$/.test(expression) ? expression.split(':') : [];
  const [from, to] = [parts[0], parts[1]].map((part) => {
    if (part === undefined || part === '') return undefined;
    return readInteger(part) ?? invalid(`java.lang.NumberFormatException: For input string: "${part}"`);
  });
  if (from === undefined && to === undefined) invalid(`Failed to parse SliceOperation: ${expression}`);
  return { kind: 'slice', from, to };
}

/** A Java `int`, or undefined. */
function readInteger(text: string): number | undefined {
  const value = /^-?[0-9]+$/.test(text) ? Number(text) : NaN;
  return value >= -2147483648 && value <= 2147483647 ? value + 0 : undefined;
}

function readBracketWildcard(chars: CharacterIndex): Token | undefined {
  if (chars.significantCharAfter(chars.position) !== '*') return undefined;
  const star = chars.significantAfter(chars.position);
  if (chars.significantCharAfter(star) !== ']') invalid(`Expected wildcard token to end with ']' on position ${star + 1}`);
  chars.position = chars.significantAfter(star) + 1;
  return { kind: 'wildcard' };
}

// [?(…)]
function readFilter(chars: CharacterIndex, nesting: number): Token | undefined {
  const mark = chars.indexOfSignificant(chars.position, '?');
  if (mark === -1) return undefined;
  const open = chars.indexOfSignificant(mark, '(');
  if (open === -1) return undefined;
  const close = chars.indexOfClosing(open, ')', true);
  if (close === -1 || chars.significantCharAfter(close) !== ']') return undefined;
  const end = chars.significantAfter(close);
  const expression = parseFilter(chars.text.slice(chars.position, end + 1), nesting + 1);
  chars.position = end + 1;
  return { kind: 'filter', expression };
}

// [?] stands for a predicate handed over in Java: here there is none.
function refusePlaceholder(chars: CharacterIndex): never {
  const mark = chars.indexOfSignificant(chars.position, '?');
  const next = mark === -1 ? '' : chars.significantCharAfter(mark);
  const close = chars.indexOf(']', chars.position + 1);
  if (close !== -1 && (next === ']' || next === ',')) {
    const expression = chars.text.slice(chars.position + 1, close);
    invalid(`Not enough predicates supplied for filter [${expression}] at position ${chars.position}`);
  }
  return invalid(`Could not parse token starting at position ${chars.position}. Expected ?, ', 0-9, * `);
}
