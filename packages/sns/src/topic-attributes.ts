import { parseTopicPolicy } from './delivery/http-policy.ts';
import { parsePolicy } from '@interstate/service-kit';
import { invalid } from './errors.ts';

/** Attributes by name, as SNS keeps them: texts. */
export type Attributes = Readonly<Record<string, string>>;

const FEEDBACK = ['HTTP', 'SQS', 'Lambda', 'Firehose', 'Application'].flatMap((protocol) => ['SuccessFeedbackRoleArn', 'SuccessFeedbackSampleRate', 'FailureFeedbackRoleArn'].map((what) => protocol + what));
const SETTABLE = new Set(['DisplayName', 'Policy', 'DeliveryPolicy', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig', 'ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy', ...FEEDBACK]);
const FIFO_ONLY = new Set(['FifoTopic', 'ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy']);

/** A topic's attributes when it is created. @throws ServiceFault */
export function newTopicAttributes(given: Attributes, fifo: boolean): Attributes {
  const attributes: Record<string, string> = fifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'FifoTopic') continue;
    checkTopicAttribute(name, value, fifo, 'Attributes Reason: ');
    if (value !== '') attributes[name] = value;
  }
  return attributes;
}

/** @param prefix of the refusal's text. @throws ServiceFault */
export function checkTopicAttribute(name: string, value: string, fifo: boolean, prefix = ''): void {
  if (!SETTABLE.has(name) || (FIFO_ONLY.has(name) && !fifo)) throw invalid(`${prefix}AttributeName`);
  const fault = value === '' ? undefined : valueFault(name, value);
  if (fault !== undefined) throw invalid(`${prefix}${fault}`);
}

function valueFault(name: string, value: string): string | undefined {
  if (name.endsWith('SampleRate')) return /^(?:\d{1,2}|100)$/.test(value) ? undefined : `${name}: must be an integer between 0 and 100`;
  if (name.endsWith('RoleArn')) return value.startsWith('arn:') ? undefined : `${name}: must be the ARN of a role`;
  switch (name) {
    case 'DisplayName':
      return value.length > 100 ? 'DisplayName' : undefined;
    case 'Policy': {
      const policy = parsePolicy(value);
      return 'fault' in policy ? `Policy Error: ${policy.fault}` : undefined;
    }
    case 'DeliveryPolicy': {
      const policy = parseTopicPolicy(value);
      return 'fault' in policy ? `DeliveryPolicy: ${policy.fault}` : undefined;
    }
    case 'SignatureVersion':
      return oneOf(name, value, ['1', '2']);
    case 'TracingConfig':
      return oneOf(name, value, ['PassThrough', 'Active']);
    case 'ContentBasedDeduplication':
      return oneOf(name, value, ['true', 'false']);
    case 'FifoThroughputScope':
      return oneOf(name, value, ['Topic', 'MessageGroup']);
    case 'ArchivePolicy':
      return archiveDays(value) === undefined ? 'ArchivePolicy: MessageRetentionPeriod must be a number of days between 1 and 365' : undefined;
    default:
      return undefined;
  }
}

function oneOf(name: string, value: string, values: readonly string[]): string | undefined {
  return values.includes(value) ? undefined : `${name}: Invalid value [${value}]. Must be ${values.join(' or ')}.`;
}

/** Days an archive keeps messages, 1…365; 0 where the policy is `{}`: none; undefined where it is no policy. */
export function archiveDays(policy: string): number | undefined {
  try {
    const document = JSON.parse(policy) as Record<string, unknown> | null;
    if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
    if (Object.keys(document).length === 0) return 0;
    const days = document['MessageRetentionPeriod'];
    return typeof days === 'string' && /^[1-9]\d{0,2}$/.test(days) && Number(days) <= 365 ? Number(days) : undefined;
  } catch {
    return undefined;
  }
}

/** The policy of a topic that was given none. */
export function defaultPolicy(topicArn: string, account: string): string {
  const actions = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish'];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}
