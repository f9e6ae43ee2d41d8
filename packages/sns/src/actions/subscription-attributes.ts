import type { Json, JsonObject } from '@interstate/kernel';
import { printSubscriptionPolicy } from '../delivery/http-policy.ts';
import { missing, snsFault } from '../errors.ts';
import { endSubscription } from '../leave.ts';
import { newReplay, stopReplay } from '../replay.ts';
import { checkSubscriptionAttribute, parseReplayPolicy, type ReplayPolicy } from '../subscription-attributes.ts';
import type { LiveSubscription } from '../subscription.ts';
import type { TopicContext } from '../topic-state.ts';
import { checkFilterLimit, keepSubscription } from './subscribe.ts';

function find({ state }: TopicContext, subscriptionArn: string): LiveSubscription | undefined {
  const number = state.byArn.get(subscriptionArn);
  return number === undefined ? undefined : state.subscriptions.get(number);
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export function getSubscriptionAttributes(context: TopicContext, input: JsonObject): Json {
  const live = find(context, input['SubscriptionArn'] as string);
  if (!live) throw missing('Subscription');
  const { of, http, raw } = live;
  const { arn, protocol, endpoint, authenticated, pendingSince, attributes, replay } = of;
  const { FilterPolicy, FilterPolicyScope = 'MessageAttributes', RawMessageDelivery: _raw, ...others } = attributes;
  const { account } = context.options;
  return {
    Attributes: {
      SubscriptionArn: arn,
      TopicArn: context.arn,
      Protocol: protocol,
      Endpoint: endpoint,
      Owner: account,
      SubscriptionPrincipal: `arn:aws:iam::${account}:root`,
      PendingConfirmation: String(pendingSince !== undefined),
      ConfirmationWasAuthenticated: String(authenticated),
      RawMessageDelivery: String(raw),
      ...(FilterPolicy !== undefined && { FilterPolicy, FilterPolicyScope }),
      ...(http && { EffectiveDeliveryPolicy: printSubscriptionPolicy(http) }),
      ...others,
      ...(replay && { ReplayStatus: replay.status }),
    },
  };
}

/** An empty value unsets. @see https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export function setSubscriptionAttributes(context: TopicContext, input: JsonObject): Json {
  const { state } = context;
  const live = find(context, input['SubscriptionArn'] as string);
  if (!live) throw missing('Subscription');
  const { of } = live;
  const { protocol, endpoint, attributes } = of;
  const name = input['AttributeName'] as string;
  const value = (input['AttributeValue'] as string | undefined) ?? '';
  const target = { protocol, endpoint, fifoTopic: state.root.fifo, prefix: '' };
  const scope = attributes['FilterPolicyScope'] ?? 'MessageAttributes';
  checkSubscriptionAttribute(name, value, { ...target, scope });
  const policy = attributes['FilterPolicy'];
  // A policy must be one of the new scope too.
  if (name === 'FilterPolicyScope' && policy !== undefined) checkSubscriptionAttribute('FilterPolicy', policy, { ...target, scope: value });
  if (name === 'FilterPolicy' && value !== '' && policy === undefined) checkFilterLimit(context);
  const { [name]: _before, ...others } = attributes;
  const replay = name === 'ReplayPolicy' ? (value === '' ? stopReplay(of.replay) : newReplay(context, of.replay, parseReplayPolicy(value) as ReplayPolicy)) : of.replay;
  keepSubscription(context, { ...of, attributes: value === '' ? others : { ...others, [name]: value }, ...(replay && { replay }) });
  return {};
}

/** Idempotent. @see https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html */
export function unsubscribe(context: TopicContext, input: JsonObject): Json {
  const live = find(context, input['SubscriptionArn'] as string);
  if (!live) return {};
  // A link that anybody can visit does not end what only somebody with credentials may.
  if (input['Unauthenticated'] === true && live.of.guarded) throw snsFault('AuthorizationErrorException', { reason: 'The subscription can be ended by its owner only.' });
  endSubscription(context, live, { tellsEndpoint: live.of.pendingSince === undefined });
  return {};
}
