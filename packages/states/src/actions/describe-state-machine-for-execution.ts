import type { Action } from '../action.ts';
import { executionOf } from '../executions.ts';
import { splitLabel } from '../names.ts';
import { revisionOf } from '../state-machines.ts';
import { describeRevision } from './describe-state-machine.ts';

/** Implements DescribeStateMachineForExecution: what the execution was started from, whatever has become of the state machine since. */
export const describeStateMachineForExecution: Action = (context, { executionArn, includedData }) => {
  const { stateMachineArn, revision: key, mapRunArn } = executionOf(context, executionArn);
  const revision = revisionOf(context, key);
  const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  const { label } = splitLabel(stateMachineArn);
  return {
    stateMachineArn,
    name,
    updateDate: revision.time,
    ...describeRevision(context, revision, includedData),
    ...(mapRunArn !== undefined && { mapRunArn }),
    ...(label !== undefined && { label }),
  };
};
