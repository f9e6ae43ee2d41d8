import type { Action } from '../action.ts';
import { StatesError } from '../errors.ts';
import { publishVersion, revisionOf, usableStateMachine, versionArnOf } from '../state-machines.ts';

/** Implements PublishStateMachineVersion. A revision is published once: asking again gives the version it has. */
export const publishStateMachineVersion: Action = (context, { stateMachineArn, revisionId, description }) => {
  const machine = usableStateMachine(context, stateMachineArn);
  const current = revisionOf(context, machine.revision).revisionId ?? 'INITIAL';
  if (revisionId !== undefined && revisionId !== current) {
    const reason = `Failed to publish the State Machine version for revision ${String(revisionId)}. The current State Machine revision is ${current}.`;
    throw new StatesError('ConflictException', { reason });
  }
  const { number, creationTime } = publishVersion(context, stateMachineArn as string, description);
  return { creationDate: creationTime, stateMachineVersionArn: versionArnOf(stateMachineArn as string, number) };
};
