import { nextUuid, parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { sendConfirmation } from '../confirmation.ts';
import { invalid, snsFault } from '../errors.ts';
import { checkSubscriptionAttribute, parseReplayPolicy } from '../subscription-attributes.ts';
import { newReplay } from '../replay.ts';
import { CONFIRMED_PROTOCOLS, PROTOCOLS, type Protocol, type Subscription } from '../subscription.ts';
import type { Attributes } from '../topic-attributes.ts';
import { addSubscription, endpointKey, subscriptionKey, type TopicContext } from '../topic-state.ts';

/** What a subscription has that was given nothing. */
const DEFAULTS: Attributes = { RawMessageDelivery: 'false', FilterPolicyScope: 'MessageAttributes' };

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export function subscribe(context: TopicContext, input: JsonObject): Json {
  const { state, options, arn: topicArn, now } = context;
  const { limits } = options;
  const { Protocol: protocol, Endpoint: endpoint = '', ReturnSubscriptionArn: returnsArn } = input as unknown as { readonly Protocol: string; readonly Endpoint?: string; readonly ReturnSubscriptionArn?: boolean };
  const given = (input['Attributes'] ?? {}) as Attributes;
  checkEndpoint(protocol, endpoint, state.root.fifo);
  const answer = (arn: string, isPending: boolean): Json => ({ SubscriptionArn: isPending && returnsArn !== true ? 'pending confirmation' : arn });
  const known = state.byEndpoint.get(endpointKey(protocol, endpoint));
  if (known !== undefined) {
    const { of } = state.subscriptions.get(known)!;
    if (Object.entries(given).some(([name, value]) => value !== '' && (of.attributes[name] ?? DEFAULTS[name]) !== value)) throw invalid('Attributes Reason: Subscription already exists with different attributes');
    if (of.pendingSince !== undefined) sendConfirmation(context, of);
    return answer(of.arn, of.pendingSince !== undefined);
  }
  const scope = given['FilterPolicyScope'] ?? 'MessageAttributes';
  for (const name of ['FilterPolicyScope', ...Object.keys(given)]) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) checkSubscriptionAttribute(name, value, { protocol, endpoint, fifoTopic: state.root.fifo, scope, prefix: 'Attributes Reason: ' });
  }
  checkSubscriptionLimit(context);
  const attributes = Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== '' || name === 'FilterPolicyScope'));
  if (attributes['FilterPolicy'] !== undefined) checkFilterLimit(context);
  const isPending = CONFIRMED_PROTOCOLS.has(protocol);
  if (isPending && state.pending >= limits.pendingSubscriptions) throw snsFault('SubscriptionLimitExceededException', { limit: limits.pendingSubscriptions });
  const replay = attributes['ReplayPolicy'] === undefined ? undefined : newReplay(context, undefined, parseReplayPolicy(attributes['ReplayPolicy']) as Exclude<ReturnType<typeof parseReplayPolicy>, string>);
  const number = ++state.root.subscriptions;
  const arn = `${topicArn}:${nextUuid(state.root.random)}`;
  const subscription: Subscription = { number, arn, protocol: protocol as Protocol, endpoint, attributes, authenticated: !isPending, ...(isPending && { pendingSince: now }), ...(replay && { replay }) };
  keepSubscription(context, subscription);
  context.tellDirectory({ type: 'subscribed', subscription: summaryOf(context, subscription), number });
  if (isPending) sendConfirmation(context, subscription);
  return answer(arn, isPending);
}

/** Another subscription must fit. @throws ServiceFault */
export function checkSubscriptionLimit({ state, options: { limits } }: TopicContext): void {
  const limit = state.root.fifo ? limits.subscriptionsPerFifoTopic : limits.subscriptionsPerTopic;
  if (state.subscriptions.size >= limit) throw snsFault('SubscriptionLimitExceededException', { limit });
}

/** Another filter policy must fit. @throws ServiceFault */
export function checkFilterLimit({ state, options }: TopicContext): void {
  const { filterPoliciesPerTopic, filterPolicies } = options.limits;
  if (state.filters.size >= filterPoliciesPerTopic) throw snsFault('FilterPolicyLimitExceededException', { scope: 'topic', limit: filterPoliciesPerTopic });
  if (state.root.filtersFull) throw snsFault('FilterPolicyLimitExceededException', { scope: 'account', limit: filterPolicies });
}

export function keepSubscription({ state, options }: TopicContext, subscription: Subscription): void {
  state.records.set(subscriptionKey(subscription.number), subscription as unknown as Json);
  addSubscription(state, subscription, options.limits);
}

/** What lists show of a subscription. */
export function summaryOf({ arn: topicArn, options }: TopicContext, { arn, protocol, endpoint, pendingSince }: Subscription): JsonObject {
  return { SubscriptionArn: pendingSince === undefined ? arn : 'PendingConfirmation', Owner: options.account, Protocol: protocol, Endpoint: endpoint, TopicArn: topicArn };
}

function checkEndpoint(protocol: string, endpoint: string, fifoTopic: boolean): void {
  if (!PROTOCOLS.has(protocol)) throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  switch (protocol as Protocol) {
    case 'http':
    case 'https':
      if (!endpoint.startsWith(`${protocol}://`)) throw invalid('Endpoint must match the specified protocol');
      if (endpoint.length > 2048 || !/^https?:\/\/[^\s/?#]+\S*$/.test(endpoint)) throw invalid('Endpoint');
      break;
    case 'sms':
      if (!/^\+?[1-9]\d{1,14}$/.test(endpoint)) throw invalid(`Invalid SMS endpoint: ${endpoint}`);
      break;
    case 'email':
    case 'email-json':
      if (endpoint.length > 320 || !/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(endpoint)) throw invalid('Email address');
      break;
    case 'sqs':
      if (parseArn(endpoint)?.service !== 'sqs') throw invalid('SQS endpoint ARN');
      if (endpoint.endsWith('.fifo') && !fifoTopic) throw invalid('Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
      break;
    case 'lambda':
      if (parseArn(endpoint)?.service !== 'lambda') throw invalid('Lambda endpoint ARN');
      break;
    case 'firehose':
      if (parseArn(endpoint)?.service !== 'firehose') throw invalid('Firehose endpoint ARN');
      break;
    case 'application':
      if (!endpoint.includes(':endpoint/') || !parseArn(endpoint)) throw invalid('ApplicationEndpoint endpoint ARN');
  }
  if (fifoTopic && protocol !== 'sqs') throw invalid(`Invalid parameter: Protocol Reason: FIFO SNS topics can not deliver to endpoints of the protocol ${protocol}`);
}
