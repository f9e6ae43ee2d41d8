import type { Caller, Crypto, DeliveryEntry, Effect, EpochMs, Json, JsonObject, RandomState, RecordChange } from '@interstate/kernel';
import { parsePolicy, SealedRecordMap, type Policy } from '@interstate/service-kit';
import { parseProtection, type ProtectionStatement } from './data-protection/policy.ts';
import { DEFAULT_TOPIC_POLICY, parseTopicPolicy, type TopicHttpPolicy } from './delivery/http-policy.ts';
import { DueKeys } from './due.ts';
import { Filters, parseFilter, type FilterPolicyScope } from './filter.ts';
import type { FanOut } from './fan-out.ts';
import { GroupQueues } from './group-queues.ts';
import { DAY_MS, type SnsLimits } from './limits.ts';
import type { Message } from './message.ts';
import type { MachineOptions } from './options.ts';
import { liveSubscription, type LiveSubscription, type Subscription } from './subscription.ts';
import { archiveDays, type Attributes } from './topic-attributes.ts';

/** What changes with every message. */
export interface TopicRoot {
  arn: string;
  fifo: boolean;
  random: RandomState;
  /** Makes confirmation tokens. */
  secret: string;
  /** Numbers of the last message and the last subscription. */
  messages: number;
  subscriptions: number;
  /** Subscriptions that were ended. */
  deleted: number;
  /** Names calls that belong to no message. */
  calls: number;
  /** Filter policies, as the directory has been told; and whether the account has all it may have. */
  filters: number;
  filtersFull: boolean;
  /** Not there any more: until it is made again, it answers as any topic that is not. */
  closed: boolean;
}

/** A message that has not arrived everywhere. */
export interface OpenMessage {
  /** Of the record that holds `left`. */
  readonly key: string;
  message: Message;
  left: number;
}

export const ROOT = 'root';
export const ATTRIBUTES = 'attributes';

/** Records that are sealed where the topic is encrypted, and what of them stays readable. */
const SECRETS = { 'm:': [], 'a:': ['time'] };

/**
 * A topic's records: `root`; `attributes`; `tags`; `protection`, its data-protection policy; `sub:<subscription>`;
 * `gone:<subscription>`, ended with a message under way; `m:<message>` with `c:<message>`, its deliveries still open, and `p:<message>` while not all are begun; `r:<message>/<subscription>`, a delivery that failed
 * before; `f:<subscription>/<message>`, a delivery in a message group; `d:<id>`, a deduplication id; `u:<subscription>`, ended, while its endpoint may take that back; `rate`, where calls are limited; `a:<message>`, the archive;
 * `t:<subscription>`, when a throttled endpoint takes its next message. All else is worked out by `load`. Messages of an encrypted
 * topic are sealed where they leave memory.
 */
export interface TopicState {
  readonly records: SealedRecordMap;
  readonly root: TopicRoot;
  /** By number, in the order they were made. */
  readonly subscriptions: Map<number, LiveSubscription>;
  /** Ended, but with a message that may still be under way: until that message is no more. */
  readonly leaving: Map<number, LiveSubscription>;
  /** Messages with deliveries still open, by number, the oldest first. */
  readonly open: Map<number, OpenMessage>;
  /** Those that have not been sent to all, the oldest first. */
  readonly fanOuts: Map<number, FanOut>;
  /** How many `r:` records there are. */
  failing: number;
  /** Numbers by protocol and endpoint, and by ARN. */
  readonly byEndpoint: Map<string, number>;
  readonly byArn: Map<string, number>;
  readonly filters: Filters;
  pending: number;
  /** Retries, and what waits for its turn at a throttled endpoint: keys of `r:` records. */
  readonly retries: DueKeys;
  /** What is forgotten in time: keys of `d:`, `u:`, `a:` and pending `sub:` records. */
  readonly expiries: DueKeys;
  readonly groups: GroupQueues;
  /** Subscriptions with a replay that is not over. */
  readonly replaying: Set<number>;
  /** Numbers of archived messages, in order. */
  archive: number[];
  policy: Policy | undefined;
  /** Outcomes of deliveries are logged. */
  logs: boolean;
  /** Statements of the data-protection policy. */
  protection: readonly ProtectionStatement[];
  http: TopicHttpPolicy;
  /** When each timer is set; undefined: not at all. */
  readonly timers: { retry: EpochMs | undefined; expiry: EpochMs | undefined };
}

export function loadTopic(saved: ReadonlyMap<string, Json>, options: MachineOptions): TopicState {
  // A store may give records in any order.
  const entries = [...saved].sort(([a], [b]) => compareKeys(a, b));
  const root = (saved.get(ROOT) ?? { arn: '', fifo: false, random: [1, 0, 0, 0], secret: '', messages: 0, subscriptions: 0, deleted: 0, calls: 0, filters: 0, filtersFull: false, closed: true }) as unknown as TopicRoot;
  const state: TopicState = {
    records: new SealedRecordMap(entries.filter(([key]) => key !== ROOT), SECRETS),
    root: { ...root, random: [...root.random] },
    subscriptions: new Map(),
    leaving: new Map(),
    open: new Map(),
    fanOuts: new Map(),
    failing: 0,
    byEndpoint: new Map(),
    byArn: new Map(),
    filters: new Filters(),
    pending: 0,
    retries: new DueKeys(),
    expiries: new DueKeys(),
    groups: new GroupQueues(),
    replaying: new Set(),
    archive: [],
    policy: undefined,
    logs: false,
    protection: [],
    http: DEFAULT_TOPIC_POLICY,
    timers: { retry: undefined, expiry: undefined },
  };
  readAttributes(state);
  const protection = saved.get('protection');
  if (protection !== undefined) state.protection = parseProtection(protection as string);
  for (const [key, value] of entries) index(state, key, value, options);
  const leaving = [...state.leaving].sort(([, a], [, b]) => a.of.leftAt! - b.of.leftAt!);
  state.leaving.clear();
  for (const [number, live] of leaving) state.leaving.set(number, live);
  state.timers.retry = state.retries.next();
  state.timers.expiry = state.expiries.next();
  return state;
}

function compareKeys(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function index(state: TopicState, key: string, value: Json, { limits }: MachineOptions): void {
  const id = key.slice(2);
  switch (key.slice(0, 2)) {
    case 'su':
      return addSubscription(state, value as unknown as Subscription, limits);
    case 'go':
      return void state.leaving.set(Number(key.slice(5)), liveSubscription(value as unknown as Subscription, state.http));
    case 'c:':
      return void state.open.set(Number(id), { key, message: state.records.get(`m:${id}`) as unknown as Message, left: value as number });
    case 'p:':
      return void state.fanOuts.set(Number(id), { message: Number(id), after: value as number });
    case 'r:': {
      state.failing++;
      const { at } = value as { readonly at?: EpochMs };
      if (at !== undefined) state.retries.set(key, at);
      return;
    }
    case 'f:': {
      const [subscription, message] = id.split('/').map(Number) as [number, number];
      state.groups.push(subscription, value as string, message);
      return;
    }
    case 'd:':
    case 'u:':
      return state.expiries.set(key, (value as { readonly until: EpochMs }).until);
    case 'a:':
      state.archive.push(Number(id));
      return state.expiries.set(key, archivedUntil(state, (value as { readonly time: EpochMs }).time));
  }
}

/** When a message leaves the archive. */
export function archivedUntil(state: TopicState, time: EpochMs): EpochMs {
  return time + (archiveDays(attributesOf(state)['ArchivePolicy'] ?? '{}') ?? 0) * DAY_MS;
}

export function attributesOf(state: TopicState): Attributes {
  return (state.records.get(ATTRIBUTES) ?? {}) as unknown as Attributes;
}

/** A FIFO topic counts messages and knows deduplication ids per group. */
export function isPerGroup(state: TopicState): boolean {
  return attributesOf(state)['FifoThroughputScope'] === 'MessageGroup';
}

/** Works out what follows from the topic's attributes. */
export function readAttributes(state: TopicState): void {
  const attributes = attributesOf(state);
  const { Policy, DeliveryPolicy } = attributes;
  state.logs = Object.keys(attributes).some((name) => name.endsWith('FeedbackRoleArn'));
  const policy = Policy === undefined ? undefined : parsePolicy(Policy);
  state.policy = policy && 'statements' in policy ? policy : undefined;
  const http = DeliveryPolicy === undefined ? undefined : parseTopicPolicy(DeliveryPolicy);
  state.http = http && 'retry' in http ? http : DEFAULT_TOPIC_POLICY;
}

export function subscriptionKey(number: number): string {
  return `sub:${number}`;
}

/** Where a subscription is found by what it is for. */
export function endpointKey(protocol: string, endpoint: string): string {
  return `${protocol} ${endpoint}`;
}

/** Takes a new or changed subscription into the index. */
export function addSubscription(state: TopicState, subscription: Subscription, limits: SnsLimits): void {
  const { number, arn, protocol, endpoint, attributes, pendingSince } = subscription;
  const before = state.subscriptions.get(number);
  if (before?.of.pendingSince !== undefined) state.pending--;
  state.subscriptions.set(number, liveSubscription(subscription, state.http));
  state.byEndpoint.set(endpointKey(protocol, endpoint), number);
  state.byArn.set(arn, number);
  if (subscription.replay?.at === undefined) state.replaying.delete(number);
  else state.replaying.add(number);
  const { FilterPolicy: policy, FilterPolicyScope: scope = 'MessageAttributes' } = attributes;
  const filter = policy === undefined || policy === '{}' ? undefined : parseFilter(policy, scope as FilterPolicyScope);
  state.filters.set(number, filter && !('fault' in filter) ? filter : undefined);
  if (pendingSince === undefined) return state.expiries.delete(subscriptionKey(number));
  state.pending++;
  state.expiries.set(subscriptionKey(number), pendingSince + limits.confirmationDays * DAY_MS);
}

/** Takes a subscription out of index and records. */
export function dropSubscription(state: TopicState, number: number): void {
  const live = state.subscriptions.get(number);
  if (!live) return;
  const { arn, protocol, endpoint, pendingSince } = live.of;
  if (pendingSince !== undefined) state.pending--;
  state.subscriptions.delete(number);
  state.byEndpoint.delete(endpointKey(protocol, endpoint));
  state.byArn.delete(arn);
  state.replaying.delete(number);
  state.filters.set(number, undefined);
  state.expiries.delete(subscriptionKey(number));
  state.records.delete(subscriptionKey(number));
  state.records.delete(`t:${number}`);
}

/** Begins a step. What was loaded in cipher text is opened with the first. */
export function beginStep(state: TopicState, { kms }: MachineOptions, crypto: Crypto): void {
  const { records, root, open } = state;
  if (!records.beginSealed(crypto, kms, root.arn, attributesOf(state)['KmsMasterKeyId'] || undefined)) return;
  for (const [number, message] of open) message.message = records.get(`m:${number}`) as unknown as Message;
}

/** Every record changed in a step, the root among them. */
export function topicChanges({ records, root }: TopicState): RecordChange[] {
  return [...records.changes(), [ROOT, rootRecord(root)]];
}

export function topicRecords({ records, root }: TopicState): ReadonlyMap<string, Json> {
  return new Map([...records.all(), [ROOT, rootRecord(root)]]);
}

function rootRecord(root: TopicRoot): Json {
  return { ...root, random: [...root.random] } as unknown as Json;
}

/** What one step of a topic has at hand, and what it gathers. */
export class TopicContext {
  readonly effects: Effect[] = [];
  journal: DeliveryEntry[] = [];

  constructor(
    readonly options: MachineOptions,
    readonly state: TopicState,
    readonly now: EpochMs,
    readonly crypto: Crypto,
  ) {}

  get arn(): string {
    return this.state.root.arn;
  }

  /** In whose name the topic calls. */
  get caller(): Caller & JsonObject {
    return (this.named ??= { service: 'sns.amazonaws.com', sourceArn: this.arn, account: this.options.account });
  }
  private named: (Caller & JsonObject) | undefined;

  /** Tells the directory something. */
  tellDirectory(notice: Json): void {
    this.effects.push({ type: 'notice', to: this.options.directory, notice });
  }

  /** A call whose answer changes nothing. */
  tell(to: string, request: Json): void {
    this.effects.push({ type: 'call', to, callId: `tell/${++this.state.root.calls}`, request });
  }
}
