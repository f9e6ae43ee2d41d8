import type { Json, JsonObject } from '@interstate/kernel';
import { parseProtection } from '../data-protection/policy.ts';
import { invalid } from '../errors.ts';
import type { TopicContext } from '../topic-state.ts';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html */
export function getDataProtectionPolicy({ state }: TopicContext): Json {
  const policy = state.records.get('protection');
  return policy === undefined ? {} : { DataProtectionPolicy: policy };
}

/** An empty text takes the policy away. @see https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html */
export function putDataProtectionPolicy({ state }: TopicContext, input: JsonObject): Json {
  const policy = input['DataProtectionPolicy'] as string;
  if (state.root.fifo) throw invalid('DataProtectionPolicy Reason: FIFO topics do not support data protection policies');
  if (policy === '') {
    state.records.delete('protection');
    state.protection = [];
    return {};
  }
  state.protection = parseProtection(policy);
  state.records.set('protection', policy);
  return {};
}
