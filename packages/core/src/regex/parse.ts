import { caseMates } from './case-folding.ts';
import { complementRanges, LAST_CODE_POINT, LINE_END } from './char-set.ts';
import { parseClass, parseEscape } from './escape.ts';
import { foldingOf, type RegexFlags } from './flags.ts';
import { UNBOUNDED, type AssertionKind, type RegexNode } from './node.ts';
import { charSet, fail, readDecimal, takeChar, type PatternReader } from './reader.ts';

export interface ParsedRegex {
  readonly root: RegexNode;
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
}

// Deeper than any pattern a person writes, far from the end of the platform's stack.
const MAX_GROUP_NESTING = 200;

/** Parses a pattern as ECMAScript does, its web-compatible syntax included where `u` is absent. @throws RegexSyntaxError */
export function parseRegex(source: string, flags: RegexFlags): ParsedRegex {
  const { count, names } = scanGroups(source);
  const reader: PatternReader = { source, position: 0, flags, groups: count, names, sets: new Map() };
  const parser = { reader, nextGroup: 1, depth: 0 };
  const root = parseAlternation(parser);
  if (reader.position < source.length) fail(reader.source, 'Unmatched \')\'');
  return { root, groups: count };
}

interface Parser {
  readonly reader: PatternReader;
  nextGroup: number;
  depth: number;
}

const NOT_LINE_END = complementRanges(LINE_END);
const GROUP_NAME = /([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)>/uy;

/** Back references and octal escapes can be told apart only by knowing all groups beforehand. */
function scanGroups(source: string): { count: number; names: Map<string, number> } {
  const names = new Map<string, number>();
  let count = 0;
  let inClass = false;
  for (let index = 0; index < source.length; index++) {
    const char = source[index];
    if (char === '\\') index++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '(' && !inClass) {
      if (source[index + 1] !== '?') count++;
      else if (source[index + 2] === '<' && source[index + 3] !== '=' && source[index + 3] !== '!') {
        count++;
        GROUP_NAME.lastIndex = index + 3;
        const name = GROUP_NAME.exec(source)?.[1] ?? fail(source, 'Invalid capture group name');
        if (names.has(name)) fail(source, 'Duplicate capture group name');
        names.set(name, count);
      }
    }
  }
  return { count, names };
}

function parseAlternation(parser: Parser): RegexNode {
  const { reader } = parser;
  const options = [parseSequence(parser)];
  while (reader.source[reader.position] === '|') {
    reader.position++;
    options.push(parseSequence(parser));
  }
  return options.length === 1 ? options[0]! : (mergeChars(reader, options) ?? { type: 'alternation', options });
}

/** One set for alternatives of one character each: nothing to go back to, and no frame per character. */
function mergeChars(reader: PatternReader, options: readonly RegexNode[]): RegexNode | undefined {
  const ranges: number[] = [];
  for (const option of options) {
    if (option.type === 'char') ranges.push(option.code, option.code);
    else if (option.type !== 'set' || option.set.inverted || option.set.folding || option.set.properties.length > 0) return undefined;
    else for (const bound of option.set.ranges) ranges.push(bound);
  }
  return { type: 'set', set: charSet(reader, ranges) };
}

function parseSequence(parser: Parser): RegexNode {
  const { reader } = parser;
  const items: RegexNode[] = [];
  for (;;) {
    if (reader.flags.extended) skipComments(reader);
    const char = reader.source[reader.position];
    if (char === undefined || char === '|' || char === ')') break;
    const { nextGroup } = parser;
    const repeatable = isRepeatable(reader);
    const term = parseTerm(parser, char);
    if (term !== undefined) items.push(parseQuantifier(parser, term, nextGroup, repeatable));
  }
  if (items.length === 0) return { type: 'empty' };
  return items.length === 1 ? items[0]! : { type: 'sequence', items };
}

function skipComments(reader: PatternReader): void {
  for (;;) {
    const char = reader.source[reader.position];
    if (char === '#') {
      const end = reader.source.indexOf('\n', reader.position);
      reader.position = end < 0 ? reader.source.length : end + 1;
    } else if (char !== undefined && ' \t\n\v\f\r'.includes(char)) reader.position++;
    else return;
  }
}

/** One atom or assertion; undefined for inline flags, which match nothing. */
function parseTerm(parser: Parser, char: string): RegexNode | undefined {
  const { reader } = parser;
  switch (char) {
    case '^':
      reader.position++;
      return assertion(reader.flags.multiline ? 'lineStart' : 'textStart');
    case '$':
      reader.position++;
      return assertion(reader.flags.multiline ? 'lineEnd' : 'textEnd');
    case '(':
      reader.position++;
      return parseGroup(parser);
    case '.':
      reader.position++;
      return { type: 'set', set: charSet(reader, reader.flags.dotAll ? [0, LAST_CODE_POINT] : NOT_LINE_END) };
    case '[':
      reader.position++;
      return { type: 'set', set: parseClass(reader) };
    case '\\':
      return parseEscapedTerm(reader);
    case '*':
    case '+':
    case '?':
      return fail(reader.source, 'Nothing to repeat');
    case '{':
      if (reader.flags.unicode || readBraces(reader) !== undefined) fail(reader.source, 'Nothing to repeat');
      break;
    case '}':
    case ']':
      if (reader.flags.unicode) fail(reader.source, 'Lone quantifier brackets');
  }
  return charNode(reader, takeChar(reader));
}

function assertion(kind: AssertionKind): RegexNode {
  return { type: 'assertion', kind };
}

function charNode(reader: PatternReader, code: number): RegexNode {
  const folding = foldingOf(reader.flags);
  const loneSurrogate = reader.flags.codePoints && code >= 0xd800 && code <= 0xdfff;
  if (!loneSurrogate && (folding === undefined || caseMates(code, folding).length === 1)) return { type: 'char', code };
  return { type: 'set', set: charSet(reader, [code, code], false, folding) };
}

function parseEscapedTerm(reader: PatternReader): RegexNode {
  const escape = parseEscape(reader);
  switch (escape.type) {
    case 'char':
      return charNode(reader, escape.code);
    case 'set':
      return { type: 'set', set: escape.set };
    case 'assertion':
      return assertion(escape.kind);
    case 'backreference':
      return { type: 'backreference', index: escape.index, folding: foldingOf(reader.flags) };
  }
}

function parseGroup(parser: Parser): RegexNode | undefined {
  const { reader } = parser;
  if (++parser.depth > MAX_GROUP_NESTING) fail(reader.source, `Groups nested more than ${MAX_GROUP_NESTING} deep`);
  const flagsOutside = reader.flags;
  const node = parseGroupBody(parser);
  parser.depth--;
  // Inline flags `(?i)` are the one group that changes what follows it.
  if (node !== undefined) reader.flags = flagsOutside;
  return node;
}

function parseGroupBody(parser: Parser): RegexNode | undefined {
  const { reader } = parser;
  const { source, position } = reader;
  if (source[position] !== '?') return captured(parser);
  const next = source[position + 1];
  const behind = next === '<' && (source[position + 2] === '=' || source[position + 2] === '!');
  if (next === ':') return closed(parser, position + 2);
  if (next === '=' || next === '!') return { type: 'look', behind: false, negative: next === '!', body: closed(parser, position + 2) };
  if (behind) return { type: 'look', behind: true, negative: source[position + 2] === '!', body: closed(parser, position + 3) };
  if (next === '<') {
    reader.position = source.indexOf('>', position) + 1;
    return captured(parser);
  }
  return reader.flags.java ? inlineFlags(parser) : fail(reader.source, 'Invalid group');
}

function captured(parser: Parser): RegexNode {
  const index = parser.nextGroup++;
  return { type: 'group', index, body: closed(parser, parser.reader.position) };
}

function closed(parser: Parser, from: number): RegexNode {
  const { reader } = parser;
  reader.position = from;
  const body = parseAlternation(parser);
  if (reader.source[reader.position] !== ')') fail(reader.source, 'Unterminated group');
  reader.position++;
  return body;
}

const INLINE_FLAGS = { i: 'ignoreCase', m: 'multiline', s: 'dotAll', x: 'extended', u: 'unicode' } as const;

/** `(?i-s)` for the rest of the group around it, `(?i-s:…)` for itself. */
function inlineFlags(parser: Parser): RegexNode | undefined {
  const { reader } = parser;
  let on = true;
  let flags = reader.flags;
  for (let index = reader.position + 1; ; index++) {
    const char = reader.source[index] ?? '';
    if (char === '-') on = false;
    else if (Object.hasOwn(INLINE_FLAGS, char)) flags = { ...flags, [INLINE_FLAGS[char as keyof typeof INLINE_FLAGS]]: on };
    else if (char === ')' || char === ':') {
      reader.flags = flags;
      reader.position = index + 1;
      return char === ':' ? closed(parser, index + 1) : undefined;
    } else fail(reader.source, 'Invalid group');
  }
}

/** False for assertions, save lookahead where the syntax is the web-compatible one. */
function isRepeatable({ source, position, flags }: PatternReader): boolean {
  if (source.startsWith('(?=', position) || source.startsWith('(?!', position)) return !flags.unicode;
  return !['^', '$', '\\b', '\\B', '(?<=', '(?<!'].some((spelling) => source.startsWith(spelling, position));
}

function parseQuantifier(parser: Parser, body: RegexNode, firstGroup: number, repeatable: boolean): RegexNode {
  const { reader } = parser;
  const range = readQuantifier(reader);
  if (range === undefined) return body;
  if (!repeatable) fail(reader.source, 'Nothing to repeat');
  const lazy = reader.source[reader.position] === '?';
  if (lazy) reader.position++;
  return { type: 'repeat', body, min: range[0], max: range[1], lazy, firstGroup, endGroup: parser.nextGroup };
}

function readQuantifier(reader: PatternReader): readonly [number, number] | undefined {
  switch (reader.source[reader.position]) {
    case '*':
      reader.position++;
      return [0, UNBOUNDED];
    case '+':
      reader.position++;
      return [1, UNBOUNDED];
    case '?':
      reader.position++;
      return [0, 1];
    case '{': {
      const braces = readBraces(reader);
      if (braces === undefined) return reader.flags.unicode ? fail(reader.source, 'Incomplete quantifier') : undefined;
      if (braces.max < braces.min) fail(reader.source, 'numbers out of order in {} quantifier');
      reader.position = braces.end;
      return [braces.min, braces.max];
    }
  }
  return undefined;
}

/** `{n}`, `{n,}` or `{n,m}` at the reader, which is not moved. */
function readBraces(reader: PatternReader): { min: number; max: number; end: number } | undefined {
  const low = readDecimal(reader.source, reader.position + 1);
  if (low === undefined) return undefined;
  if (reader.source[low.end] === '}') return { min: low.value, max: low.value, end: low.end + 1 };
  if (reader.source[low.end] !== ',') return undefined;
  const high = readDecimal(reader.source, low.end + 1);
  const end = high?.end ?? low.end + 1;
  return reader.source[end] === '}' ? { min: low.value, max: high?.value ?? UNBOUNDED, end: end + 1 } : undefined;
}
