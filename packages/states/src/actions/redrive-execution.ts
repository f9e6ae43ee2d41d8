import type { Action } from '../directory.ts';
import { readRecord, type ExecutionRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn } from '../names.ts';

/**
 * Implements RedriveExecution; the execution itself knows whether it can be redriven, and answers.
 * Errors: ExecutionDoesNotExist, ExecutionNotRedrivable, InvalidArn.
 */
export const redriveExecution: Action = (context, input) => {
  const { executionArn } = input;
  assertStatesArn(executionArn);
  if (executionArn.includes(':express:')) throw new StatesError('InvalidArn', { reason: 'Resource type not valid in this context: express' });
  const record = readRecord<ExecutionRecord>(context.state, executionArn);
  if (!record) throw new StatesError('ExecutionDoesNotExist', { arn: executionArn });
  return context.forward(executionArn, { action: 'RedriveExecution', input });
};
