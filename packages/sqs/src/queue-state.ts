import { IndexedHeap, nextUuid, RecordMap, TurnoverMap, type Crypto, type Effect, type EpochMs, type Json, type JsonObject, type RandomState, type ReplyTo } from '@interstate/kernel';
import type { DataKey, Kms } from '@interstate/service-kit';
import { ExpiringRecords, type ExpiringRecord } from './expiring-records.ts';
import { Lane, ProcessingTime } from './lane.ts';
import type { SqsLimits } from './limits.ts';
import { emptyMetrics, type Counters } from './metrics.ts';
import type { Message } from './message.ts';
import { readSettings, type QueueAttributes, type QueueSettings } from './settings.ts';

export interface QueueOptions {
  readonly region: string;
  readonly account: string;
  readonly directory: string;
  readonly limits: SqsLimits;
  readonly kms: Kms;
  /** Policies are required for services, as on AWS. */
  readonly enforcePolicies: boolean;
}

/** What a queue keeps beside its messages: small, and written after every step. */
export interface Root {
  arn: string;
  /** Makes receipt handles that nobody can guess. */
  secret: string;
  random: RandomState;
  /** The number of the newest message. */
  number: number;
  calls: number;
  /** What was due until then has happened. */
  advancedTo: EpochMs;
  /** FIFO: messages up to this number have served their delay. */
  availableThrough: number;
  /** The timer that is set; 0 for none. */
  timerAt: EpochMs;
  isPressing: boolean;
  /** The wrapped data key, and until when KMS need not be asked again. */
  dataKey: string;
  keyUntil: EpochMs;
  /** FIFO: ids have been accepted within the scope of their group. */
  hadGroupScope: boolean;
  purgedAt: EpochMs;
  createdAt: EpochMs;
  modifiedAt: EpochMs;
  /** No queue lives here (any more). */
  isDeleted: boolean;
  counters: Counters;
  /** Processing time of all tenants: window, current, previous. */
  processing: readonly [number, number, number];
}

/** An accepted deduplication id: the message it was accepted with. */
export interface DeduplicationRecord extends ExpiringRecord {
  readonly id: string;
}

/** A receive that waits. */
export interface Poller {
  slot: number;
  readonly key: string;
  readonly replyTo: ReplyTo;
  readonly input: JsonObject;
  /** Infinity: it stands until it is withdrawn. */
  readonly deadline: EpochMs;
}

/** Names of a queue's records. Message keys end in the number. */
export const ROOT = 'root';
export const SETTINGS = 'settings';

/** A live queue. What starts with `now` belongs to the step that runs. */
export class QueueState {
  readonly small: RecordMap;
  root: Root;
  attributes: QueueAttributes = {};
  tags: Readonly<Record<string, string>> = {};
  settings: QueueSettings = readSettings({});

  /** Messages whose records the step has touched. */
  readonly touchedBodies: Message[] = [];
  readonly touchedDeliveries: Message[] = [];
  /** Those that left in the step and had been received. */
  readonly leftReceived: Message[] = [];
  /** Those loaded in cipher text and not needed yet. */
  readonly sealed = new Map<Message, Json>();

  dataKey: DataKey | undefined;

  readonly lanes = new TurnoverMap<string, Lane>();
  /** Lanes that can be served, by their heads; without the noisy ones. */
  readonly servable = new IndexedHeap<Lane>();
  readonly noisy = new Set<Lane>();
  /** Tenants without messages whose processing time still counts. */
  readonly idle = new Set<Lane>();
  /** Delayed messages, and those in flight. */
  readonly waiting = new IndexedHeap<Message>((a, b) => a.number < b.number);
  /** Current receipt handles. */
  readonly handles = new TurnoverMap<string, Message>();
  /** FIFO: received messages by number. */
  readonly received = new TurnoverMap<number, Message>();
  readonly leaving = new Map<number, Message>();
  oldest: Message | null = null;
  newest: Message | null = null;
  /** Messages older than others that came before them (dead letters), by age. */
  readonly elders: Message[] = [];
  readonly pollers = new Map<string, Poller>();
  readonly deadlines = new IndexedHeap<Poller>((a, b) => a.key < b.key);
  standing = 0;
  readonly deduplications: ExpiringRecords;
  readonly attempts: ExpiringRecords;
  readonly processing = new ProcessingTime();
  /** The message move task that runs. */
  taskId: string | undefined;
  delayed = 0;
  ready = 0;
  inFlight = 0;

  now: EpochMs = 0;
  crypto!: Crypto;
  effects: Effect[] = [];
  replyTo: ReplyTo | null = null;

  constructor(
    readonly options: QueueOptions,
    records: Iterable<readonly [string, Json]> = [],
    root: Root = newRoot(),
  ) {
    this.small = new RecordMap(records);
    this.deduplications = new ExpiringRecords(this.small);
    this.attempts = new ExpiringRecords(this.small);
    this.root = root;
  }

  get size(): number {
    return this.delayed + this.ready + this.inFlight;
  }

  nextId(): string {
    return nextUuid(this.root.random);
  }

  lane(key: string): Lane {
    let lane = this.lanes.get(key);
    if (lane === undefined) this.lanes.set(key, (lane = new Lane(key)));
    return lane;
  }

  configure(attributes: QueueAttributes): void {
    const { keyId } = this.settings;
    this.attributes = attributes;
    this.settings = readSettings(attributes);
    // Whoever changes the key has it used at once.
    if (keyId !== this.settings.keyId) this.root.keyUntil = 0;
  }

  /** Forgets everything that is no message. */
  clear(): void {
    for (const key of [...this.small.all().keys()]) this.small.delete(key);
    this.deduplications.load([]);
    this.attempts.load([]);
    this.leaving.clear();
    this.pollers.clear();
    while (this.deadlines.first !== undefined) this.deadlines.remove(this.deadlines.first);
    this.lanes.clear();
    this.idle.clear();
    this.standing = 0;
    this.taskId = undefined;
    this.root = { ...newRoot(), arn: this.root.arn };
    this.processing.current = this.processing.previous = 0;
  }

  /** Writes attributes and tags into their record. */
  saveSettings(): void {
    this.small.set(SETTINGS, { attributes: this.attributes, tags: this.tags });
  }
}

export function newRoot(): Root {
  return {
    arn: '', secret: '', random: [1, 0, 0, 0], number: 0, calls: 0, advancedTo: 0, availableThrough: 0, timerAt: 0, isPressing: false, dataKey: '', keyUntil: 0, hadGroupScope: false, purgedAt: -1, createdAt: 0,
    modifiedAt: 0, isDeleted: true, counters: emptyMetrics(), processing: [0, 0, 0],
  };
}
