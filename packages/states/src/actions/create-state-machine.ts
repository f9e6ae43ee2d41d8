import type { Action } from '../directory.ts';
import { readRecord, writeRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertName } from '../names.ts';

/**
 * Implements CreateStateMachine for definitions the application has validated and put into the program library.
 * Idempotent for the same name, definition and type.
 */
export const createStateMachine: Action = ({ state, region, account, now }, input) => {
  const { name, definition, roleArn, programId } = input;
  const type = input['type'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  assertName(name);
  const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  const key = `stateMachine:${stateMachineArn}`;
  const known = readRecord<StateMachineRecord>(state, key);
  if (known) {
    if (known.definition !== definition || known.type !== type) throw new StatesError('StateMachineAlreadyExists', { arn: stateMachineArn });
    return { stateMachineArn, creationDate: known.creationTime };
  }
  writeRecord<StateMachineRecord>(state, key, {
    name,
    type,
    roleArn: roleArn as string,
    definition: definition as string,
    programId: programId as string,
    creationTime: now,
  });
  return { stateMachineArn, creationDate: now };
};
