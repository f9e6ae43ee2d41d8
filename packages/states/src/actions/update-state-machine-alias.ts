import { readRouting } from '../aliases.ts';
import type { Action } from '../action.ts';
import { writeRecord, type AliasRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { aliasOf, usableStateMachine } from '../state-machines.ts';

/** Implements UpdateStateMachineAlias: what is not given stays. */
export const updateStateMachineAlias: Action = (context, { stateMachineAliasArn, description, routingConfiguration }) => {
  const alias = aliasOf(context, stateMachineAliasArn);
  usableStateMachine(context, alias.stateMachineArn);
  if (description === undefined && routingConfiguration === undefined) {
    throw new StatesError('ValidationException', { reason: 'Either the description or the routing configuration must be specified' });
  }
  const { stateMachineArn, routing } = routingConfiguration === undefined ? alias : readRouting(context, routingConfiguration);
  if (stateMachineArn !== alias.stateMachineArn) {
    throw new StatesError('ValidationException', { reason: `Routing configuration must contain versions of the alias's state machine: ${alias.stateMachineArn}` });
  }
  writeRecord<AliasRecord>(context.state, stateMachineAliasArn as string, { ...alias, ...(typeof description === 'string' && { description }), routing, updateTime: context.now });
  return { updateDate: context.now };
};
