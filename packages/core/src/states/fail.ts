import type { Json } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon } from '../program/program.ts';
import { below, counted, type Site } from '../program/site.ts';
import { Fault } from '../fault.ts';
import { compileDynamicValue } from '../query/payload-template.ts';
import { compileTypedJsonata, isJsonataText } from '../query/jsonata-template.ts';
import type { Expression } from '../query/scope.ts';
import { failFrame } from '../execution/frame-end.ts';
import type { Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';

/** Implements the Fail state. @see https://states-language.net/#fail-state */
export interface FailState extends StateCommon {
  readonly type: 'Fail';
  readonly error: Expression | undefined;
  readonly cause: Expression | undefined;
}

export function compileFail(raw: RawState, { common, site }: StateCompiler): FailState {
  return { ...common, type: 'Fail', error: compileText(raw, 'Error', site), cause: compileText(raw, 'Cause', site) };
}

function compileText(raw: RawState, field: 'Error' | 'Cause', site: Site): Expression | undefined {
  const path = raw[`${field}Path`];
  if (typeof path === 'string') {
    const evaluate = counted(below(site, `${field}Path`), compileDynamicValue(path, `${field}Path`));
    return (scope) => {
      const value = evaluate(scope);
      if (typeof value === 'string') return value;
      throw new Fault('States.Runtime', `The field '${field}Path' must reference a string, but '${path}' is: ${JSON.stringify(value)}`);
    };
  }
  const text = raw[field] as Json | undefined;
  if (text === undefined) return undefined;
  return site.language === 'JSONata' && isJsonataText(text) ? compileTypedJsonata(text, below(site, field), 'string') : () => text;
}

export function enterFail(run: Run, frame: Frame, state: FailState): void {
  const Error = state.error?.(run) as string | undefined;
  const Cause = state.cause?.(run) as string | undefined;
  failFrame(frame, { ...(Error !== undefined && { Error }), ...(Cause !== undefined && { Cause }) });
}
