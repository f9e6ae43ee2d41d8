import { parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { endedKey, type EndedSubscription } from '../confirmation.ts';
import { invalid } from '../errors.ts';
import { createToken, decodeToken } from '../token.ts';
import { endpointKey, type TopicContext } from '../topic-state.ts';
import { checkFilterLimit, checkSubscriptionLimit, keepSubscription, summaryOf } from './subscribe.ts';

/** Any topic of the region may stand beside the token, which alone decides. @see https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export function confirmSubscription(context: TopicContext, input: JsonObject): Json {
  const { state, options, crypto, arn } = context;
  if (parseArn(input['TopicArn'] as string)?.region !== options.region) throw invalid('Topic');
  const token = decodeToken(input['Token']);
  if (token?.topicArn !== arn || createToken(crypto, state.root.secret, arn, token.subscription) !== input['Token']) throw invalid('Token');
  const live = state.subscriptions.get(token.subscription);
  if (!live) return { SubscriptionArn: takeBack(context, token.subscription) };
  const { pendingSince, ...confirmed } = live.of;
  if (pendingSince !== undefined) {
    const guarded = (input['AuthenticateOnUnsubscribe'] as string | undefined)?.toLowerCase() === 'true';
    const subscription = { ...confirmed, ...(guarded && { guarded, authenticated: true }) };
    keepSubscription(context, subscription);
    context.tellDirectory({ type: 'subscribed', subscription: summaryOf(context, subscription), number: subscription.number });
  }
  return { SubscriptionArn: live.of.arn };
}

/** The endpoint of a subscription that was ended wants it back: it has its ARN and attributes again, from the next message on. */
function takeBack(context: TopicContext, ended: number): string {
  const { state } = context;
  const known = state.records.get(endedKey(ended)) as unknown as EndedSubscription | undefined;
  if (!known) throw invalid('Token');
  const { arn, protocol, endpoint, attributes } = known.subscription;
  const other = state.byEndpoint.get(endpointKey(protocol, endpoint));
  if (other !== undefined) return state.subscriptions.get(other)!.of.arn;
  checkSubscriptionLimit(context);
  if (attributes['FilterPolicy'] !== undefined) checkFilterLimit(context);
  state.records.delete(endedKey(ended));
  state.expiries.delete(endedKey(ended));
  const subscription = { ...known.subscription, number: ++state.root.subscriptions };
  keepSubscription(context, subscription);
  context.tellDirectory({ type: 'subscribed', subscription: summaryOf(context, subscription), number: subscription.number });
  return arn;
}
