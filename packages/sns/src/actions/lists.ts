import type { Json, JsonObject } from '@interstate/kernel';
import { encodePageToken } from '@interstate/service-kit';
import { topicArn } from '../arns.ts';
import type { DirectoryContext, ListedSubscription } from '../directory-state.ts';
import { pageFrom } from '../pages.ts';

/** A page of keys in order, as an answer has it. */
export function page<Key extends string | number>({ options }: DirectoryContext, keys: readonly Key[], show: (key: Key) => Json, { member, scope, token, size = options.limits.pageResults, tokenMember = 'NextToken' }: { readonly member: string; readonly scope: string; readonly token: Json | undefined; readonly size?: number; readonly tokenMember?: string }): Json {
  const { items, last } = pageFrom(keys, (key) => key, token, scope, size);
  return { [member]: items.map(show), ...(last !== undefined && { [tokenMember]: encodePageToken(scope, last) }) };
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export function listTopics(context: DirectoryContext, input: JsonObject): Json {
  const { state, options } = context;
  return page(context, state.topics.all, (name) => ({ TopicArn: topicArn(options, name) }), { member: 'Topics', scope: 'ListTopics', token: input['NextToken'] });
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
export function listSubscriptions(context: DirectoryContext, input: JsonObject): Json {
  const { state } = context;
  const show = (order: number): Json => (state.records.get(`sub:${order}`) as unknown as ListedSubscription).summary;
  return page(context, state.subscriptions.all, show, { member: 'Subscriptions', scope: 'ListSubscriptions', token: input['NextToken'] });
}
