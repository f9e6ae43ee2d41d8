import type { EpochMs } from '@interstate/kernel';
import { queueUrl } from './arns.ts';
import { DEFAULT_TOPIC_POLICY, httpPhases, parseSubscriptionPolicy, type HttpPolicy, type TopicHttpPolicy } from './delivery/http-policy.ts';
import { PERSON_PHASES, SERVICE_PHASES, type Phases } from './delivery/phases.ts';
import { deadLetterQueue } from './subscription-attributes.ts';
import type { Attributes } from './topic-attributes.ts';

export type Protocol = 'http' | 'https' | 'email' | 'email-json' | 'sms' | 'sqs' | 'application' | 'lambda' | 'firehose';

export const PROTOCOLS: ReadonlySet<string> = new Set<Protocol>(['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose']);

/** Protocols whose endpoints have to say that they want the messages. */
export const CONFIRMED_PROTOCOLS: ReadonlySet<string> = new Set<Protocol>(['http', 'https', 'email', 'email-json']);

/** A subscription, as its topic keeps it. */
export interface Subscription {
  /** Counted per topic: the order in which they were made. */
  readonly number: number;
  readonly arn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly attributes: Attributes;
  /** Since when it waits to be confirmed; absent when it has been. */
  readonly pendingSince?: EpochMs;
  /** Confirmed by somebody with credentials, or by whom the endpoint belongs to. */
  readonly authenticated: boolean;
  /** Can be ended by somebody with credentials only. */
  readonly guarded?: true;
  readonly replay?: Replay;
  /** Ended: the last message there was then. */
  readonly leftAt?: number;
}

/** Messages of the archive that are sent again. */
export interface Replay {
  /** Number of the message that is under way, or is next; absent when the replay is over. */
  readonly at?: number;
  /** Nothing is under way: it goes on by itself. */
  readonly waits?: boolean;
  /** What is under way is another replay's: this one begins after it. */
  readonly restarts?: boolean;
  /** The last message there was when the replay began. What follows is no repetition. */
  readonly last: number;
  readonly from: EpochMs;
  readonly to?: EpochMs;
  readonly status: 'Pending' | 'In progress' | 'Completed' | 'Failed';
}

/** A subscription with what follows from its attributes and its topic's, worked out once. */
export interface LiveSubscription {
  readonly of: Subscription;
  readonly raw: boolean;
  readonly fifoQueue: boolean;
  /** Of a queue. */
  readonly queueUrl: string;
  readonly phases: Phases;
  readonly http: HttpPolicy | undefined;
  readonly deadLetterQueue: string | undefined;
}

export function liveSubscription(of: Subscription, topic: TopicHttpPolicy = DEFAULT_TOPIC_POLICY): LiveSubscription {
  const { protocol, endpoint, attributes } = of;
  const isHttp = protocol === 'http' || protocol === 'https';
  const http = isHttp ? httpPolicyOf(attributes['DeliveryPolicy'], topic) : undefined;
  return {
    of,
    raw: attributes['RawMessageDelivery']?.toLowerCase() === 'true',
    fifoQueue: protocol === 'sqs' && endpoint.endsWith('.fifo'),
    queueUrl: protocol === 'sqs' ? queueUrl(endpoint) : '',
    phases: http ? httpPhases(http.retry) : protocol === 'sqs' || protocol === 'lambda' || protocol === 'firehose' ? SERVICE_PHASES : PERSON_PHASES,
    http,
    deadLetterQueue: deadLetterQueue(attributes['RedrivePolicy']),
  };
}

function httpPolicyOf(own: string | undefined, topic: TopicHttpPolicy): HttpPolicy {
  if (own === undefined || topic.disableSubscriptionOverrides) return topic;
  const policy = parseSubscriptionPolicy(own, topic);
  return 'fault' in policy ? topic : policy;
}
