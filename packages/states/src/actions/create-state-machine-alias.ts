import { readRouting, sameRouting } from '../aliases.ts';
import type { Action } from '../action.ts';
import { readRecord, writeRecord, type AliasRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';

/** Implements CreateStateMachineAlias; idempotent for the same description and routing. */
export const createStateMachineAlias: Action = (context, input) => {
  const { state, now, limits } = context;
  const name = input['name'] as string;
  const description = input['description'] as string | undefined;
  const { stateMachineArn, routing } = readRouting(context, input['routingConfiguration']!);
  const stateMachineAliasArn = `${stateMachineArn}:${name}`;
  const known = readRecord<AliasRecord>(state, stateMachineAliasArn);
  if (known) {
    if (!sameRouting(known.routing, routing) || known.description !== description) {
      throw new StatesError('ConflictException', { reason: 'Failed to create alias because an alias with the same name and a different routing configuration already exists.' });
    }
    return { stateMachineAliasArn, creationDate: known.creationTime };
  }
  const { aliases } = state.index.of(stateMachineArn);
  if (aliases.size >= limits.aliases) {
    throw new StatesError('ServiceQuotaExceededException', { reason: `The maximum number of aliases (${limits.aliases}) of the state machine has been reached: ${stateMachineArn}` });
  }
  writeRecord<AliasRecord>(state, stateMachineAliasArn, { stateMachineArn, name, ...(description !== undefined && { description }), routing, creationTime: now, updateTime: now });
  aliases.add(name);
  return { stateMachineAliasArn, creationDate: now };
};
