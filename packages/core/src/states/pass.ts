import type { Json } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon } from '../program/program.ts';
import { applyInput, compileInput, type InputFlow } from '../flow/input.ts';
import { applyAssign, applyResult, compileResult, type ResultFlow } from '../flow/result.ts';
import { leave } from '../execution/transition.ts';
import type { Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';

/** Implements the Pass state. @see https://states-language.net/#pass-state */
export interface PassState extends StateCommon {
  readonly type: 'Pass';
  readonly inputFlow: InputFlow;
  /** `Result`, JSONPath only. */
  readonly result: Json | undefined;
  readonly resultFlow: ResultFlow;
}

export function compilePass(raw: RawState, { common, site }: StateCompiler): PassState {
  return {
    ...common,
    type: 'Pass',
    inputFlow: compileInput(raw, site, true),
    result: common.language === 'JSONPath' ? raw['Result'] : undefined,
    resultFlow: compileResult(raw, site),
  };
}

export function enterPass(run: Run, frame: Frame, state: PassState): void {
  const { resultFlow, language } = state;
  const effective = applyInput(state.inputFlow, run);
  if (language === 'JSONata') {
    const output = resultFlow.output === undefined ? frame.input : resultFlow.output(run);
    leave(run, frame, output, resultFlow.assign === undefined ? undefined : resultFlow.assign(run));
    return;
  }
  const result = state.result === undefined ? effective : state.result;
  // Assign sees variables as they were, so it is evaluated before anything is written; it does not touch the output.
  const assigned = applyAssign(resultFlow.assign, language, run, frame.input, result);
  leave(run, frame, applyResult(resultFlow, run, frame.input, result), assigned);
}
