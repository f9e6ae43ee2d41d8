import { parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { invalid } from '../errors.ts';
import { createToken, decodeToken } from '../token.ts';
import type { TopicContext } from '../topic-state.ts';
import { keepSubscription, summaryOf } from './subscribe.ts';

/** Any topic of the region may stand beside the token, which alone decides. @see https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export function confirmSubscription(context: TopicContext, input: JsonObject): Json {
  const { state, options, crypto, arn } = context;
  if (parseArn(input['TopicArn'] as string)?.region !== options.region) throw invalid('Topic');
  const token = decodeToken(input['Token']);
  const live = token?.topicArn === arn ? state.subscriptions.get(token.subscription) : undefined;
  if (!live || createToken(crypto, state.root.secret, arn, live.of.number) !== input['Token']) throw invalid('Token');
  const { pendingSince, ...confirmed } = live.of;
  if (pendingSince !== undefined) {
    const guarded = (input['AuthenticateOnUnsubscribe'] as string | undefined)?.toLowerCase() === 'true';
    const subscription = { ...confirmed, ...(guarded && { guarded, authenticated: true }) };
    keepSubscription(context, subscription);
    context.tellDirectory({ type: 'subscribed', subscription: summaryOf(context, subscription), number: subscription.number });
  }
  return { SubscriptionArn: live.of.arn };
}
