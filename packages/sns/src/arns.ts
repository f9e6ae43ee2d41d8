import { parseArn, type JsonObject } from '@interstate/kernel';
import { decodeToken } from './token.ts';

/** Where the service's resources live. */
export interface Home {
  readonly region: string;
  readonly account: string;
}

export function topicArn({ region, account }: Home, name: string): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

/** Where the directory lives; no topic can have that name. */
export function directoryAddress(home: Home): string {
  return topicArn(home, '/directory');
}

/** The topic's ARN inside a subscription's; undefined where the text is none of such an ARN. */
export function topicOfSubscription(subscriptionArn: string): string | undefined {
  const parts = subscriptionArn.split(':', 8);
  return parts.length === 7 ? parts.slice(0, 6).join(':') : undefined;
}

/** The URL of a queue, which requests to it name. */
export function queueUrl(queueArn: string): string {
  const [, , , region, account, name] = queueArn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

/**
 * Where a request goes: to its topic, else to the directory, which also answers for topics there are none of.
 * Must not throw, whatever the input.
 */
export function addressOf(home: Home): (action: string, input: JsonObject) => string {
  const directory = directoryAddress(home);
  const prefix = topicArn(home, '');
  const own = (arn: unknown): string => (typeof arn === 'string' && arn.startsWith(prefix) && isTopicName(arn.slice(prefix.length)) ? arn : directory);
  return (action, input) => {
    switch (action) {
      case 'ConfirmSubscription': {
        // A token says whose it is, whichever topic stands beside it.
        const token = decodeToken(input['Token']);
        return own(token?.topicArn ?? input['TopicArn']);
      }
      case 'GetSubscriptionAttributes':
      case 'SetSubscriptionAttributes':
      case 'Unsubscribe': {
        const arn = input['SubscriptionArn'];
        return own(typeof arn === 'string' ? topicOfSubscription(arn) : undefined);
      }
      case 'TagResource':
      case 'UntagResource':
      case 'ListTagsForResource':
      case 'GetDataProtectionPolicy':
      case 'PutDataProtectionPolicy':
        return own(input['ResourceArn']);
      case 'CreateTopic':
        return directory;
      default:
        return own(input['TopicArn'] ?? input['TargetArn']);
    }
  };
}

export function isTopicName(name: string): boolean {
  return name.length <= 256 && /^[\w-]+(?:\.fifo)?$/.test(name);
}

/** Number of elements between colons, as SNS counts them in its refusals. */
export function elementsOf(arn: string): number {
  return arn.split(':').length;
}

export function isArn(text: string): boolean {
  return parseArn(text) !== undefined;
}
