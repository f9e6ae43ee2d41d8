import { snsFilter, type FilterPolicyScope, type SnsMessageAttribute } from '@interstate/event-patterns';
import type { Json } from '@interstate/kernel';
import { shown } from '@interstate/testing/internal';
import { readCases } from './folder.ts';
import { runChecks, type Suite } from './suite.ts';

interface Row {
  readonly id: string;
  readonly origin: string;
  readonly awsValidated: boolean;
  readonly scope: FilterPolicyScope;
  readonly policy: Json;
  readonly messageAttributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string | number }>>;
  readonly body?: string;
  /** `accepted`: a policy that is none of the errors. */
  readonly delivered: boolean | 'error' | 'accepted';
  readonly error?: { readonly code: string; readonly message: string };
}

/** Which messages subscriptions with a filter policy get, and which policies SNS refuses. */
export const snsFilterPolicies: Suite = {
  id: 'sns-filter-policies',
  run(folder, options) {
    const rows = readCases<Row[]>(folder, 'messaging', 'sns-filter-policies.json');
    return rows && runChecks('sns-filter-policies', rows.map((row) => ({ id: row.id, rule: row.awsValidated ? 'validated on AWS' : 'from other suites', check: () => checkRow(row) })), options);
  },
};

function checkRow({ origin, scope, policy, messageAttributes, body = '', delivered, error }: Row): string | undefined {
  const told = `${scope} ${shown(policy)}`;
  const filter = snsFilter(policy, scope, origin.includes('set_subscription_attributes') ? 'SetSubscriptionAttributes' : 'Subscribe');
  if (filter.type === 'fault') {
    if (delivered !== 'error') return `${told}: expected ${delivered}, got ${shown(filter)}`;
    return error === undefined || (filter.code === error.code && filter.message === error.message) ? undefined : `${told}: expected ${shown(error)}, got ${shown(filter)}`;
  }
  if (delivered === 'accepted') return undefined;
  const got = filter.matches({ Message: body, ...(messageAttributes !== undefined && { MessageAttributes: asPublished(messageAttributes) }) });
  return got === delivered ? undefined : `${told} on ${shown(messageAttributes ?? body)}: expected ${delivered}, got ${got}`;
}

/** Some suites write the values of numbers as numbers; Publish takes them as strings. */
function asPublished(attributes: NonNullable<Row['messageAttributes']>): Record<string, SnsMessageAttribute> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue }]) => [name, { DataType, ...(StringValue !== undefined && { StringValue: String(StringValue) }) }]),
  );
}
