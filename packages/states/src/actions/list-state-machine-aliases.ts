import type { Action } from '../action.ts';
import { readRecord, type AliasRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { listPage } from '../pagination.ts';
import { usableStateMachine, versionOrAlias } from '../state-machines.ts';

/** Implements ListStateMachineAliases, by name; for a version's ARN those that route to it. */
export const listStateMachineAliases: Action = (context, input) => {
  const { state } = context;
  const arn = input['stateMachineArn'];
  assertStatesArn(arn, 'stateMachine');
  const { stateMachineArn, qualifier } = splitQualifier(arn);
  usableStateMachine(context, stateMachineArn);
  if (qualifier !== undefined && !versionOrAlias(context, arn)?.version) throw new StatesError('ResourceNotFound', { reason: 'Request references a resource that does not exist.' });
  const { aliases } = state.index.of(stateMachineArn);
  const recordOf = (name: string): AliasRecord => readRecord<AliasRecord>(state, `${stateMachineArn}:${name}`)!;
  const routesTo = (name: string): boolean => recordOf(name).routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn);
  const take = (after: string | undefined, count: number): string[] =>
    // At most 100 aliases, so looking through all of them is no burden.
    qualifier === undefined ? aliases.ascending(after, count) : aliases.ascending(after, aliases.size).filter(routesTo).slice(0, count);
  const { entries, token } = listPage(context, `ListStateMachineAliases ${arn}`, input, (position, count) => take(position as string | undefined, count), (name) => name);
  return { stateMachineAliases: entries.map((name) => ({ stateMachineAliasArn: `${stateMachineArn}:${name}`, creationDate: recordOf(name).creationTime })), ...token };
};
