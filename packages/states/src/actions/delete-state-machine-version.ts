import type { Action, ActionContext } from '../action.ts';
import { readRecord, type AliasRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { versionOrAlias } from '../state-machines.ts';

/** Implements DeleteStateMachineVersion. Deleting one that is not there does no harm; one that an alias routes to is kept. */
export const deleteStateMachineVersion: Action = (context, { stateMachineVersionArn }) => {
  const { state } = context;
  assertStatesArn(stateMachineVersionArn, 'stateMachine');
  const { stateMachineArn, qualifier } = splitQualifier(stateMachineVersionArn);
  if (qualifier === undefined || !/^\d+$/.test(qualifier)) {
    throw new StatesError('ValidationException', { reason: `The ARN does not name a state machine version: ${stateMachineVersionArn}` });
  }
  const version = versionOrAlias(context, stateMachineVersionArn)?.version;
  if (!version) return {};
  const aliases = aliasesOn(context, stateMachineArn, stateMachineVersionArn);
  if (aliases.length > 0) {
    const reason = `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${aliases.join(', ')}]`;
    throw new StatesError('ConflictException', { reason });
  }
  state.records.delete(stateMachineVersionArn);
  state.index.of(stateMachineArn).versions.remove(version.number);
  return {};
};

function aliasesOn({ state }: ActionContext, stateMachineArn: string, versionArn: string): string[] {
  const routes = (name: string): boolean =>
    readRecord<AliasRecord>(state, `${stateMachineArn}:${name}`)!.routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === versionArn);
  return [...state.index.of(stateMachineArn).aliases].filter(routes);
}
