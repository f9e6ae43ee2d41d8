import type { Caller, JsonObject } from '@interstate/kernel';
import { mayCall, parsePolicy, ServiceFault, type Policy } from '@interstate/service-kit';
import type { BusContext } from './bus-context.ts';

/** Policies read once: what a bus's policy text says does not change. */
const read = new WeakMap<object, Policy | undefined>();

/**
 * Lets in the account's own callers unless the bus's policy denies them, those of other accounts where it allows them. Services
 * send events in the name of the account they act for. @throws ServiceFault
 */
export function checkMayPut({ bus, now, options }: BusContext, caller: Caller | undefined, entries: readonly JsonObject[]): void {
  const { account } = options.place;
  if (bus.policy === undefined && (caller === undefined || caller.account === account)) return;
  if (!read.has(bus)) read.set(bus, policyOf(bus.policy));
  const policy = read.get(bus);
  const principalArn = `arn:aws:iam::${caller?.account ?? account}:root`;
  for (const { Source: source, DetailType: detailType } of entries) {
    const keys = { ...(typeof source === 'string' && { 'events:source': source }), ...(typeof detailType === 'string' && { 'events:detail-type': detailType }), ...(caller && { 'aws:sourcearn': caller.sourceArn }) };
    if (mayCall(policy, { action: 'events:PutEvents', resource: bus.arn, account, principalArn, now, keys }, { enforce: false })) continue;
    throw new ServiceFault('AccessDeniedException', { reason: `User: ${principalArn} is not authorized to perform: events:PutEvents on resource: ${bus.arn} because no resource-based policy allows the events:PutEvents action` });
  }
}

function policyOf(text: string | undefined): Policy | undefined {
  const policy = text === undefined ? undefined : parsePolicy(text);
  return policy && 'fault' in policy ? undefined : policy;
}
