import { isJsonObject, type Json } from '@interstate/kernel';
import { parsePolicy, type Policy } from '@interstate/service-kit';

/** A queue's attributes as text, as they were validated. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  readonly targetArn: string;
  readonly maxReceiveCount: number;
}

/** A queue's attributes, read once. */
export interface QueueSettings {
  readonly isFifo: boolean;
  readonly visibilityMs: number;
  readonly delayMs: number;
  readonly waitMs: number;
  readonly retentionMs: number;
  readonly maxBytes: number;
  readonly contentBased: boolean;
  /** Deduplication ids count within their group only. */
  readonly groupScope: boolean;
  /** Calls are limited per group. */
  readonly groupThroughput: boolean;
  readonly redrive: RedrivePolicy | undefined;
  readonly policy: Policy | undefined;
  /** The KMS key; empty text: the service's own key; undefined: not encrypted. */
  readonly keyId: string | undefined;
  readonly keyReuseMs: number;
}

export function readSettings(attributes: QueueAttributes): QueueSettings {
  const seconds = (name: string): number => Number(attributes[name] ?? 0) * 1000;
  const policy = attributes['Policy'] === undefined ? undefined : parsePolicy(attributes['Policy']);
  return {
    isFifo: attributes['FifoQueue'] === 'true',
    visibilityMs: seconds('VisibilityTimeout'),
    delayMs: seconds('DelaySeconds'),
    waitMs: seconds('ReceiveMessageWaitTimeSeconds'),
    retentionMs: seconds('MessageRetentionPeriod'),
    maxBytes: Number(attributes['MaximumMessageSize']),
    contentBased: attributes['ContentBasedDeduplication'] === 'true',
    groupScope: attributes['DeduplicationScope'] === 'messageGroup',
    groupThroughput: attributes['FifoThroughputLimit'] === 'perMessageGroupId',
    redrive: attributes['RedrivePolicy'] === undefined ? undefined : readRedrivePolicy(attributes['RedrivePolicy']),
    policy: policy && !('fault' in policy) ? policy : undefined,
    keyId: attributes['KmsMasterKeyId'] ?? (attributes['SqsManagedSseEnabled'] === 'true' ? '' : undefined),
    keyReuseMs: seconds('KmsDataKeyReusePeriodSeconds'),
  };
}

/** A redrive policy's text, which must be valid. */
export function readRedrivePolicy(text: string): RedrivePolicy {
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as { deadLetterTargetArn: string; maxReceiveCount: number | string };
  return { targetArn: deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

/** The object in a text; undefined where it holds none. */
export function readObject(text: string): Readonly<Record<string, Json>> | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
