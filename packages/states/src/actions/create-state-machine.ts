import { isJsonEqual, type Json } from '@interstate/kernel';
import type { Action } from '../action.ts';
import { readRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertName, assertRoleArn } from '../names.ts';
import { addProgram, addRevision, publishVersion, readEncryption, readLogging, readTracing, revisionOf, versionArnOf } from '../state-machines.ts';
import { deletedKey } from './delete-state-machine.ts';
import { writeTags } from '../tags.ts';

/** Implements CreateStateMachine. Idempotent for the same name, definition, type, logging, tracing and encryption; role and tags do not count. */
export const createStateMachine: Action = (context, input) => {
  const { state, now, limits } = context;
  const { name, roleArn, publish, versionDescription } = input;
  const definition = input['definition'] as string;
  const type = input['type'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  if (versionDescription !== undefined && publish !== true) throw new StatesError('ValidationException', { reason: 'Version description can only be set when publish is true' });
  assertName(name);
  assertRoleArn(roleArn);
  const logging = readLogging(input['loggingConfiguration']);
  const encryption = readEncryption(context, input['encryptionConfiguration']);
  const tracing = readTracing(input['tracingConfiguration']);
  const stateMachineArn = context.arn('stateMachine', name);
  const known = readRecord<StateMachineRecord>(state, stateMachineArn);
  const programId = addProgram(context, definition, type);
  let machine: StateMachineRecord;
  if (known) {
    if (known.deleting) throw new StatesError('StateMachineDeleting', { arn: stateMachineArn });
    const current = revisionOf(context, known.revision);
    const same =
      current.definition === definition &&
      known.type === type &&
      isJsonEqual(current.logging as unknown as Json, logging as unknown as Json) &&
      isJsonEqual(current.tracing, tracing) &&
      isJsonEqual(current.encryption, encryption);
    if (!same) throw new StatesError('StateMachineAlreadyExists', { arn: stateMachineArn });
    machine = known;
  } else {
    if (state.index.stateMachines.size >= limits.stateMachines) throw new StatesError('StateMachineLimitExceeded');
    writeTags(context, stateMachineArn, input['tags']);
    // Executions of a deleted namesake still know its revisions by their numbers.
    const revisions = (state.records.get(deletedKey(stateMachineArn)) as number | undefined) ?? 0;
    state.records.delete(deletedKey(stateMachineArn));
    machine = addRevision(context, stateMachineArn, { name, type, creationTime: now, revision: '', revisions, lastVersion: 0 }, { revisionId: null, definition, programId, roleArn, logging, tracing, encryption });
    state.index.stateMachines.add(name);
  }
  const version = publish === true ? { stateMachineVersionArn: versionArnOf(stateMachineArn, publishVersion(context, stateMachineArn, versionDescription).number) } : {};
  return { stateMachineArn, creationDate: machine.creationTime, ...version };
};
