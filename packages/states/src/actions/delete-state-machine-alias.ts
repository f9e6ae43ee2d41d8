import type { Action } from '../action.ts';
import { aliasOf } from '../state-machines.ts';

/** Implements DeleteStateMachineAlias. Executions started through it go on. */
export const deleteStateMachineAlias: Action = (context, { stateMachineAliasArn }) => {
  const { stateMachineArn, name } = aliasOf(context, stateMachineAliasArn);
  context.state.records.delete(stateMachineAliasArn as string);
  context.state.index.of(stateMachineArn).aliases.remove(name);
  return {};
};
