import type { Action } from '../action.ts';
import { readRecord, type StateMachineRecord } from '../directory-state.ts';
import { executionOf } from '../executions.ts';

/**
 * Implements RedriveExecution; the execution itself knows whether it can be redriven, and answers.
 * Errors: ExecutionDoesNotExist, ExecutionNotRedrivable, InvalidArn.
 */
export const redriveExecution: Action = (context, input) => {
  const executionArn = input['executionArn'] as string;
  const { stateMachineArn } = executionOf(context, executionArn);
  const machine = readRecord<StateMachineRecord>(context.state, stateMachineArn);
  const stateMachineDeleting = machine === undefined || machine.deleting === true;
  return context.forward(executionArn, { action: 'RedriveExecution', input: { ...input, stateMachineDeleting } });
};
