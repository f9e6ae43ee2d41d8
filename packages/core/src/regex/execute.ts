import { holds } from './assertion.ts';
import { canonical } from './case-folding.ts';
import { hasChar } from './char-set.ts';
import { RegexBudgetError } from './errors.ts';
import { UNBOUNDED } from './node.ts';
import { FOLDINGS, Op, RUN_LENGTH, type Program } from './program.ts';
import { codePointStart, giveBack, scanRun, takeMore } from './run.ts';
import { nextStart, startAfter, type StartHint } from './start.ts';

/** Steps that matches may still take, and lose as they take them: one budget for several matches bounds them together. */
export interface RegexBudget {
  steps: number;
}

// One match may take this many steps, and this many more per character of the text: a plain pattern never comes near.
const STEPS = 5_000_000;
const STEPS_PER_CHAR = 8;
// From here on an attempt is suspected of going round in circles, and visited points are remembered.
const MEMO_AFTER_STEPS = 4_000;
const MEMO_AFTER_STEPS_PER_CHAR = 4;
const MEMO_MAX_BYTES = 1 << 25;
const STACK_MAX = 1 << 24;
const STACK_KEPT = 1 << 16;

/**
 * Frames of three: [-1, position, pc] another way to go; [bound, position or ~position, pc] a run that can give back or
 * take more, `~` where the position itself is still to be tried; [old value, 0, ~register] an undone change.
 * Kept between matches, which never overlap.
 */
let spareStack = new Int32Array(3 * 256);

/**
 * Runs a program over a text from an index on.
 * @param whole the match must begin at `from` and end with the text.
 * @returns the registers, or undefined where nothing matches.
 * @throws RegexBudgetError
 */
export function execute(
  program: Program,
  hint: StartHint,
  text: string,
  from: number,
  whole: boolean,
  budget: RegexBudget,
): Int32Array | undefined {
  const { code, sets, texts, codePoints } = program;
  const { length } = text;
  const registers = new Int32Array(program.registers);
  const points = length + 1;
  const allowed = Math.min(STEPS + STEPS_PER_CHAR * length, budget.steps);
  const memoFrom = allowed - MEMO_AFTER_STEPS - MEMO_AFTER_STEPS_PER_CHAR * length;
  let steps = allowed;
  let alarm = program.memoPoints > 0 ? Math.max(memoFrom, 0) : 0;
  let memo: Uint8Array | undefined;
  let runs: TriedRuns | undefined;
  let stack = spareStack;
  let found = false;

  search: for (let start = from; start <= length; ) {
    if (!whole) start = nextStart(hint, text, start);
    if (start < 0) break;
    steps -= registers.length >> 5;
    registers.fill(-1);
    registers[0] = start;
    let sp = 0;
    let pc = 0;
    let pos = start;

    attempt: for (;;) {
      if (--steps < alarm) {
        if (alarm === 0) throw new RegexBudgetError('The regular expression took too many steps');
        alarm = 0;
        const bytes = (program.memoPoints * points + 7) / 8;
        if (bytes <= MEMO_MAX_BYTES) {
          memo = new Uint8Array(bytes);
          runs = new TriedRuns(program.memoPoints);
          // What stands on the stack knows nothing of the memo: this attempt begins anew.
          continue search;
        }
      }
      if (sp + 6 > stack.length) stack = growStack(stack);

      // Each case goes on with `continue`; `break` is failure, and falls through to backtracking.
      switch (code[pc]) {
        case Op.Char:
          if (text.charCodeAt(pos) !== code[pc + 1]) break;
          pos++;
          pc += 2;
          continue;
        case Op.Text: {
          const expected = texts[code[pc + 1]!]!;
          if (!text.startsWith(expected, pos)) break;
          pos += expected.length;
          steps -= expected.length >> 6;
          pc += 2;
          continue;
        }
        case Op.Set: {
          if (pos >= length) break;
          const char = codePoints ? text.codePointAt(pos)! : text.charCodeAt(pos);
          if (!hasChar(sets[code[pc + 1]!]!, char)) break;
          pos += char > 0xffff ? 2 : 1;
          pc += 2;
          continue;
        }
        case Op.SetBehind: {
          if (pos === 0) break;
          const before = codePoints ? codePointStart(text, pos) : pos - 1;
          if (!hasChar(sets[code[pc + 1]!]!, codePoints ? text.codePointAt(before)! : text.charCodeAt(before))) break;
          pos = before;
          pc += 2;
          continue;
        }
        case Op.Run: {
          const set = sets[code[pc + 1]!]!;
          const min = code[pc + 2]!;
          const lazy = code[pc + 4] === 1;
          if (min > length - pos) break;
          const least = scanRun(set, text, pos, min, min, codePoints);
          if (least < 0) {
            steps -= (~least - pos) >> 3;
            break;
          }
          const max = code[pc + 3]!;
          if (lazy) {
            stack[sp] = Math.min(length, pos + max);
            stack[sp + 1] = ~least;
          } else {
            const tried = max === UNBOUNDED ? runs : undefined;
            const point = code[pc + 7]!;
            let most = tried === undefined ? -1 : tried.knownEnd(point, least);
            if (most < 0) {
              most = scanRun(set, text, least, 0, max - min, codePoints);
              steps -= (most - pos) >> 3;
            }
            const first = tried === undefined ? most : tried.firstUntried(point, least, most);
            if (first < least) break;
            stack[sp] = least;
            stack[sp + 1] = ~first;
          }
          stack[sp + 2] = pc;
          sp += 3;
          break;
        }
        case Op.Split: {
          if (memo !== undefined && visit(memo, code[pc + 3]! * points + pos)) break;
          stack[sp] = -1;
          stack[sp + 1] = pos;
          stack[sp + 2] = code[pc + 2]!;
          sp += 3;
          pc = code[pc + 1]!;
          continue;
        }
        case Op.Jump:
          pc = code[pc + 1]!;
          continue;
        case Op.Save: {
          const register = code[pc + 1]!;
          if (sp > 0) {
            stack[sp] = registers[register]!;
            stack[sp + 2] = ~register;
            sp += 3;
          }
          registers[register] = pos;
          pc += 2;
          continue;
        }
        case Op.Assert:
          if (!holds(code[pc + 1]!, text, pos)) break;
          pc += 2;
          continue;
        case Op.Backreference: {
          const width = registers[2 * code[pc + 1]! + 1]! - registers[2 * code[pc + 1]!]!;
          if (width > 0) steps -= width >> 3;
          const end = matchCaptured(program, registers, pc, text, pos);
          if (end < 0) break;
          pos = end;
          pc += 4;
          continue;
        }
        case Op.Look: {
          const register = code[pc + 3]!;
          registers[register] = sp;
          registers[register + 1] = pos;
          if (code[pc + 1] === 1) {
            stack[sp] = -1;
            stack[sp + 1] = pos;
            stack[sp + 2] = code[pc + 2]!;
            sp += 3;
          }
          pc += 4;
          continue;
        }
        case Op.LookEnd: {
          const register = code[pc + 2]!;
          const base = registers[register]!;
          if (code[pc + 1] === 1) {
            while (sp > base) {
              sp -= 3;
              if (stack[sp + 2]! < 0) registers[~stack[sp + 2]!] = stack[sp]!;
            }
            break;
          }
          sp = keepUndo(stack, base, sp);
          pos = registers[register + 1]!;
          pc += 3;
          continue;
        }
        case Op.CountStart: {
          const register = code[pc + 1]!;
          if (sp > 0) {
            stack[sp] = registers[register]!;
            stack[sp + 2] = ~register;
            sp += 3;
          }
          registers[register] = 0;
          pc += 2;
          continue;
        }
        case Op.CountLoop: {
          const count = registers[code[pc + 1]!]!;
          const lazy = code[pc + 4] === 1;
          const round = pc + 6;
          const exit = code[pc + 5]!;
          const mayStop = count >= code[pc + 2]!;
          const mayGoOn = count < code[pc + 3]!;
          if (mayStop && mayGoOn) {
            stack[sp] = -1;
            stack[sp + 1] = pos;
            stack[sp + 2] = lazy ? round : exit;
            sp += 3;
            pc = lazy ? exit : round;
          } else pc = mayStop ? exit : round;
          continue;
        }
        case Op.CountRound: {
          const register = code[pc + 1]!;
          const count = registers[register]!;
          if (pos === registers[code[pc + 2]!] && count >= code[pc + 3]!) break;
          if (sp > 0) {
            stack[sp] = count;
            stack[sp + 2] = ~register;
            sp += 3;
          }
          registers[register] = count + 1;
          pc += 4;
          continue;
        }
        case Op.Progress:
          if (pos === registers[code[pc + 1]!]) break;
          pc += 2;
          continue;
        case Op.Forget: {
          const end = code[pc + 2]!;
          steps -= (end - code[pc + 1]!) >> 3;
          for (let register = code[pc + 1]!; register < end; register++) {
            if (registers[register] === -1) continue;
            if (sp > 0) {
              if (sp + 6 > stack.length) stack = growStack(stack);
              stack[sp] = registers[register]!;
              stack[sp + 2] = ~register;
              sp += 3;
            }
            registers[register] = -1;
          }
          pc += 3;
          continue;
        }
        case Op.Match:
          if (whole && pos !== length) break;
          registers[1] = pos;
          found = true;
          break search;
      }

      // Backtrack: undo changes down to the next way to go.
      for (;;) {
        if (sp === 0) break attempt;
        sp -= 3;
        const target = stack[sp + 2]!;
        if (target < 0) {
          registers[~target] = stack[sp]!;
          continue;
        }
        const bound = stack[sp]!;
        if (bound < 0) {
          pos = stack[sp + 1]!;
          pc = target;
          continue attempt;
        }
        const tried = stack[sp + 1]!;
        const next =
          code[target + 4] === 1
            ? takeMore(sets[code[target + 1]!]!, text, tried, bound, code[target + 5]!, codePoints)
            : giveBack(text, tried, bound, code[target + 5]!, codePoints);
        const before = tried < 0 ? ~tried + 1 : tried;
        const end = next < 0 ? ~next : next;
        steps -= Math.abs(end - before) >> 3;
        runs?.tried(code[target + 7]!, before, end);
        if (next < 0) continue;
        const more = code[target + 6] === 0;
        if (more) {
          stack[sp + 1] = next;
          sp += 3;
        }
        if (memo !== undefined && visit(memo, code[target + 7]! * points + next)) {
          if (--steps < 0) throw new RegexBudgetError('The regular expression took too many steps');
          continue;
        }
        pos = next;
        pc = target + RUN_LENGTH;
        continue attempt;
      }
    }

    if (whole || hint.anchored) break;
    start = startAfter(hint, text, start, codePoints);
  }
  if (stack.length <= STACK_KEPT) spareStack = stack;
  budget.steps -= allowed - steps;
  return found ? registers : undefined;
}

/** Where a back reference ends (in lookbehind: begins), -1 where the text differs. A group that took no part matches nothing. */
function matchCaptured(program: Program, registers: Int32Array, pc: number, text: string, pos: number): number {
  const group = program.code[pc + 1]!;
  const from = registers[2 * group]!;
  const to = registers[2 * group + 1]!;
  if (from < 0 || to < 0) return pos;
  const width = to - from;
  const at = program.code[pc + 3] === 1 ? pos - width : pos;
  if (at < 0 || at + width > text.length) return -1;
  const folding = FOLDINGS[program.code[pc + 2]!];
  for (let index = 0; index < width; index++) {
    const a = text.charCodeAt(from + index);
    const b = text.charCodeAt(at + index);
    if (a !== b && (folding === undefined || canonical(a, folding) !== canonical(b, folding))) return -1;
  }
  return at === pos ? pos + width : at;
}

/** Drops the other ways a lookaround could have gone, but keeps its captures undoable. */
function keepUndo(stack: Int32Array, from: number, to: number): number {
  let kept = from;
  for (let frame = from; frame < to; frame += 3) {
    if (stack[frame + 2]! >= 0) continue;
    stack.copyWithin(kept, frame, frame + 3);
    kept += 3;
  }
  return kept;
}

/**
 * The ends already tried of the greedy run last met at each memo point: all from `lowest` to its end `most`. A run begun
 * later within the same characters has the same ends, and goes on below them.
 */
class TriedRuns {
  private readonly least: Int32Array;
  private readonly most: Int32Array;
  private readonly lowest: Int32Array;

  constructor(points: number) {
    this.least = new Int32Array(points).fill(-1);
    this.most = new Int32Array(points).fill(-1);
    this.lowest = new Int32Array(points).fill(-1);
  }

  /** The end of a run that reaches `least`, where it lies within the run last met; else -1. */
  knownEnd(point: number, least: number): number {
    return least >= this.least[point]! && least <= this.most[point]! ? this.most[point]! : -1;
  }

  firstUntried(point: number, least: number, most: number): number {
    if (this.most[point] === most) return Math.min(most, this.lowest[point]! - 1);
    this.least[point] = least;
    this.most[point] = most;
    this.lowest[point] = most + 1;
    return most;
  }

  /** Every end below `before` down to `end` was tried, or cannot be. */
  tried(point: number, before: number, end: number): void {
    if (this.lowest[point] === before) this.lowest[point] = end;
  }
}

/** Marks a point; true where it was marked before. */
function visit(memo: Uint8Array, point: number): boolean {
  const bit = 1 << (point & 7);
  if ((memo[point >>> 3]! & bit) !== 0) return true;
  memo[point >>> 3]! |= bit;
  return false;
}

function growStack(stack: Int32Array): Int32Array<ArrayBuffer> {
  if (stack.length * 2 > STACK_MAX) throw new RegexBudgetError('The regular expression took too much memory');
  const grown = new Int32Array(stack.length * 2);
  grown.set(stack);
  return grown;
}
