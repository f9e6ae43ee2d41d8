import type { EpochMs, JsonObject } from '@interstate/kernel';
import type { DataKey } from '@interstate/service-kit';
import type { Lane } from './lane.ts';

/** Where a message is: one place at a time. `leaving`: on its way to another queue. */
export const DELAYED = 0;
export const READY = 1;
export const IN_FLIGHT = 2;
export const LEAVING = 3;
export const GONE = 4;

/** What few messages have. */
export interface Extras {
  readonly attributes?: JsonObject;
  /** MD5 of all attributes. */
  readonly attributesMd5?: string;
  readonly traceHeader?: string;
  readonly deduplicationId?: string;
  /** The queue a dead letter comes from. */
  readonly sourceArn?: string;
  /** When its delay ends; absent: it has none, or in a FIFO queue that of the queue. */
  readonly dueAt?: EpochMs;
}

/** The last receive of a message. */
export class Delivery {
  constructor(
    public handle: string,
    public count: number,
    public firstAt: EpochMs,
    public receivedAt: EpochMs,
    /** When its visibility timeout ends, or has ended. */
    public visibleAt: EpochMs,
    /** ReceiveRequestAttemptId; undefined once the message's visibility was changed. */
    public attempt?: string,
    /** No dead-letter queue would take it: delivered once more. */
    public kept = false,
  ) {}
}

/** A message in memory, as small as may be: there may be millions. */
export class Message {
  place = DELAYED;
  /** In the heap of its place. */
  slot = -1;
  delivery: Delivery | null = null;
  /** Neighbours among the ready messages of its lane. */
  before: Message | null = null;
  after: Message | null = null;
  /** Neighbours by age. */
  older: Message | null = null;
  newer: Message | null = null;

  constructor(
    /** Counts the messages of a queue, from 1. */
    readonly number: number,
    readonly id: string,
    public body: string,
    public md5: string,
    readonly sentAt: EpochMs,
    readonly lane: Lane,
    public extras: Extras | null,
    /** What its record is encrypted with. */
    public key: DataKey | null,
  ) {}
}
