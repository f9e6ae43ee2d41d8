import type { ApiRequest } from '@interstate/kernel';

/**
 * What visiting a link of a message asks of SNS: SubscribeURL confirms, UnsubscribeURL ends a subscription. Undefined where the
 * URL is no such link. Whoever visits a link shows no credentials.
 */
export function requestOfUrl(url: string): ApiRequest | undefined {
  const members = new Map<string, string>();
  for (const pair of (url.split('?', 2)[1] ?? '').split('#', 1)[0]!.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2).map(decode);
    members.set(name, value);
  }
  const action = members.get('Action');
  const [topicArn = '', token = '', subscriptionArn = ''] = ['TopicArn', 'Token', 'SubscriptionArn'].map((name) => members.get(name));
  if (action === 'ConfirmSubscription') return { action, input: { TopicArn: topicArn, Token: token } };
  if (action === 'Unsubscribe') return { action, input: { SubscriptionArn: subscriptionArn, Unauthenticated: true } };
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
