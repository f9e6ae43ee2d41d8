import { nextUuid, RecordMap, type ApiRequest, type Crypto, type DeliveryEntry, type Effect, type EpochMs, type Json, type JsonObject, type RandomState, type RecordChange, type ReplyTo } from '@interstate/kernel';
import { DueKeys } from './due.ts';
import type { MachineOptions } from './options.ts';
import { SortedKeys } from './sorted-keys.ts';

export interface DirectoryRoot {
  random: RandomState;
  /** Names what is counted: calls, subscriptions. */
  next: number;
  /** Topics have been told that there are all filter policies that there may be. */
  filtersFull: boolean;
}

/** A subscription, as its topic has told of it. */
export interface ListedSubscription {
  readonly topicArn: string;
  /** In its topic. */
  readonly number: number;
  readonly summary: JsonObject;
}

const ROOT = 'root';

/**
 * The directory's records: `root`; `topic:<name>`; `sub:<order>`, subscriptions of all topics; `filters:<name>`, how many filter policies a topic has; `relay:<call>`, whom an answer is
 * for; `app:<arn>` and `endpoint:<arn>` of mobile push; `sms`, the account's SMS attributes; `spend`, what SMS have cost in a
 * month; `out:<phone>` and `in:<phone>`, who wants none and who was opted in; `sandbox:<phone>`; `send:<number>`, what has been
 * published to a phone number or an endpoint and has not arrived.
 */
export interface DirectoryState {
  readonly records: RecordMap;
  readonly root: DirectoryRoot;
  readonly topics: SortedKeys<string>;
  fifoTopics: number;
  readonly subscriptions: SortedKeys<number>;
  /** Orders by topic and number there. */
  readonly orders: Map<string, Map<number, number>>;
  /** Of all topics. */
  filterPolicies: number;
  readonly applications: SortedKeys<string>;
  readonly endpoints: Map<string, SortedKeys<string>>;
  /** ARNs by application and device token. */
  readonly byToken: Map<string, string>;
  readonly optedOut: SortedKeys<string>;
  readonly sandbox: SortedKeys<string>;
  readonly retries: DueKeys;
  readonly timer: { at: EpochMs | undefined };
}

export function loadDirectory(saved: ReadonlyMap<string, Json>): DirectoryState {
  const root = (saved.get(ROOT) ?? { random: [1, 0, 0, 0], next: 0, filtersFull: false }) as unknown as DirectoryRoot;
  const state: DirectoryState = {
    records: new RecordMap([...saved].filter(([key]) => key !== ROOT)),
    root: { ...root, random: [...root.random] },
    topics: new SortedKeys(),
    fifoTopics: 0,
    subscriptions: new SortedKeys(),
    orders: new Map(),
    filterPolicies: 0,
    applications: new SortedKeys(),
    endpoints: new Map(),
    byToken: new Map(),
    optedOut: new SortedKeys(),
    sandbox: new SortedKeys(),
    retries: new DueKeys(),
    timer: { at: undefined },
  };
  for (const [key, value] of state.records.all()) indexRecord(state, key, value);
  state.timer.at = state.retries.next();
  return state;
}

/** Takes a record into the lists. */
function indexRecord(state: DirectoryState, key: string, value: Json): void {
  const colon = key.indexOf(':');
  const id = key.slice(colon + 1);
  switch (key.slice(0, colon)) {
    case 'topic':
      state.topics.add(id);
      if (id.endsWith('.fifo')) state.fifoTopics++;
      return;
    case 'sub': {
      const { topicArn, number } = value as unknown as ListedSubscription;
      state.subscriptions.add(Number(id));
      let ofTopic = state.orders.get(topicArn);
      if (!ofTopic) state.orders.set(topicArn, (ofTopic = new Map()));
      ofTopic.set(number, Number(id));
      return;
    }
    case 'filters':
      state.filterPolicies += value as number;
      return;
    case 'app':
      return state.applications.add(id);
    case 'endpoint': {
      const { applicationArn, token } = value as unknown as PlatformEndpoint;
      let ofApplication = state.endpoints.get(applicationArn);
      if (!ofApplication) state.endpoints.set(applicationArn, (ofApplication = new SortedKeys()));
      ofApplication.add(id);
      return void state.byToken.set(`${applicationArn} ${token}`, id);
    }
    case 'out':
      return state.optedOut.add(id);
    case 'sandbox':
      return state.sandbox.add(id);
    case 'send': {
      const { at } = value as { readonly at?: EpochMs };
      if (at !== undefined) state.retries.set(key, at);
    }
  }
}

/** A record of a list, new or changed. */
export function keepRecord(state: DirectoryState, key: string, value: Json): void {
  if (!state.records.has(key)) {
    state.records.set(key, value);
    return indexRecord(state, key, value);
  }
  state.records.set(key, value);
}

/** A topic has so many filter policies now. */
export function noteFilters(state: DirectoryState, topicArn: string, count: number): void {
  const key = `filters:${nameOf(topicArn)}`;
  state.filterPolicies += count - ((state.records.get(key) as number | undefined) ?? 0);
  if (count > 0) state.records.set(key, count);
  else state.records.delete(key);
}

function nameOf(topicArn: string): string {
  return topicArn.slice(topicArn.lastIndexOf(':') + 1);
}

/** A topic is no more, and nothing of its subscriptions. */
export function forgetTopic(state: DirectoryState, topicArn: string): void {
  const name = nameOf(topicArn);
  if (!state.records.has(`topic:${name}`)) return;
  noteFilters(state, topicArn, 0);
  state.records.delete(`topic:${name}`);
  state.topics.delete(name);
  if (name.endsWith('.fifo')) state.fifoTopics--;
  for (const number of [...(state.orders.get(topicArn)?.keys() ?? [])]) forgetSubscription(state, topicArn, number);
}

export function forgetSubscription(state: DirectoryState, topicArn: string, number: number): void {
  const ofTopic = state.orders.get(topicArn);
  const order = ofTopic?.get(number);
  if (!ofTopic || order === undefined) return;
  ofTopic.delete(number);
  if (ofTopic.size === 0) state.orders.delete(topicArn);
  state.subscriptions.delete(order);
  state.records.delete(`sub:${order}`);
}

/** A device that an app runs on. */
export interface PlatformEndpoint {
  readonly applicationArn: string;
  readonly token: string;
  /** `Enabled`, `CustomUserData`. */
  readonly attributes: Readonly<Record<string, string>>;
}

function rootRecord(root: DirectoryRoot): Json {
  return { ...root, random: [...root.random] };
}

export function directoryChanges({ records, root }: DirectoryState): RecordChange[] {
  return [...records.changes(), [ROOT, rootRecord(root)]];
}

export function directoryRecords({ records, root }: DirectoryState): ReadonlyMap<string, Json> {
  return new Map<string, Json>([...records.all(), [ROOT, rootRecord(root)]]);
}

/** What one step of the directory has at hand, and what it gathers. */
export class DirectoryContext {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];

  constructor(
    readonly options: MachineOptions,
    readonly state: DirectoryState,
    readonly now: EpochMs,
    readonly crypto: Crypto,
    /** Who asked, where somebody did. */
    public replyTo: ReplyTo | undefined,
  ) {}

  uuid(): string {
    return nextUuid(this.state.root.random);
  }

  number(): number {
    return ++this.state.root.next;
  }

  /** Calls somebody whose answer is the answer to the call under way. */
  relay(to: string, request: ApiRequest & JsonObject): void {
    const callId = `relay:${this.number()}`;
    this.state.records.set(callId, { replyTo: this.replyTo as unknown as Json, request });
    this.effects.push({ type: 'call', to, callId, request });
  }

  /** A call whose answer changes nothing. */
  tell(to: string, request: Json): void {
    this.effects.push({ type: 'call', to, callId: `tell:${this.number()}`, request });
  }
}
