import type { CaseFolding } from './case-folding.ts';
import { hasChar, type CharSet } from './char-set.ts';
import type { ParsedRegex } from './parse.ts';
import { UNBOUNDED, type AssertionKind, type RegexNode, type RepeatNode } from './node.ts';

/** Instructions with their operands. A program is a flat list of them; `MATCH` ends it. */
export const Op = {
  /** code */
  Char: 0,
  /** index of a text */
  Text: 1,
  /** index of a set */
  Set: 2,
  /** index of a set, tested on the character before */
  SetBehind: 3,
  /** set, min, max, lazy, next character or -1, possessive, memo point: a run of one set, backed off without a frame per character */
  Run: 4,
  /** tried first, tried next, memo point */
  Split: 5,
  /** target */
  Jump: 6,
  /** register */
  Save: 7,
  /** number of the assertion's kind */
  Assert: 8,
  /** group, folding, behind */
  Backreference: 9,
  /** negative, next, register */
  Look: 10,
  /** negative, register */
  LookEnd: 11,
  /** register := 0 */
  CountStart: 12,
  /** register, min, max, lazy, exit */
  CountLoop: 13,
  /** counter register, position register, min: refuses a round past `min` that consumed nothing */
  CountRound: 14,
  /** register: refuses a round that consumed nothing since `Save` */
  Progress: 15,
  /** first register, end register: forgets captures */
  Forget: 16,
  Match: 17,
} as const;

export const RUN_LENGTH = 8;

const ASSERTIONS: Readonly<Record<AssertionKind, number>> = {
  textStart: 0,
  textEnd: 1,
  lineStart: 2,
  lineEnd: 3,
  wordBoundary: 4,
  notWordBoundary: 5,
  foldedWordBoundary: 6,
  notFoldedWordBoundary: 7,
};
export const FOLDINGS: readonly (CaseFolding | undefined)[] = [undefined, 'unit', 'unicode', 'ascii'];

export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  readonly texts: readonly string[];
  /** Registers 2n and 2n + 1 hold the bounds of group n, 0 being the whole match; counters and marks follow. */
  readonly registers: number;
  readonly groups: number;
  /** True where a character is a code point. */
  readonly codePoints: boolean;
  /** Points where position alone decides the rest, so that a second visit may be refused; 0 where registers decide too. */
  readonly memoPoints: number;
  readonly hasBackreference: boolean;
}

interface Builder {
  readonly code: number[];
  readonly sets: CharSet[];
  readonly texts: string[];
  readonly codePoints: boolean;
  registers: number;
  memoPoints: number;
  /** False once a construct is used whose outcome depends on more than the position. */
  positional: boolean;
  hasBackreference: boolean;
  readonly runs: number[];
}

export function createProgram(parsed: ParsedRegex, codePoints: boolean): Program {
  const builder: Builder = {
    code: [],
    sets: [],
    texts: [],
    codePoints,
    registers: 2 * parsed.groups + 2,
    memoPoints: 0,
    positional: true,
    hasBackreference: false,
    runs: [],
  };
  emit(builder, parsed.root, false);
  builder.code.push(Op.Match);
  for (const run of builder.runs) lookPastRun(builder, run);
  const { sets, texts, registers, hasBackreference } = builder;
  const code = Int32Array.from(builder.code);
  const memoPoints = builder.positional ? builder.memoPoints : 0;
  return { code, sets, texts, registers, groups: parsed.groups, codePoints, memoPoints, hasBackreference };
}

/** Appends a node's instructions; `behind` reads the text backwards, inside lookbehind. */
function emit(builder: Builder, node: RegexNode, behind: boolean): void {
  const { code } = builder;
  switch (node.type) {
    case 'empty':
      return;
    case 'char':
      return emitText(builder, [node.code], behind);
    case 'set':
      code.push(behind ? Op.SetBehind : Op.Set, builder.sets.push(node.set) - 1);
      return;
    case 'sequence':
      return emitSequence(builder, node.items, behind);
    case 'alternation':
      return emitAlternation(builder, node.options, behind);
    case 'group':
      code.push(Op.Save, 2 * node.index + (behind ? 1 : 0));
      emit(builder, node.body, behind);
      code.push(Op.Save, 2 * node.index + (behind ? 0 : 1));
      return;
    case 'repeat':
      return emitRepeat(builder, node, behind);
    case 'assertion':
      code.push(Op.Assert, ASSERTIONS[node.kind]);
      return;
    case 'look':
      return emitLook(builder, node);
    case 'backreference':
      builder.positional = false;
      builder.hasBackreference = true;
      code.push(Op.Backreference, node.index, FOLDINGS.indexOf(node.folding), behind ? 1 : 0);
      return;
    default:
      node satisfies never;
  }
}

function emitSequence(builder: Builder, items: readonly RegexNode[], behind: boolean): void {
  const ordered = behind ? items.toReversed() : items;
  for (let index = 0; index < ordered.length; index++) {
    const chars: number[] = [];
    for (let item = ordered[index]; item?.type === 'char'; item = ordered[++index]) chars.push(item.code);
    if (chars.length > 0) emitText(builder, chars, behind);
    const item = ordered[index];
    if (item !== undefined) emit(builder, item, behind);
  }
}

function emitText(builder: Builder, chars: readonly number[], behind: boolean): void {
  if (behind) {
    for (const char of chars) {
      const set = singleton(char);
      builder.code.push(Op.SetBehind, builder.sets.push(set) - 1);
    }
    return;
  }
  if (chars.length === 1 && chars[0]! <= 0xffff) builder.code.push(Op.Char, chars[0]!);
  else builder.code.push(Op.Text, builder.texts.push(chars.map((char) => String.fromCodePoint(char)).join('')) - 1);
}

function singleton(char: number): CharSet {
  const ascii = new Uint8Array(128);
  if (char < 128) ascii[char] = 1;
  return { ascii, ranges: [char, char], properties: [], inverted: false, folding: undefined };
}

function emitAlternation(builder: Builder, options: readonly RegexNode[], behind: boolean): void {
  const { code } = builder;
  const exits: number[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) return emit(builder, option, behind);
    const split = emitSplit(builder);
    code[split + 1] = code.length;
    emit(builder, option, behind);
    code.push(Op.Jump, 0);
    exits.push(code.length - 1);
    code[split + 2] = code.length;
  });
  for (const exit of exits) code[exit] = code.length;
}

function emitSplit(builder: Builder): number {
  return builder.code.push(Op.Split, 0, 0, builder.memoPoints++) - 4;
}

function emitLook(builder: Builder, node: RegexNode & { type: 'look' }): void {
  const { code } = builder;
  const register = builder.registers;
  builder.registers += 2;
  builder.positional = false;
  const look = code.push(Op.Look, node.negative ? 1 : 0, 0, register) - 4;
  emit(builder, node.body, node.behind);
  code.push(Op.LookEnd, node.negative ? 1 : 0, register);
  code[look + 2] = code.length;
}

function emitRepeat(builder: Builder, node: RepeatNode, behind: boolean): void {
  const { code } = builder;
  const { min, max, lazy, body } = node;
  if (max === 0) return;
  const set = behind ? undefined : runSet(builder, body);
  if (set !== undefined && !(lazy && builder.codePoints && max !== UNBOUNDED)) {
    builder.runs.push(code.length);
    code.push(Op.Run, builder.sets.push(set) - 1, min, max, lazy ? 1 : 0, -1, 0, builder.memoPoints++);
    return;
  }
  const nullable = canBeEmpty(body);
  if (nullable) builder.positional = false;
  if (min === 1 && max === UNBOUNDED && !nullable) {
    const start = code.length;
    emitRound(builder, node, behind);
    const split = emitSplit(builder);
    setBranches(code, split, start, code.length, lazy);
  } else if (min === 0 && (max === 1 || max === UNBOUNDED)) {
    const split = emitSplit(builder);
    const start = code.length;
    const mark = nullable ? builder.registers++ : -1;
    if (nullable) code.push(Op.Save, mark);
    emitRound(builder, node, behind);
    if (nullable) code.push(Op.Progress, mark);
    if (max === UNBOUNDED) code.push(Op.Jump, split);
    setBranches(code, split, start, code.length, lazy);
  } else emitCounted(builder, node, behind);
}

function emitCounted(builder: Builder, node: RepeatNode, behind: boolean): void {
  const { code } = builder;
  builder.positional = false;
  const counter = builder.registers++;
  const mark = builder.registers++;
  code.push(Op.CountStart, counter);
  const loop = code.push(Op.CountLoop, counter, node.min, node.max, node.lazy ? 1 : 0, 0) - 6;
  code.push(Op.Save, mark);
  emitRound(builder, node, behind);
  code.push(Op.CountRound, counter, mark, node.min, Op.Jump, loop);
  code[loop + 5] = code.length;
}

function setBranches(code: number[], split: number, inside: number, outside: number, lazy: boolean): void {
  code[split + 1] = lazy ? outside : inside;
  code[split + 2] = lazy ? inside : outside;
}

function emitRound(builder: Builder, node: RepeatNode, behind: boolean): void {
  if (node.endGroup > node.firstGroup) builder.code.push(Op.Forget, 2 * node.firstGroup, 2 * node.endGroup);
  emit(builder, node.body, behind);
}

function runSet(builder: Builder, body: RegexNode): CharSet | undefined {
  if (body.type === 'set') return body.set;
  return body.type === 'char' && !(builder.codePoints && body.code > 0xffff) ? singleton(body.code) : undefined;
}

/** What follows a run decides where it can end: only before that character, and only at its end where it cannot hold it. */
function lookPastRun(builder: Builder, run: number): void {
  const { code } = builder;
  let next = run + RUN_LENGTH;
  while (code[next] === Op.Save || code[next] === Op.Jump) next = code[next] === Op.Save ? next + 2 : code[next + 1]!;
  if (code[next] !== Op.Char && code[next] !== Op.Text) return;
  const char = code[next] === Op.Char ? code[next + 1]! : builder.texts[code[next + 1]!]!.charCodeAt(0);
  code[run + 5] = char;
  if (code[run + 4] === 0 && !(char >= 0xd800 && char <= 0xdfff) && !hasChar(builder.sets[code[run + 1]!]!, char)) code[run + 6] = 1;
}

/** True where a node may match the empty text. */
function canBeEmpty(node: RegexNode): boolean {
  switch (node.type) {
    case 'char':
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(canBeEmpty);
    case 'alternation':
      return node.options.some(canBeEmpty);
    case 'group':
      return canBeEmpty(node.body);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    default:
      return true;
  }
}
