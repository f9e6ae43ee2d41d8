import { isJsonObject, parseArn, type Json } from '@interstate/kernel';
import { DEFAULT_TOPIC_POLICY, parseSubscriptionPolicy } from './delivery/http-policy.ts';
import { invalid } from './errors.ts';
import { parseFilter, type FilterPolicyScope } from './filter.ts';

const SETTABLE = new Set(['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'SubscriptionRoleArn', 'ReplayPolicy']);

/** What an attribute is held against. */
export interface SubscriptionTarget {
  readonly protocol: string;
  readonly endpoint: string;
  readonly fifoTopic: boolean;
  /** The scope that holds where a FilterPolicy is set. */
  readonly scope: string;
  /** In front of what is refused: `Attributes Reason: ` on Subscribe. */
  readonly prefix: string;
}

/** @throws ServiceFault */
export function checkSubscriptionAttribute(name: string, value: string, target: SubscriptionTarget): void {
  const fault = SETTABLE.has(name) ? valueFault(name, value, target) : 'AttributeName';
  if (fault !== undefined) throw invalid(target.prefix + fault);
}

function valueFault(name: string, value: string, target: SubscriptionTarget): string | undefined {
  switch (name) {
    case 'FilterPolicy': {
      if (value === '' || value === '{}') return undefined;
      const filter = parseFilter(value, target.scope as FilterPolicyScope);
      return 'fault' in filter ? filter.fault : undefined;
    }
    case 'FilterPolicyScope':
      return value === 'MessageAttributes' || value === 'MessageBody' ? undefined : `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`;
    case 'RawMessageDelivery':
      if (!/^(?:true|false)$/i.test(value)) return `RawMessageDelivery: Invalid value [${value}]. Must be true or false.`;
      return /^true$/i.test(value) && !['sqs', 'http', 'https', 'firehose'].includes(target.protocol) ? `Delivery protocol [${target.protocol}] does not support raw message delivery.` : undefined;
    case 'RedrivePolicy':
      return value === '' ? undefined : redriveFault(value, target);
    case 'DeliveryPolicy': {
      if (value === '') return undefined;
      const policy = parseSubscriptionPolicy(value, DEFAULT_TOPIC_POLICY);
      return 'fault' in policy ? `DeliveryPolicy: ${policy.fault}` : undefined;
    }
    case 'ReplayPolicy': {
      if (value === '') return undefined;
      if (!target.fifoTopic) return 'ReplayPolicy: only subscriptions of FIFO topics can replay messages';
      const policy = parseReplayPolicy(value);
      return typeof policy === 'string' ? `ReplayPolicy: ${policy}` : undefined;
    }
    default:
      return value === '' || value.startsWith('arn:') ? undefined : `${name}: must be the ARN of a role`;
  }
}

function redriveFault(value: string, { endpoint, fifoTopic }: SubscriptionTarget): string | undefined {
  const document = parse(value);
  if (document === undefined) return 'RedrivePolicy: failed to parse JSON.';
  const target = isJsonObject(document) ? document['deadLetterTargetArn'] : undefined;
  const arn = typeof target === 'string' ? parseArn(target) : undefined;
  if (!arn) return 'RedrivePolicy: deadLetterTargetArn is an invalid arn';
  if (arn.service !== 'sqs') return 'RedrivePolicy: deadLetterTargetArn must be the ARN of a queue';
  const fifoQueue = arn.resource.endsWith('.fifo');
  if (fifoTopic && endpoint.endsWith('.fifo') && !fifoQueue) return 'RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.';
  if (fifoQueue && !(fifoTopic && endpoint.endsWith('.fifo'))) return 'RedrivePolicy: must use a standard queue as DLQ for a standard Subscription.';
  return undefined;
}

/** The dead-letter queue a RedrivePolicy names; undefined where there is none. */
export function deadLetterQueue(redrivePolicy: string | undefined): string | undefined {
  const document = redrivePolicy === undefined || redrivePolicy === '' ? undefined : parse(redrivePolicy);
  return isJsonObject(document) ? (document['deadLetterTargetArn'] as string) : undefined;
}

/** What a replay is to send again, in milliseconds since 1970. */
export interface ReplayPolicy {
  readonly from: number;
  readonly to: number | undefined;
}

/** Reads a ReplayPolicy; a text says what is wrong with it. */
export function parseReplayPolicy(value: string): ReplayPolicy | string {
  const document = parse(value);
  if (!isJsonObject(document)) return 'failed to parse JSON.';
  const { PointType, StartingPoint, EndingPoint } = document;
  if (PointType !== 'Timestamp') return 'PointType must be Timestamp';
  const from = timeOf(StartingPoint);
  if (from === undefined) return 'StartingPoint must be a time in ISO 8601';
  const to = EndingPoint === undefined ? undefined : timeOf(EndingPoint);
  if (EndingPoint !== undefined && to === undefined) return 'EndingPoint must be a time in ISO 8601';
  return to !== undefined && to < from ? 'EndingPoint must not be before StartingPoint' : { from, to };
}

function timeOf(value: Json | undefined): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
