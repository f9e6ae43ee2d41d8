import type { Action } from '../action.ts';
import { executionOf } from '../executions.ts';
import { STATES_HOST, type HostRequest } from '../host-door.ts';
import { readPage } from '../pagination.ts';
import { askElsewhere } from '../waiting.ts';
import { assertKeyUsable, revisionOf } from '../state-machines.ts';

/** Implements GetExecutionHistory, oldest event first or newest first. The journal is the host's, so the page comes from there. */
export const getExecutionHistory: Action = (context, input) => {
  const { revision } = executionOf(context, input['executionArn']);
  assertKeyUsable(context, revisionOf(context, revision).encryption);
  const executionArn = input['executionArn'] as string;
  const reverse = input['reverseOrder'] === true;
  const scope = `GetExecutionHistory ${executionArn} ${reverse}`;
  const { count, position } = readPage(context, scope, input);
  const from = (position as number | undefined) ?? 0;
  const request: HostRequest = { type: 'history', executionArn, from, count, reverse, includeData: input['includeExecutionData'] !== false };
  askElsewhere(context, STATES_HOST, request, context.replyTo!, { page: { scope, next: from + count } });
  return undefined;
};
