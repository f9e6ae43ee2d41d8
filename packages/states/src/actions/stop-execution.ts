import type { Action } from '../directory.ts';
import { assertStatesArn } from '../names.ts';

/** Implements StopExecution: ABORTED, with the error and cause given. Stopping an ended execution changes nothing. */
export const stopExecution: Action = ({ effects, now }, { executionArn, error, cause }) => {
  assertStatesArn(executionArn);
  effects.push({
    type: 'notice',
    to: executionArn,
    notice: { type: 'stop', ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) },
  });
  return { stopDate: now };
};
