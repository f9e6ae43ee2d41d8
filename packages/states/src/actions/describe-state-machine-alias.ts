import type { Json } from '@interstate/kernel';
import type { Action } from '../action.ts';
import { aliasOf } from '../state-machines.ts';

/** Implements DescribeStateMachineAlias. */
export const describeStateMachineAlias: Action = (context, { stateMachineAliasArn }) => {
  const { name, description, routing, creationTime, updateTime } = aliasOf(context, stateMachineAliasArn);
  return {
    stateMachineAliasArn: stateMachineAliasArn!,
    name,
    ...(description !== undefined && { description }),
    routingConfiguration: routing as unknown as Json,
    creationDate: creationTime,
    updateDate: updateTime,
  };
};
