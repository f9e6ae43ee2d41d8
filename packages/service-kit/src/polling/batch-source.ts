import type { JsonObject, Outcome } from '@interstate/kernel';
import type { BatchItem } from './partial-failure.ts';
import { batchItems, finishBatch, openBatches, pollAnswered, pollProblem, pollTimer, startPolling, stopPolling, type PollContext, type PolledItem, type PollerOptions } from './queue-poller.ts';
import { awaitsShards, finishStreamBatch, openStreamBatches, startReading, stopReading, streamAnswered, streamBatch, streamProblem, streamTimer, streamWindow } from './stream-poller.ts';
import { forgetReading, type StreamContext, type StreamItem, type StreamOptions } from './stream-state.ts';
import type { TumblingWindow } from './tumbling-window.ts';

/** A record of a batch, whatever its source. */
export interface SourceItem extends BatchItem {
  /** Names it in the journal. */
  readonly name: string;
  /** This one included. */
  readonly attempt: number;
}

/** Where batches come from, as whoever works on them sees it: a queue that is polled, or a stream that is read. */
export interface BatchSource {
  start(): void;
  /** Batches in work go on. */
  stop(): void;
  /** False: the call was none of the source's. */
  answered(callId: string, outcome: Outcome): boolean;
  timer(key: string): boolean;
  /** The records of a batch in work; undefined where there is none. */
  items(batch: number): readonly SourceItem[] | undefined;
  /** The tumbling window of a batch in work; undefined where it has none. */
  window(batch: number): TumblingWindow | undefined;
  /** @param failed places in the batch. @param settle told of those that come again, before anything follows of it. @param state what the batch leaves to its window */
  finish(batch: number, failed: ReadonlySet<number>, settle: (again: ReadonlySet<number>) => void, state?: JsonObject): void;
  /** Another reader begins anew. */
  forget(): void;
  /** How many batches are in work. */
  open(): number;
  /** It is not known yet whether the source is there. */
  awaited(): boolean;
  /** Why it could not be asked the last time. `fatal`: it never could. */
  problem(): { readonly reason: string; readonly fatal: boolean } | undefined;
}

/** What a source may draw on. */
export interface SourceContext extends Omit<PollContext, 'filtered'>, Omit<StreamContext, 'filtered'> {
  readonly filtered: (item: SourceItem) => void;
}

/** A queue. */
export function queueSource(given: SourceContext, options: PollerOptions): BatchSource {
  const itemOf = (item: PolledItem): SourceItem => ({ ...item, name: item.id, attempt: item.receiveCount });
  const context: PollContext = { now: given.now, records: given.records, effects: given.effects, dispatch: given.dispatch, ...(given.polled && { polled: given.polled }), filtered: (item) => given.filtered(itemOf(item)) };
  const { records } = context;
  return {
    start: () => startPolling(context, options),
    stop: () => stopPolling(context, options),
    answered: (callId, outcome) => pollAnswered(context, options, callId, outcome),
    timer: (key) => pollTimer(context, options, key),
    items: (batch) => batchItems(records, batch)?.map(itemOf),
    window: () => undefined,
    finish(batch, failed, settle) {
      settle(failed);
      finishBatch(context, options, batch, failed);
    },
    forget() {},
    open: () => openBatches(records),
    awaited: () => false,
    problem() {
      const reason = pollProblem(records);
      return reason === undefined ? undefined : { reason, fatal: false };
    },
  };
}

/** A stream, a topic or a broker's queue. */
export function streamSource(given: SourceContext, options: StreamOptions): BatchSource {
  const itemOf = (item: StreamItem, failures = 0): SourceItem => ({ ...item, name: item.alias, attempt: failures + 1 });
  const { now, records, effects, dispatch, polled, givenUp } = given;
  const context: StreamContext = { now, records, effects, dispatch, givenUp, ...(polled && { polled }), filtered: (item) => given.filtered(itemOf(item)) };
  return {
    start: () => startReading(context, options),
    stop: () => stopReading(context, options),
    answered: (callId, outcome) => streamAnswered(context, options, callId, outcome),
    timer: (key) => streamTimer(context, options, key),
    items(batch) {
      const found = streamBatch(records, batch);
      return found?.items.map((item) => itemOf(item, found.failures));
    },
    window: (batch) => streamWindow(records, batch, options),
    finish: (batch, failed, settle, state) => finishStreamBatch(context, options, batch, failed, settle, state),
    forget: () => forgetReading(context),
    open: () => openStreamBatches(records),
    awaited: () => awaitsShards(records),
    problem: () => streamProblem(records),
  };
}
