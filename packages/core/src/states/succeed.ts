import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon } from '../program/program.ts';
import { applyInput, applyOutputPath, compileInput, type InputFlow } from '../flow/input.ts';
import { compileResult, type ResultFlow } from '../flow/result.ts';
import { leave } from '../execution/transition.ts';
import type { Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';

/** Implements the Succeed state: ends its branch, iteration or execution with its output. @see https://states-language.net/#succeed-state */
export interface SucceedState extends StateCommon {
  readonly type: 'Succeed';
  readonly inputFlow: InputFlow;
  readonly resultFlow: ResultFlow;
}

export function compileSucceed(raw: RawState, { common, site }: StateCompiler): SucceedState {
  return { ...common, type: 'Succeed', inputFlow: compileInput(raw, site), resultFlow: compileResult(raw, site) };
}

export function enterSucceed(run: Run, frame: Frame, state: SucceedState): void {
  const input = applyInput(state.inputFlow, run);
  const { output, outputPath } = state.resultFlow;
  leave(run, frame, output === undefined ? applyOutputPath(outputPath, run, input) : output(run), undefined);
}
