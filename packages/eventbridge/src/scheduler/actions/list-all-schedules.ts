import { isJsonObject, type Json, type JsonObject, type Outcome, type ReplyTo } from '@interstate/kernel';
import { decodePageToken, encodePageToken, ServiceFault } from '@interstate/service-kit';
import { groupArn } from '../addresses.ts';
import type { DirectoryContext } from '../directory-context.ts';

/** A list across groups that is being gathered, under `#listing:<callId>`. */
interface Listing {
  readonly replyTo: ReplyTo;
  readonly input: JsonObject;
  readonly scope: string;
  readonly group: string;
  readonly found: readonly Json[];
}

const MAX_RESULTS = 100;
const keyOf = (callId: string): string => `#listing:${callId}`;

/** ListSchedules without a group: one group after another, by name, until the page is full. @throws ServiceFault ValidationException */
export function listAllSchedules(context: DirectoryContext, input: JsonObject): Json | undefined {
  const { GroupName: wanted, NamePrefix: prefix = '', State: state = '', NextToken: token } = input as { GroupName?: string; NamePrefix?: string; State?: string; NextToken?: string };
  if (wanted !== undefined) context.groupThere(wanted);
  const scope = `schedules of all groups ${prefix} ${state}`;
  const position = token === undefined ? undefined : decodePageToken(scope, token);
  if (token !== undefined && !isJsonObject(position)) throw new ServiceFault('ValidationException', { reason: 'Invalid NextToken.' });
  const { group = context.groupNames()[0]!, token: groupToken } = (position ?? {}) as { group?: string; token?: string };
  ask(context, { replyTo: context.replyTo!, input, scope, group, found: [] }, groupToken);
  return undefined;
}

/** A group has answered. */
export function listedOne(context: DirectoryContext, callId: string, outcome: Outcome): void {
  const { records } = context.state;
  const listing = records.get(keyOf(callId)) as unknown as Listing | undefined;
  if (!listing) return;
  records.delete(keyOf(callId));
  const { replyTo, scope, group } = listing;
  // A group that went meanwhile has no schedules.
  if (!outcome.ok && outcome.error.Error !== 'ResourceNotFoundException') return void context.effects.push({ type: 'reply', to: replyTo, outcome });
  const { Schedules: more = [], NextToken: token } = (outcome.ok ? outcome.value : {}) as { Schedules?: readonly Json[]; NextToken?: string };
  const found = [...listing.found, ...more];
  const next = token === undefined ? context.groupNames().find((name) => name > group) : group;
  // Short of a page a group has looked at enough of its schedules; so has this list.
  const isEnough = next === undefined || token !== undefined || found.length >= wantedOf(listing);
  if (!isEnough) return ask(context, { ...listing, group: next, found }, undefined);
  const NextToken = next === undefined ? undefined : encodePageToken(scope, { group: next, ...(token !== undefined && { token }) });
  context.effects.push({ type: 'reply', to: replyTo, outcome: { ok: true, value: { Schedules: found, ...(NextToken !== undefined && { NextToken }) } } });
}

function ask({ state: { records, root }, options, effects }: DirectoryContext, listing: Listing, token: string | undefined): void {
  const { input, group, found } = listing;
  const callId = String(++root.calls);
  records.set(keyOf(callId), listing as unknown as Json);
  const asked = { ...input, GroupName: group, MaxResults: wantedOf(listing) - found.length };
  const { NextToken: _, ...first } = asked as JsonObject;
  effects.push({ type: 'call', to: groupArn(options, group), callId, request: { action: 'ListSchedules', input: token === undefined ? first : { ...first, NextToken: token } } });
}

function wantedOf({ input }: Listing): number {
  return (input['MaxResults'] as number | undefined) ?? MAX_RESULTS;
}
