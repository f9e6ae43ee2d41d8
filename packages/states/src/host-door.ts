import type { Address, Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import type { LoggingConfiguration } from './directory-state.ts';
import { nextCallId } from './waiting.ts';

/**
 * Where the directory asks its host for what no machine can reach: histories, which are journals; a log sink; and that
 * machines past their retention be forgotten. A host without it answers such calls with a failure, which does no harm.
 */
export const STATES_HOST: Address = 'interstate:states:host';

/**
 * What the directory asks of its host.
 *
 * - `history`: a page of an execution's journal, published by `publishHistoryEvent`. Events `from` (counted from 0, in the order
 *   asked for) on, at most `count`; answered with `{ events, more }`, or with a failure where the host has no such journal.
 * - `execution`: an execution that the directory keeps no record of, as a `FoundExecution`; null where none lives at the ARN.
 * - `log`: from now on, put an execution's events into its log.
 * - `forget`: machines that are no more; their journals go with them.
 */
export type HostRequest =
  | { readonly type: 'history'; readonly executionArn: string; readonly from: number; readonly count: number; readonly reverse: boolean; readonly includeData: boolean }
  | { readonly type: 'execution'; readonly executionArn: string }
  | { readonly type: 'log'; readonly executionArn: string; readonly logging: LoggingConfiguration }
  | { readonly type: 'forget'; readonly addresses: readonly string[] };

export function registerLogging(context: ActionContext, executionArn: string, logging: LoggingConfiguration): void {
  askHost(context, { type: 'log', executionArn, logging });
}

export function forgetMachines(context: ActionContext, addresses: readonly string[]): void {
  askHost(context, { type: 'forget', addresses });
}

/** A request whose answer nobody waits for. */
function askHost(context: ActionContext, request: HostRequest): void {
  context.effects.push({ type: 'call', to: STATES_HOST, callId: nextCallId(context), request: request as unknown as Json });
}
