import type { Action } from '../action.ts';
import { readRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { executionOf } from '../executions.ts';
import { splitLabel } from '../names.ts';

/**
 * Implements RedriveExecution; the execution itself knows whether it can be redriven, and answers.
 * Errors: ExecutionDoesNotExist, ExecutionLimitExceeded, ExecutionNotRedrivable, InvalidArn.
 */
export const redriveExecution: Action = (context, input) => {
  const executionArn = input['executionArn'] as string;
  const { stateMachineArn } = executionOf(context, executionArn);
  if (context.state.index.running >= context.limits.openExecutions) throw new StatesError('ExecutionLimitExceeded');
  const machine = readRecord<StateMachineRecord>(context.state, splitLabel(stateMachineArn).stateMachineArn);
  const stateMachineDeleting = machine === undefined || machine.deleting === true;
  return context.forward(executionArn, { action: 'RedriveExecution', input: { ...input, stateMachineDeleting } });
};
