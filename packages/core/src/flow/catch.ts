import type { JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, Way } from '../program/program.ts';
import { below, countedMatch, tallyOf } from '../program/site.ts';
import { parseErrorEquals, type ErrorMatcher } from './error-equals.ts';
import { compileResult, type ResultFlow } from './result.ts';

/** Implements a Catcher. @see https://states-language.net/#fallback-states */
export interface Catcher extends Way {
  readonly matches: ErrorMatcher;
  /** ResultPath, or Output; and Assign. */
  readonly flow: ResultFlow;
}

export function compileCatchers(raw: RawState, compiler: StateCompiler): readonly Catcher[] {
  const list = below(compiler.site, 'Catch');
  return (Array.isArray(raw['Catch']) ? (raw['Catch'] as readonly JsonObject[]) : []).map((rule, index) => {
    const site = below(list, index);
    const catcher: Catcher = {
      matches: countedMatch(site, 'catcher', parseErrorEquals(rule['ErrorEquals'] as readonly string[])),
      flow: compileResult(rule, site),
      next: null,
      left: tallyOf(below(site, 'Next'), 'transition'),
    };
    compiler.link(rule['Next'] as string, (target) => (catcher.next = target));
    return catcher;
  });
}
