import type { Action } from '../action.ts';
import { executionOf } from '../executions.ts';
import { revisionOf } from '../state-machines.ts';
import { describeRevision } from './describe-state-machine.ts';

/** Implements DescribeStateMachineForExecution: what the execution was started from, whatever has become of the state machine since. */
export const describeStateMachineForExecution: Action = (context, { executionArn, includedData }) => {
  const { stateMachineArn, revision: key } = executionOf(context, executionArn);
  const revision = revisionOf(context, key);
  const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  return { stateMachineArn, name, updateDate: revision.time, ...describeRevision(context, revision, includedData) };
};
