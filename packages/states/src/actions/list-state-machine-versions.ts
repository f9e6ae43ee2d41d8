import type { Action } from '../action.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { listPage } from '../pagination.ts';
import { versionArnOf } from '../state-machines.ts';

/** Implements ListStateMachineVersions, newest first; nothing for a state machine that is not there. */
export const listStateMachineVersions: Action = (context, input) => {
  const { stateMachineArn } = input;
  assertStatesArn(stateMachineArn, 'stateMachine');
  if (splitQualifier(stateMachineArn).qualifier !== undefined) throw new StatesError('ValidationException', { reason: `State machine ARN must not be qualified. Received: ${stateMachineArn}` });
  const { versions } = context.state.index.of(stateMachineArn);
  const { entries, token } = listPage(context, `ListStateMachineVersions ${stateMachineArn}`, input, (position, count) => versions.descending(position as number | undefined, count), ({ number }) => number);
  return { stateMachineVersions: entries.map(({ number, creationTime }) => ({ stateMachineVersionArn: versionArnOf(stateMachineArn, number), creationDate: creationTime })), ...token };
};
