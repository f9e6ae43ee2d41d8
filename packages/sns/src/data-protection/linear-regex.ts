/** Part of a text: from `start` up to, and without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One character's worth of a pattern. */
type CharTest = (code: number) => boolean;

interface Item {
  /** Undefined: the beginning or the end of the text. */
  readonly test: CharTest | undefined;
  readonly anchor?: 'start' | 'end';
  readonly min: number;
  /** Infinity: as often as there are. */
  readonly max: number;
}

/** States of all alternatives together. */
const MAX_STATES = 500;

/**
 * A regular expression of the kind that custom data identifiers may use: characters, `.`, classes, `\d \w \s`, `* + ? {n,m}`,
 * `|`, `^`, `$`, no groups. Its time is bounded by the length of the text times that of the pattern, whatever both are.
 * A text says why a pattern is none.
 */
export function compileLinearRegex(pattern: string): ((text: string) => readonly Span[]) | string {
  if (pattern === '' || pattern.length > 200) return 'a regular expression must have 1 to 200 characters';
  const alternatives: Item[][] = [];
  for (let at = 0; at <= pattern.length; ) {
    const parsed = parseSequence(pattern, at);
    if (typeof parsed === 'string') return parsed;
    alternatives.push(parsed.items);
    at = parsed.end + 1;
  }
  if (alternatives.some((items) => items.every(({ min }) => min === 0))) return 'a regular expression must not match an empty text';
  const program = assemble(alternatives);
  return program ? (text) => findSpans(program, text) : `a regular expression must not have more than ${MAX_STATES} states`;
}

function parseSequence(pattern: string, from: number): { readonly items: Item[]; readonly end: number } | string {
  const items: Item[] = [];
  let at = from;
  while (at < pattern.length && pattern[at] !== '|') {
    const char = pattern[at]!;
    if (char === '^' || char === '$') {
      items.push({ test: undefined, anchor: char === '^' ? 'start' : 'end', min: 1, max: 1 });
      at++;
      continue;
    }
    const atom = parseAtom(pattern, at);
    if (typeof atom === 'string') return atom;
    const times = parseTimes(pattern, atom.end);
    if (typeof times === 'string') return times;
    items.push({ test: atom.test, min: times.min, max: times.max });
    at = times.end;
  }
  return { items, end: at };
}

function parseAtom(pattern: string, at: number): { readonly test: CharTest; readonly end: number } | string {
  const char = pattern[at]!;
  if ('()'.includes(char)) return 'a regular expression must not have groups';
  if ('*+?{}]'.includes(char)) return `'${char}' has nothing before it`;
  if (char === '.') return { test: (code) => code !== 10 && code !== 13, end: at + 1 };
  if (char === '[') return parseClass(pattern, at + 1);
  if (char !== '\\') return { test: literal(char.charCodeAt(0)), end: at + 1 };
  const escaped = pattern[at + 1];
  return escaped === undefined ? 'a regular expression must not end with a backslash' : { test: escapeTest(escaped), end: at + 2 };
}

const literal = (wanted: number): CharTest => (code) => code === wanted;
const isDigit: CharTest = (code) => code >= 48 && code <= 57;
const isWord: CharTest = (code) => isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: CharTest = (code) => code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
const not = (test: CharTest): CharTest => (code) => !test(code);
const ESCAPES: ReadonlyMap<string, CharTest> = new Map([
  ['d', isDigit], ['D', not(isDigit)], ['w', isWord], ['W', not(isWord)], ['s', isSpace], ['S', not(isSpace)], ['n', literal(10)], ['r', literal(13)], ['t', literal(9)],
]);

function escapeTest(char: string): CharTest {
  return ESCAPES.get(char) ?? literal(char.charCodeAt(0));
}

function parseClass(pattern: string, from: number): { readonly test: CharTest; readonly end: number } | string {
  const negated = pattern[from] === '^';
  const tests: CharTest[] = [];
  let at = negated ? from + 1 : from;
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    let char = pattern[at]!;
    if (char === '\\') {
      char = pattern[++at] ?? '';
      const escape = ESCAPES.get(char);
      if (escape) {
        tests.push(escape);
        continue;
      }
    }
    const low = char.charCodeAt(0);
    if (pattern[at + 1] === '-' && at + 2 < pattern.length && pattern[at + 2] !== ']') {
      const high = pattern.charCodeAt(at + 2);
      if (high < low) return 'a range of a class must not go backwards';
      tests.push((code) => code >= low && code <= high);
      at += 2;
    } else tests.push(literal(low));
  }
  if (at >= pattern.length) return 'a class has no end';
  if (tests.length === 0) return 'a class must not be empty';
  const any: CharTest = (code) => tests.some((test) => test(code));
  return { test: negated ? not(any) : any, end: at + 1 };
}

function parseTimes(pattern: string, at: number): { readonly min: number; readonly max: number; readonly end: number } | string {
  switch (pattern[at]) {
    case '*':
      return { min: 0, max: Infinity, end: at + 1 };
    case '+':
      return { min: 1, max: Infinity, end: at + 1 };
    case '?':
      return { min: 0, max: 1, end: at + 1 };
    case '{': {
      const found = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(pattern.slice(at, at + 10));
      if (!found) return 'a number of repetitions must be {n}, {n,} or {n,m}';
      const min = Number(found[1]);
      const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3]);
      return max < min ? 'a number of repetitions must not go backwards' : { min, max, end: at + found[0].length };
    }
    default:
      return { min: 1, max: 1, end: at };
  }
}

/** A state takes a character and goes on to the next; it may be passed over, or stay where it is. */
interface State {
  readonly test: CharTest | undefined;
  readonly anchor: 'start' | 'end' | undefined;
  readonly optional: boolean;
  readonly repeats: boolean;
}

/** The states of every alternative, each ended by undefined: there it has matched. */
type Program = readonly (State | undefined)[];

function assemble(alternatives: readonly Item[][]): Program | undefined {
  const program: (State | undefined)[] = [];
  for (const items of alternatives) {
    for (const { test, anchor, min, max } of items) {
      const states = max === Infinity ? Math.max(min, 1) : max;
      if (program.length + states > MAX_STATES) return undefined;
      for (let count = 1; count <= states; count++) program.push({ test, anchor, optional: count > min, repeats: max === Infinity && count === states });
    }
    program.push(undefined);
  }
  return program;
}

/** Everything any match covers, in one pass: each state remembers where the longest match that has come to it began. */
function findSpans(program: Program, text: string): readonly Span[] {
  const spans: { start: number; end: number }[] = [];
  let starts = new Int32Array(program.length).fill(-1);
  let next = new Int32Array(program.length).fill(-1);
  const entries = program.flatMap((_state, index) => (index === 0 || program[index - 1] === undefined ? [index] : []));
  const enter = (into: Int32Array, at: number, start: number, position: number): void => {
    for (let index = at; ; index++) {
      const state = program[index];
      if (!state) return void (start < position && keep(start, position));
      if (state.anchor) {
        if (position === (state.anchor === 'start' ? 0 : text.length)) continue;
        return;
      }
      const known = into[index]!;
      if (known >= 0 && known <= start) return;
      into[index] = start;
      if (!state.optional) return;
    }
  };
  const keep = (start: number, end: number): void => {
    let from = start;
    // A longer match that began earlier swallows those inside it.
    while (spans.length > 0 && spans[spans.length - 1]!.end > from) from = Math.min(from, spans.pop()!.start);
    spans.push({ start: from, end });
  };
  for (let position = 0; ; position++) {
    for (const entry of entries) enter(starts, entry, position, position);
    if (position === text.length) return spans;
    const code = text.charCodeAt(position);
    next.fill(-1);
    for (let index = 0; index < program.length; index++) {
      const start = starts[index]!;
      const state = program[index];
      if (start < 0 || !state?.test?.(code)) continue;
      if (state.repeats) enter(next, index, start, position + 1);
      enter(next, index + 1, start, position + 1);
    }
    [starts, next] = [next, starts];
  }
}
