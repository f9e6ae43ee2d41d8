import { isJsonObject, jsonBytes, type Caller, type Effect, type EpochMs, type Json, type JsonObject, type Outcome, type RecordMap } from '@interstate/kernel';
import { firstConcurrency, nextConcurrency, USUAL_SCALING, type Concurrency, type Scaling } from './concurrency.ts';
import type { BatchItem } from './partial-failure.ts';
import { sqsRecord, type PolledQueue } from './sqs-record.ts';

/*
 * Records, beside those of the machine that polls:
 *   poll            what is going on: PollState
 *   gathered:<n>    a record that waits for its batch to fill
 *   batch:<n>       what is in work, or waits for its turn: BatchRecord
 */

export interface PollerOptions {
  readonly queue: PolledQueue;
  /** In whose name the queue is asked. */
  readonly caller: Caller;
  /** 1 to 10, to 10,000 with a window. */
  readonly batchSize: number;
  /** How long a batch is gathered, counted from its first record; 0 takes what one receive brings. */
  readonly windowMs: number;
  /** How many batches are in work at once. Default: as Lambda has it. */
  readonly scaling?: Scaling;
  /** Batches are cut where their records would take more than this. */
  readonly maximumBytes: number;
  /** Records that do not match are deleted. Default: all do. */
  readonly matches?: (record: JsonObject) => boolean;
}

/** A record of a batch, so that it can be deleted. */
export interface PolledItem extends BatchItem {
  readonly receiptHandle: string;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
}

/** What a step of the poller may draw on. */
export interface PollContext {
  readonly now: EpochMs;
  readonly records: RecordMap;
  readonly effects: Effect[];
  /** Puts a batch to work: {@link finishBatch} must follow, now or later. */
  readonly dispatch: (batch: number, records: readonly JsonObject[]) => void;
  /** Told how many records the source has brought. */
  readonly polled?: (count: number) => void;
  /** Told of a message that a filter has kept back, after it is gone. */
  readonly filtered: (item: PolledItem) => void;
}

interface PollState {
  readonly polling: boolean;
  /** Number of the receive that stands; 0: none. */
  readonly receiving: number;
  readonly calls: number;
  /** Numbers of the gathered records: from the first, up to the next. */
  readonly first: number;
  readonly next: number;
  readonly bytes: number;
  readonly windowEnds: EpochMs | null;
  /** Numbers of the last batch made, and of the last put to work. */
  readonly made: number;
  readonly begun: number;
  readonly inWork: number;
  readonly concurrency: Concurrency;
  /** Receives failed: not before. */
  readonly pausedUntil: EpochMs | null;
  /** Why the last receive failed. */
  readonly problem: string | null;
}

interface BatchRecord {
  readonly items: readonly PolledItem[];
  /** Only until it is put to work. */
  readonly records?: readonly JsonObject[];
}

const POLL = 'poll';
const RECEIVE = 'receive:';
const DELETE = 'delete:';
export const WINDOW_TIMER = 'poll:window';
export const RISE_TIMER = 'poll:rise';
export const PAUSE_TIMER = 'poll:pause';
/** Most a queue takes and gives at once. */
const AT_ONCE = 10;
/** After a receive that failed; the queue may be back by then. */
const PAUSE_MS = 20_000;

function stateOf({ records }: PollContext, options: PollerOptions): PollState {
  const saved = records.get(POLL) as unknown as PollState | undefined;
  const { scaling = USUAL_SCALING } = options;
  return saved ?? { polling: false, receiving: 0, calls: 0, first: 1, next: 1, bytes: 0, windowEnds: null, made: 0, begun: 0, inWork: 0, concurrency: firstConcurrency(scaling), pausedUntil: null, problem: null };
}

/** Why the queue could not be asked the last time; undefined where it could. */
export function pollProblem(records: RecordMap): string | undefined {
  return (records.get(POLL) as unknown as PollState | undefined)?.problem ?? undefined;
}

/** How many batches are in work or wait for their turn. */
export function openBatches(records: RecordMap): number {
  const state = records.get(POLL) as unknown as PollState | undefined;
  return state ? state.inWork + state.made - state.begun : 0;
}

/** The items of a batch in work; undefined where there is no such batch. */
export function batchItems(records: RecordMap, batch: number): readonly PolledItem[] | undefined {
  return (records.get(`batch:${batch}`) as unknown as BatchRecord | undefined)?.items;
}

/** Begins or goes on to poll, by what the options say now. */
export function startPolling(context: PollContext, options: PollerOptions): void {
  goOn(context, options, { ...stateOf(context, options), polling: true, pausedUntil: null });
}

/** Withdraws the receive that stands. What is gathered makes a batch; batches in work go on. */
export function stopPolling(context: PollContext, options: PollerOptions): void {
  const state = { ...stateOf(context, options), polling: false };
  if (state.receiving > 0) context.effects.push({ type: 'cancel', callId: RECEIVE + state.receiving });
  if (state.pausedUntil !== null) context.effects.push({ type: 'clearTimer', key: PAUSE_TIMER });
  goOn(context, options, closeGathered(context, { ...state, receiving: 0, pausedUntil: null }));
}

/** Takes the answer to a call of the poller. False: the call was none of its. */
export function pollAnswered(context: PollContext, options: PollerOptions, callId: string, outcome: Outcome): boolean {
  // A message that could not be deleted comes back.
  if (callId.startsWith(DELETE)) return true;
  if (!callId.startsWith(RECEIVE)) return false;
  const state = stateOf(context, options);
  if (callId !== RECEIVE + state.receiving) return true;
  const messages = outcome.ok && isJsonObject(outcome.value) ? ((outcome.value['Messages'] ?? []) as readonly JsonObject[]) : [];
  const answered: PollState = { ...state, receiving: 0, problem: outcome.ok ? null : `${outcome.error.Error ?? 'Error'}: ${outcome.error.Cause ?? ''}` };
  if (messages.length === 0) return goOn(context, options, pause(context, answered));
  goOn(context, options, take(context, options, answered, messages));
  return true;
}

/** True where the timer was one of the poller's. */
export function pollTimer(context: PollContext, options: PollerOptions, key: string): boolean {
  const state = stateOf(context, options);
  if (key === WINDOW_TIMER) return goOn(context, options, state.windowEnds === null ? state : closeGathered(context, state));
  if (key === PAUSE_TIMER) return goOn(context, options, { ...state, pausedUntil: null });
  return key === RISE_TIMER && goOn(context, options, state);
}

/** Deletes what was dealt with; what failed becomes visible again by itself. @param failed places in the batch */
export function finishBatch(context: PollContext, options: PollerOptions, batch: number, failed: ReadonlySet<number>): void {
  const items = batchItems(context.records, batch);
  if (!items) return;
  context.records.delete(`batch:${batch}`);
  const state = stateOf(context, options);
  const next = deleteMessages(context, options, state, items.filter((_, index) => !failed.has(index)));
  goOn(context, options, { ...next, inWork: state.inWork - 1 });
}

/** Puts waiting batches to work, asks for more where there is room, and saves the state. */
function goOn(context: PollContext, options: PollerOptions, given: PollState): true {
  const { effects, records, now } = context;
  let state = given;
  const { scaling = USUAL_SCALING } = options;
  const adjust = (): void => {
    const concurrency = nextConcurrency(state.concurrency, state.inWork, now, scaling);
    if (concurrency.risesAt !== state.concurrency.risesAt) {
      // Batches in work bring things on themselves: nobody waits for more of them.
      effects.push(concurrency.risesAt === null ? { type: 'clearTimer', key: RISE_TIMER } : { type: 'timer', key: RISE_TIMER, at: concurrency.risesAt, housekeeping: true });
    }
    state = { ...state, concurrency };
  };
  adjust();
  while (state.begun < state.made && state.inWork < state.concurrency.limit) {
    const batch = state.begun + 1;
    const { items, records: waiting = [] } = records.get(`batch:${batch}`) as unknown as BatchRecord;
    records.set(`batch:${batch}`, { items } as unknown as Json);
    records.set(POLL, { ...state, begun: batch, inWork: state.inWork + 1 } as unknown as Json);
    context.dispatch(batch, waiting);
    // A batch may be done at once.
    state = stateOf(context, options);
    adjust();
  }
  if (state.polling && state.receiving === 0 && state.pausedUntil === null && state.begun === state.made && state.inWork < state.concurrency.limit) {
    const calls = state.calls + 1;
    const { queue, caller, batchSize } = options;
    const input = { QueueUrl: queue.url, MaxNumberOfMessages: Math.min(AT_ONCE, batchSize - (state.next - state.first)), MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] };
    effects.push({ type: 'call', to: queue.arn, callId: RECEIVE + calls, request: { action: 'ReceiveMessage', input, caller } as unknown as Json });
    state = { ...state, calls, receiving: calls };
  }
  records.set(POLL, state as unknown as Json);
  return true;
}

function pause(context: PollContext, state: PollState): PollState {
  const pausedUntil = context.now + PAUSE_MS;
  context.effects.push({ type: 'timer', key: PAUSE_TIMER, at: pausedUntil, housekeeping: true });
  return { ...state, pausedUntil };
}

/** Sorts out what a receive has brought: away with what does not match, the rest into batches. */
function take(context: PollContext, options: PollerOptions, given: PollState, messages: readonly JsonObject[]): PollState {
  const { queue, windowMs, batchSize, maximumBytes, matches } = options;
  let state = given;
  const unwanted: PolledItem[] = [];
  context.polled?.(messages.length);
  for (const message of messages) {
    const record = sqsRecord(message, queue);
    if (matches && !matches(record)) {
      unwanted.push(itemOf(record));
      continue;
    }
    const bytes = jsonBytes(record);
    if (state.next > state.first && state.bytes + bytes > maximumBytes) state = closeGathered(context, state);
    context.records.set(`gathered:${state.next}`, record);
    state = { ...state, next: state.next + 1, bytes: state.bytes + bytes };
  }
  const count = state.next - state.first;
  if (count > 0 && (windowMs === 0 || count >= batchSize)) state = closeGathered(context, state);
  else if (count > 0 && state.windowEnds === null) {
    const windowEnds = context.now + windowMs;
    context.effects.push({ type: 'timer', key: WINDOW_TIMER, at: windowEnds });
    state = { ...state, windowEnds };
  }
  if (unwanted.length === 0) return state;
  state = deleteMessages(context, options, state, unwanted);
  unwanted.forEach(context.filtered);
  return state;
}

/** Makes a batch of what is gathered. */
function closeGathered(context: PollContext, state: PollState): PollState {
  const { first, next, windowEnds } = state;
  if (windowEnds !== null) context.effects.push({ type: 'clearTimer', key: WINDOW_TIMER });
  if (first === next) return { ...state, windowEnds: null };
  const records: JsonObject[] = [];
  for (let number = first; number < next; number++) {
    records.push(context.records.get(`gathered:${number}`) as JsonObject);
    context.records.delete(`gathered:${number}`);
  }
  const made = state.made + 1;
  const batch: BatchRecord = { items: records.map(itemOf), records };
  context.records.set(`batch:${made}`, batch as unknown as Json);
  return { ...state, made, first: next, bytes: 0, windowEnds: null };
}

function itemOf(record: JsonObject): PolledItem {
  const { messageId, receiptHandle, attributes, eventSourceARN } = record as unknown as { messageId: string; receiptHandle: string; attributes: Readonly<Record<string, string>>; eventSourceARN: string };
  const group = eventSourceARN.endsWith('.fifo') ? attributes['MessageGroupId'] : undefined;
  return { id: messageId, receiptHandle, receiveCount: Number(attributes['ApproximateReceiveCount'] ?? 1), ...(group !== undefined && { group }) };
}

function deleteMessages({ effects }: PollContext, { queue, caller }: PollerOptions, state: PollState, items: readonly PolledItem[]): PollState {
  let { calls } = state;
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const Entries = items.slice(from, from + AT_ONCE).map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    effects.push({ type: 'call', to: queue.arn, callId: DELETE + ++calls, request: { action: 'DeleteMessageBatch', input: { QueueUrl: queue.url, Entries }, caller } as unknown as Json });
  }
  return { ...state, calls };
}
