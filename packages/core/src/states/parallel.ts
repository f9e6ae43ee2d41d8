import type { Json, JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon, StateGroup } from '../program/program.ts';
import { below } from '../program/site.ts';
import { compileCatchers, type Catcher } from '../flow/catch.ts';
import { applyInput, compileInput, type InputFlow } from '../flow/input.ts';
import { applyAssign, applyResult, compileResult, type ResultFlow } from '../flow/result.ts';
import { compileRetriers, type Retrier } from '../flow/retry.ts';
import { openJoin, startChild } from '../execution/join.ts';
import { leave } from '../execution/transition.ts';
import type { Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';

/** Implements the Parallel state. @see https://states-language.net/#parallel-state */
export interface ParallelState extends StateCommon {
  readonly type: 'Parallel';
  readonly branches: readonly StateGroup[];
  readonly inputFlow: InputFlow;
  readonly resultFlow: ResultFlow;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export function compileParallel(raw: RawState, compiler: StateCompiler): ParallelState {
  const { common, site } = compiler;
  return {
    ...common,
    type: 'Parallel',
    branches: (raw['Branches'] as readonly JsonObject[]).map((branch, index) => compiler.group(branch, below(below(site, 'Branches'), index))),
    inputFlow: compileInput(raw, site, true),
    resultFlow: compileResult(raw, site),
    retriers: compileRetriers(raw, site),
    catchers: compileCatchers(raw, compiler),
  };
}

/** Starts every branch on the effective input. */
export function enterParallel(run: Run, frame: Frame, state: ParallelState): void {
  const input = applyInput(state.inputFlow, run);
  run.record(frame, 'ParallelStateStarted');
  openJoin(frame, { items: [], input, count: state.branches.length, maxConcurrency: 0 });
  for (const branch of state.branches) startChild(run, frame, branch, input, frame.chain, null);
}

/** All branches have succeeded: their outputs, in order, are the result. */
export function finishParallel(run: Run, frame: Frame, state: ParallelState, results: Json): void {
  run.append('ParallelStateSucceeded', frame.chain);
  run.aim(frame, frame.input);
  const assigned = applyAssign(state.resultFlow.assign, state.language, run, frame.input, results);
  leave(run, frame, applyResult(state.resultFlow, run, frame.input, results), assigned);
}
