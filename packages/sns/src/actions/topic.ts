import type { Json, JsonObject } from '@interstate/kernel';
import { encodePageToken } from '@interstate/service-kit';
import { archives } from '../archive.ts';
import { invalid, snsFault } from '../errors.ts';
import { endSubscription } from '../leave.ts';
import { pageFrom } from '../pages.ts';
import { attributesOf, type TopicContext } from '../topic-state.ts';
import type { Attributes } from '../topic-attributes.ts';
import { summaryOf } from './subscribe.ts';
import { readTags, tagsOf } from './tags.ts';

/** Asked by the directory where a topic of the name is there: it must be as wanted. @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function createTopicAgain(context: TopicContext, input: JsonObject): Json {
  const { state, arn } = context;
  const attributes = attributesOf(state);
  const given = (input['Attributes'] ?? {}) as Attributes;
  for (const [name, value] of Object.entries(given)) {
    const own = Object.hasOwn(attributes, name) ? attributes[name] : name === 'FifoTopic' ? 'false' : '';
    if (own !== value) throw invalid('Attributes Reason: Topic already exists with different attributes');
  }
  const own = new Map(tagsOf(context).map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of readTags(input['Tags'])) if (own.get(Key) !== Value) throw invalid('Tags Reason: Topic already exists with different tags');
  return { TopicArn: arn };
}

/** Idempotent. Subscriptions go along. @see https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html */
export function deleteTopic(context: TopicContext): Json {
  const { state } = context;
  if (archives(state)) throw snsFault('InvalidStateException', { reason: 'Invalid state: The topic has an active ArchivePolicy. Deactivate it before you delete the topic.' });
  for (const live of [...state.subscriptions.values()]) endSubscription(context, live, { tellsEndpoint: false });
  for (const key of ['attributes', 'tags', 'protection']) state.records.delete(key);
  for (const key of [...state.records.all().keys()].filter((each) => each.startsWith('d:'))) {
    state.records.delete(key);
    state.expiries.delete(key);
  }
  state.protection = [];
  state.root.closed = true;
  context.tellDirectory({ type: 'deleted' });
  context.effects.push({ type: 'ended' });
  return {};
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
export function listSubscriptionsByTopic(context: TopicContext, input: JsonObject): Json {
  const { subscriptions } = context.state;
  const { items, last } = pageFrom([...subscriptions.keys()], (number) => number, input['NextToken'], context.arn, context.options.limits.pageResults);
  return { Subscriptions: items.map((number) => summaryOf(context, subscriptions.get(number)!.of)), ...(last !== undefined && { NextToken: encodePageToken(context.arn, last) }) };
}
