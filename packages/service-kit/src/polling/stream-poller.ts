import { isJsonObject, jsonBytes, type Address, type Caller, type Json, type JsonObject, type Outcome, type RecordMap } from '@interstate/kernel';
import { quickCheck } from '../quick-check.ts';
import { validateRequest, type StructureShape } from '../request-validation.ts';
import { keyHash } from './key-hash.ts';
import { closesAt, EMPTY_READ_MS, holdRecord, isFull, laneWindowEnds, makeBatch } from './lane-batches.ts';
import { RECORD_PAGE, SHARD_LIST, type ReadPosition, type RecordPage, type ShardList, type SourceRecord, type SourceShard } from './record-source.ts';
import { batchRecord, emptyLanes, isEmpty, laneName, shards, shardState, streamState, updateLane, updateShard, updateStream, type BatchRecord, type GiveUpCondition, type ShardState, type StreamContext, type StreamItem, type StreamOptions } from './stream-state.ts';
import { windowAfter, type TumblingWindow } from './tumbling-window.ts';

const LIST = 'list:';
const READ = 'read:';
const COMMIT = 'commit:';
export const STREAM_TIMER = 'stream:due';
/** Nobody waits for it. */
export const STREAM_PAUSE_TIMER = 'stream:pause';
/** Most a source is asked for at once. */
const READ_AT_ONCE = 10_000;
/** Between two looks for new shards, likewise. */
const LIST_MS = 60_000;
/** Failures in a row after which nobody waits for a source, or for a batch that is tried for ever. */
const PATIENCE = 10;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;

/** Why the source could not be asked the last time; undefined where it could. `fatal`: it never could. */
export function streamProblem(records: RecordMap): { readonly reason: string; readonly fatal: boolean } | undefined {
  const { problem, hasListed } = streamState({ records });
  return problem === null ? undefined : { reason: problem, fatal: !hasListed };
}

/** True until the source has told its shards, or why it cannot. */
export function awaitsShards(records: RecordMap): boolean {
  const { reading, hasListed, problem } = streamState({ records });
  return reading && !hasListed && problem === null;
}

/** How many batches are in work. */
export function openStreamBatches(records: RecordMap): number {
  return streamState({ records }).inWork;
}

/** A batch in work: its items, and the attempts that failed; undefined where there is no such batch. */
export function streamBatch(records: RecordMap, batch: number): { readonly items: readonly StreamItem[]; readonly failures: number } | undefined {
  const record = batchRecord({ records }, batch);
  return record?.inWork ? record : undefined;
}

/** The tumbling window of a batch in work; undefined where it has none. */
export function streamWindow(records: RecordMap, batch: number, { tumblingWindowMs }: StreamOptions): TumblingWindow | undefined {
  const record = batchRecord({ records }, batch);
  if (!record?.window || tumblingWindowMs === undefined) return undefined;
  const { window, shard: shardId, lane } = record;
  const { state = {} } = (records.get(`shard:${shardId}`) as unknown as ShardState).lanes[lane]!.window ?? {};
  return { ...window, endsAt: window.startsAt + tumblingWindowMs, state, shardId };
}

/** Begins or goes on to read, from where it was. */
export function startReading(context: StreamContext, options: StreamOptions): void {
  updateStream(context, { reading: true, listAt: null, listFailures: 0, problem: null });
  for (const shard of shards(context)) {
    const lanes = options.tumblingWindowMs === undefined ? shard.lanes.map((lane) => ({ ...lane, window: null })) : shard.lanes;
    if (!shard.done) updateShard(context, shard, { readAt: null, lanes: isEmpty({ ...shard, lanes }) ? emptyLanes(options) : lanes });
  }
  goOn(context, options);
}

/** Withdraws what is asked of the source. Batches in work go on; what is held waits for the next start. */
export function stopReading(context: StreamContext, options: StreamOptions): void {
  const { listing } = streamState(context);
  if (listing > 0) context.effects.push({ type: 'cancel', callId: LIST + listing });
  updateStream(context, { reading: false, listing: 0, listAt: null });
  for (const shard of shards(context)) {
    if (shard.receiving > 0) context.effects.push({ type: 'cancel', callId: readCall(shard.receiving, shard.id) });
    if (shard.receiving > 0 || shard.readAt !== null) updateShard(context, shard, { receiving: 0, readAt: null });
  }
  goOn(context, options);
}

/** Takes the answer to a call of the reader. False: the call was none of its. */
export function streamAnswered(context: StreamContext, options: StreamOptions, callId: string, outcome: Outcome): boolean {
  if (callId.startsWith(COMMIT)) return true;
  if (callId.startsWith(LIST)) {
    if (callId === LIST + streamState(context).listing) listed(context, options, outcome);
  } else if (callId.startsWith(READ)) {
    const shard = shardState(context, callId.slice(callId.indexOf(':', READ.length) + 1));
    if (shard && callId === readCall(shard.receiving, shard.id)) read(context, options, shard, outcome);
  } else return false;
  goOn(context, options);
  return true;
}

/** True where the timer was one of the reader's. */
export function streamTimer(context: StreamContext, options: StreamOptions, key: string): boolean {
  if (key !== STREAM_TIMER && key !== STREAM_PAUSE_TIMER) return false;
  goOn(context, options);
  return true;
}

/**
 * Takes what came of a batch. From the first record that failed on all come again: after a while; halved, where batches are; or not,
 * where no attempt is left. @param failed places in the batch; any, where a batch without records failed.
 * @param settle told of the places that come again. @param state what the batch leaves to its tumbling window
 */
export function finishStreamBatch(context: StreamContext, options: StreamOptions, batch: number, failed: ReadonlySet<number>, settle: (again: ReadonlySet<number>) => void, state?: JsonObject): void {
  const record = batchRecord(context, batch)!;
  const { items, failures } = record;
  const first = failed.size === 0 ? items.length : Math.min(items.length, ...failed);
  const rest = sliced(record, first, items.length);
  let next: readonly BatchRecord[] = [];
  if (failed.size > 0) {
    const divides = options.bisects && (first > 0 || rest.items.length > 1);
    const made = failures + 1;
    if (divides) next = first > 0 ? [rest] : halves(rest);
    else if (options.maximumRetries !== null && made > options.maximumRetries) giveUp(context, rest.items, record.shard, 'RetryAttemptsExhausted', made);
    else next = [{ ...rest, failures: made, dueAt: context.now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(made - 1, 20)) }];
  }
  // A batch that failed from its first record on has made nothing of its window.
  replaceBatch(context, batch, record, next, failed.size === 0 || first > 0 ? state : undefined);
  settle(new Set(next.length > 0 ? items.flatMap((_, place) => (place >= first ? place : [])) : []));
  const dealtWith = next.length > 0 ? first : items.length;
  commit(context, options, record.shard, items[dealtWith - 1]);
  goOn(context, options);
}

function giveUp(context: StreamContext, items: readonly StreamItem[], shardId: string, condition: GiveUpCondition, attempts: number): void {
  if (items.length > 0) context.givenUp(items, shardId, condition, attempts);
}

/** Only what has the last record ends the window. */
function sliced(record: BatchRecord, from: number, to: number): BatchRecord {
  const window = record.window && { ...record.window, isFinal: record.window.isFinal && to === record.items.length };
  return { ...record, items: record.items.slice(from, to), records: record.records.slice(from, to), inWork: false, ...(window && { window }) };
}

function halves(record: BatchRecord): readonly BatchRecord[] {
  const middle = record.items.length >> 1;
  return [sliced(record, 0, middle), sliced(record, middle, record.items.length)];
}

/** Puts batches in the place of one. @param state what it leaves to its window */
function replaceBatch(context: StreamContext, batch: number, { shard: id, lane, inWork, window: ofBatch }: BatchRecord, next: readonly BatchRecord[], state?: JsonObject): void {
  context.records.delete(`batch:${batch}`);
  if (inWork) updateStream(context, { inWork: streamState(context).inWork - 1 });
  const numbers = next.map((record) => {
    const { made } = updateStream(context, { made: streamState(context).made + 1 });
    context.records.set(`batch:${made}`, record as unknown as Json);
    return made;
  });
  const shard = shardState(context, id)!;
  const { batches, window } = shard.lanes[lane]!;
  updateLane(context, shard, lane, { batches: batches.flatMap((number) => (number === batch ? numbers : number)), window: ofBatch ? windowAfter(window, ofBatch, next.length === 0, state) : window });
}

function commit(context: StreamContext, { commits, address, channel, caller }: StreamOptions, ShardId: string, last: StreamItem | undefined): void {
  if (!commits || !last) return;
  ask(context, address, caller, COMMIT, 'Commit', { ...channel, ShardId, SequenceNumber: last.id });
}

function ask(context: StreamContext, to: Address, caller: Caller, prefix: string, action: string, input: JsonObject, suffix = ''): number {
  const { calls } = updateStream(context, { calls: streamState(context).calls + 1 });
  context.effects.push({ type: 'call', to, callId: prefix + calls + suffix, request: { action, input, caller } as unknown as Json });
  return calls;
}

function readCall(number: number, shardId: string): string {
  return `${READ}${number}:${shardId}`;
}

/** What a source answered, or why it cannot be used. */
function readAnswer<T>(shape: StructureShape, looksRight: (value: JsonObject) => boolean, outcome: Outcome): T | string {
  if (!outcome.ok) return `${outcome.error.Error ?? 'Error'}: ${outcome.error.Cause ?? ''}`;
  const { value } = outcome;
  if (isJsonObject(value) && looksRight(value)) return value as unknown as T;
  const fault = validateRequest(shape, value);
  return fault ? `The source's answer cannot be used: ${fault.message}` : (value as unknown as T);
}

const isShardList = quickCheck(SHARD_LIST);
const isRecordPage = quickCheck(RECORD_PAGE);

function failedMs(failures: number): number {
  return Math.min(60_000, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
}

function listed(context: StreamContext, options: StreamOptions, outcome: Outcome): void {
  const state = streamState(context);
  const list = readAnswer<ShardList>(SHARD_LIST, isShardList, outcome);
  if (typeof list === 'string') {
    const listFailures = state.listFailures + 1;
    updateStream(context, { listing: 0, listFailures, listAt: context.now + failedMs(listFailures), problem: list });
    return;
  }
  const { Shards, RetentionSeconds } = list;
  const fresh = [...new Map(Shards.map((shard) => [shard.ShardId, shard])).values()].filter(({ ShardId }) => !shardState(context, ShardId));
  for (const shard of fresh) open(context, options, shard, state.hasListed);
  updateStream(context, {
    shardIds: [...state.shardIds, ...fresh.map(({ ShardId }) => ShardId)],
    listing: 0,
    listFailures: 0,
    hasListed: true,
    problem: null,
    listAt: fresh.length > 0 ? null : context.now + LIST_MS,
    retentionMs: RetentionSeconds === undefined ? options.retentionMs : RetentionSeconds * 1000,
  });
}

/** @param late it came after reading had begun: nothing of it was read before */
function open(context: StreamContext, options: StreamOptions, { ShardId, ParentShardIds = [] }: SourceShard, late: boolean): void {
  const { startingPosition } = options;
  const isLatest = 'StartingPosition' in startingPosition && startingPosition.StartingPosition === 'LATEST';
  const position: ReadPosition = late && isLatest ? { StartingPosition: 'TRIM_HORIZON' } : startingPosition;
  const shard: ShardState = { id: ShardId, parents: ParentShardIds, position, receiving: 0, asked: 0, askedAt: 0, behind: false, readAt: null, failures: 0, closed: false, done: false, lanes: emptyLanes(options) };
  context.records.set(`shard:${ShardId}`, shard as unknown as Json);
}

function read(context: StreamContext, options: StreamOptions, given: ShardState, outcome: Outcome): void {
  const page = readAnswer<RecordPage>(RECORD_PAGE, isRecordPage, outcome);
  if (typeof page === 'string') {
    const failures = given.failures + 1;
    updateStream(context, { problem: page });
    updateShard(context, given, { receiving: 0, failures, readAt: context.now + failedMs(failures) });
    return;
  }
  const { Records, AfterSequenceNumber = Records.at(-1)?.SequenceNumber, Closed = false } = page;
  const hasMoved = AfterSequenceNumber !== undefined && !('AfterSequenceNumber' in given.position && given.position.AfterSequenceNumber === AfterSequenceNumber);
  if (streamState(context).problem !== null) updateStream(context, { problem: null });
  let shard = updateShard(context, given, {
    receiving: 0,
    failures: 0,
    closed: Closed,
    behind: !Closed && Records.length >= given.asked,
    readAt: hasMoved || Closed ? null : context.now + EMPTY_READ_MS,
    ...(AfterSequenceNumber !== undefined && { position: { AfterSequenceNumber } }),
  });
  context.polled?.(Records.length);
  for (const record of Records) shard = hold(context, options, shard, record);
}

function hold(context: StreamContext, options: StreamOptions, shard: ShardState, record: SourceRecord): ShardState {
  const event = options.event(record, shard.id);
  const lane = shard.lanes.length === 1 ? 0 : keyHash(record.Key ?? record.SequenceNumber) % shard.lanes.length;
  const item: StreamItem = { id: record.SequenceNumber, alias: String(event['eventID'] ?? `${shard.id}:${record.SequenceNumber}`), group: laneName(shard.id, lane), arrivedAt: record.Timestamp, bytes: jsonBytes(event) };
  if (options.matches && !options.matches(event)) {
    context.filtered(item);
    // What lies before it may not be dealt with yet; then it is committed with that.
    if (isEmpty(shard)) commit(context, options, shard.id, item);
    return shard;
  }
  const { next, windowEnds } = shard.lanes[lane]!;
  holdRecord(context, shard.id, lane, next, { item, event });
  return updateLane(context, shard, lane, { next: next + 1, windowEnds: windowEnds ?? context.now + options.windowMs });
}

/** Makes batches, puts them to work, asks for more where there is room, and sets the timers. */
function goOn(context: StreamContext, options: StreamOptions): void {
  const { reading } = streamState(context);
  const ready: number[] = [];
  for (const { id, lanes } of inTurn(context, options)) {
    lanes.forEach((_, lane) => ready.push(...advanceLane(context, options, id, lane, reading)));
    finishShard(context, id);
  }
  if (reading) askForMore(context, options);
  setTimers(context, options);
  // All is saved: what a batch brings on at once finds the state as it is.
  for (const batch of ready) context.dispatch(batch, batchRecord(context, batch)!.records);
}

/** The shards: where not all may have a batch in work, another one comes first each time. */
function inTurn(context: StreamContext, { maximumBatches }: StreamOptions): readonly ShardState[] {
  const all = shards(context);
  if (maximumBatches === undefined || all.length === 0) return all;
  const first = streamState(context).made % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** The batch that is to be put to work now, where there is one. */
function advanceLane(context: StreamContext, options: StreamOptions, id: string, index: number, reading: boolean): readonly number[] {
  if (!reading) return [];
  for (;;) {
    const shard = shardState(context, id)!;
    const lane = shard.lanes[index]!;
    const [head] = lane.batches;
    if (head === undefined) {
      if (!isFull(context, options, shard, index)) return [];
      makeBatch(context, options, shard, index);
      continue;
    }
    const record = batchRecord(context, head)!;
    if (record.inWork || record.dueAt > context.now) return [];
    const oldest = context.now - maximumAgeMs(context, options);
    // The end of a window that nobody wants to hear of any more.
    if (record.items.length === 0 && (options.tumblingWindowMs === undefined || record.window!.startsAt + options.tumblingWindowMs < oldest)) {
      replaceBatch(context, head, record, []);
      continue;
    }
    const expired = record.items.filter(({ arrivedAt }) => arrivedAt < oldest);
    if (expired.length === 0) {
      if (streamState(context).inWork >= (options.maximumBatches ?? Infinity)) return [];
      context.records.set(`batch:${head}`, { ...record, inWork: true } as unknown as Json);
      updateStream(context, { inWork: streamState(context).inWork + 1 });
      return [head];
    }
    const left = [...record.items.keys()].filter((place) => record.items[place]!.arrivedAt >= oldest);
    const rest: BatchRecord = { ...record, items: left.map((place) => record.items[place]!), records: left.map((place) => record.records[place]!) };
    giveUp(context, expired, id, 'RecordAgeExceeded', record.failures);
    replaceBatch(context, head, record, left.length > 0 ? [rest] : []);
    commit(context, options, id, left.length > 0 ? undefined : expired.at(-1));
  }
}

function maximumAgeMs(context: StreamContext, { maximumAgeMs: asked, retentionMs }: StreamOptions): number {
  return Math.min(asked ?? Infinity, (streamState(context).hasListed ? streamState(context).retentionMs : retentionMs) ?? Infinity);
}

function finishShard(context: StreamContext, id: string): void {
  const shard = shardState(context, id)!;
  if (shard.closed && !shard.done && isEmpty(shard)) updateShard(context, shard, { done: true });
}

function askForMore(context: StreamContext, options: StreamOptions): void {
  const { now } = context;
  const { address, channel, caller, batchSize, parallelization } = options;
  const state = streamState(context);
  if (state.listing === 0 && (state.listAt === null || state.listAt <= now)) {
    const KnownShardIds = shards(context).map(({ id }) => id);
    const listing = ask(context, address, caller, LIST, 'ListShards', { ...channel, KnownShardIds });
    updateStream(context, { listing, listAt: null });
  }
  const room = batchSize * parallelization;
  for (const shard of shards(context)) {
    if (shard.closed || shard.receiving > 0 || (shard.readAt !== null && shard.readAt > now)) continue;
    if (shard.parents.some((parent) => shardState(context, parent)?.done === false)) continue;
    const held = shard.lanes.reduce((sum, { first, next }) => sum + next - first, 0);
    if (held >= room) continue;
    const asked = Math.min(READ_AT_ONCE, room - held);
    const receiving = ask(context, address, caller, READ, 'GetRecords', { ...channel, ShardId: shard.id, Limit: asked, ...shard.position }, `:${shard.id}`);
    updateShard(context, shard, { receiving, asked, askedAt: now, readAt: null });
  }
}

function setTimers(context: StreamContext, options: StreamOptions): void {
  const { now, records, effects } = context;
  const state = streamState(context);
  const due: number[] = [];
  const pauses: number[] = [];
  if (state.reading) {
    const isBounded = options.maximumRetries !== null || maximumAgeMs(context, options) < Infinity;
    if (state.listAt !== null) (state.listFailures === 0 || state.listFailures > PATIENCE ? pauses : due).push(state.listAt);
    for (const shard of shards(context)) {
      const { readAt, failures, closed, done, lanes } = shard;
      if (done) continue;
      if (readAt !== null && !closed) (failures === 0 || failures > PATIENCE ? pauses : due).push(readAt);
      for (const [index, { windowEnds, first, next, batches }] of lanes.entries()) {
        const endsAt = laneWindowEnds(context, options, shard, index);
        const head = batches[0] === undefined ? undefined : batchRecord({ records }, batches[0])!;
        if (!head && next > first && windowEnds !== null) due.push(windowEnds);
        if (!head && endsAt !== undefined && closesAt(shard, endsAt) < Infinity) due.push(closesAt(shard, endsAt));
        // What is tried for ever keeps no run alive.
        if (head && !head.inWork) (isBounded || head.failures <= PATIENCE ? due : pauses).push(head.dueAt);
      }
    }
  }
  const set = (key: string, times: readonly number[], housekeeping: boolean): void => {
    const at = Math.max(now, Math.min(...times));
    const before = records.get(key) as number | undefined;
    if (times.length === 0) {
      if (before === undefined) return;
      records.delete(key);
      effects.push({ type: 'clearTimer', key });
    } else if (before !== at || at <= now) {
      records.set(key, at);
      effects.push(housekeeping ? { type: 'timer', key, at, housekeeping } : { type: 'timer', key, at });
    }
  };
  set(STREAM_TIMER, due, false);
  set(STREAM_PAUSE_TIMER, pauses, true);
}
