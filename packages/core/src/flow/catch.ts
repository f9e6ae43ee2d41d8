import type { JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, State } from '../program/program.ts';
import { parseErrorEquals, type ErrorMatcher } from './error-equals.ts';
import { compileResult, type ResultFlow } from './result.ts';

/** Implements a Catcher. @see https://states-language.net/#fallback-states */
export interface Catcher {
  readonly matches: ErrorMatcher;
  /** ResultPath, or Output; and Assign. */
  readonly flow: ResultFlow;
  next: State;
}

export function compileCatchers(raw: RawState, compiler: StateCompiler): readonly Catcher[] {
  return (Array.isArray(raw['Catch']) ? (raw['Catch'] as readonly JsonObject[]) : []).map((rule, index) => {
    const catcher = {
      matches: parseErrorEquals(rule['ErrorEquals'] as readonly string[]),
      flow: compileResult(rule, compiler.common.language, `Catch[${index}]/`),
    } as Catcher;
    compiler.link(rule['Next'] as string, (target) => (catcher.next = target));
    return catcher;
  });
}
