import type { Action } from '../action.ts';
import { executionOf } from '../executions.ts';
import { assertKeyUsable, revisionOf } from '../state-machines.ts';

/** Implements StopExecution: ABORTED, with the error and cause given. Stopping an ended execution changes nothing. */
export const stopExecution: Action = (context, { executionArn, error, cause }) => {
  const { status, stopTime, revision } = executionOf(context, executionArn);
  assertKeyUsable(context, revisionOf(context, revision).encryption);
  if (status !== 'RUNNING') return { stopDate: stopTime! };
  const notice = { type: 'stop', ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  context.effects.push({ type: 'notice', to: executionArn as string, notice });
  return { stopDate: context.now };
};
