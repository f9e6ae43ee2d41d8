import { execute, type RegexBudget } from './execute.ts';
import { parseFlags } from './flags.ts';
import { parseRegex } from './parse.ts';
import { createProgram } from './program.ts';
import { startHint } from './start.ts';

export { RegexBudgetError, RegexSyntaxError } from './errors.ts';
export type { RegexBudget } from './execute.ts';

/** A match: where it starts, and the captured groups (`undefined` where a group took no part). */
export interface RegexMatch {
  readonly index: number;
  readonly text: string;
  /** Group 1 first; the whole match is `text`. */
  readonly groups: readonly (string | undefined)[];
}

export interface Regex {
  readonly source: string;
  readonly flags: string;
  /** The first match at or after an index, or undefined. @throws RegexBudgetError when the step budget is spent. */
  match(text: string, from: number, budget?: RegexBudget): RegexMatch | undefined;
  /** True where the whole text matches. @throws RegexBudgetError */
  matchesWhole(text: string, budget?: RegexBudget): boolean;
}

/**
 * Compiles a regular expression, with ECMAScript's syntax and meaning, for a matcher whose time is bounded: one match
 * takes at most 5,000,000 steps and 8 more per character of the text.
 * @param flags any of `i m s u`; `g` and `d` change nothing. Beyond ECMAScript: `x` ignores white space and comments in the
 * pattern, `j` is Java's dialect (ASCII `\s` and case folding, `\p{…}` without `u`, inline flags, whole code points), `U` with it
 * lets `\d \s \w` and case go beyond ASCII.
 * @throws RegexSyntaxError
 */
export function compileRegex(source: string, flags: string): Regex {
  const parsedFlags = parseFlags(flags);
  const parsed = parseRegex(source, parsedFlags);
  const program = createProgram(parsed, parsedFlags.codePoints);
  const hint = startHint(parsed.root, program);
  return {
    source,
    flags,
    match(text, from, budget = { steps: Infinity }) {
      const registers = execute(program, hint, text, from, false, budget);
      if (registers === undefined) return undefined;
      const groups: (string | undefined)[] = [];
      for (let group = 1; group <= program.groups; group++) {
        const end = registers[2 * group + 1]!;
        groups.push(end < 0 ? undefined : text.slice(registers[2 * group], end));
      }
      return { index: registers[0]!, text: text.slice(registers[0], registers[1]), groups };
    },
    matchesWhole: (text, budget = { steps: Infinity }) => execute(program, hint, text, 0, true, budget) !== undefined,
  };
}
