import type { Action, ActionContext } from '../action.ts';
import { readRecord, writeRecord, type DirectoryState, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { revisionKey, versionArnOf } from '../state-machines.ts';
import { tagsKey } from '../tags.ts';

/** Implements DeleteStateMachine: at once where nothing runs, else DELETING until the last execution has ended. */
export const deleteStateMachine: Action = (context, { stateMachineArn }) => {
  const { state } = context;
  assertStatesArn(stateMachineArn, 'stateMachine');
  if (splitQualifier(stateMachineArn).qualifier !== undefined) {
    throw new StatesError('ValidationException', { reason: `State machine ARN must not be qualified. Received: ${stateMachineArn}` });
  }
  const machine = readRecord<StateMachineRecord>(state, stateMachineArn);
  if (machine === undefined || machine.deleting) return {};
  writeRecord<StateMachineRecord>(state, stateMachineArn, { ...machine, deleting: true });
  state.index.deleting++;
  finishDeletion(context, stateMachineArn);
  return {};
};

/** Under this key stands how many revisions a deleted state machine had, for as long as its ended executions are known. */
export function deletedKey(stateMachineArn: string): string {
  return `deleted:${stateMachineArn}`;
}

/** Drops the revisions of a deleted state machine, once no execution is known that was started from one. */
export function forgetRevisions(state: DirectoryState, stateMachineArn: string): void {
  const revisions = state.records.get(deletedKey(stateMachineArn)) as number | undefined;
  if (revisions === undefined || state.index.of(stateMachineArn).executions.size > 0) return;
  for (let number = 1; number <= revisions; number++) state.records.delete(revisionKey(stateMachineArn, number));
  state.records.delete(deletedKey(stateMachineArn));
}

/** Removes a state machine that is being deleted, once none of its executions runs. */
export function finishDeletion({ state }: ActionContext, stateMachineArn: string): void {
  const machine = readRecord<StateMachineRecord>(state, stateMachineArn);
  const index = state.index.of(stateMachineArn);
  if (!machine?.deleting || index.executions.running > 0) return;
  for (const { number } of index.versions) state.records.delete(versionArnOf(stateMachineArn, number));
  for (const name of index.aliases) state.records.delete(`${stateMachineArn}:${name}`);
  state.records.delete(tagsKey(stateMachineArn));
  state.records.delete(stateMachineArn);
  state.records.set(deletedKey(stateMachineArn), machine.revisions);
  forgetRevisions(state, stateMachineArn);
  state.index.deleting--;
  state.index.stateMachines.remove(machine.name);
  state.index.forgetQualifiers(stateMachineArn);
}
