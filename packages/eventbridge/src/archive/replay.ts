import type { Json, JsonObject, Outcome } from '@interstate/kernel';
import { EVENTS_SERVICE } from '../bus/bus-context.ts';
import { archiveOf, tellReplay, type ArchiveContext } from './archive-context.ts';
import { placeOf, type EventRecord, type ReplayCursor } from './archive-state.ts';

/** Events that go to the bus together. */
const BATCH = 100;

export function beginReplay(context: ArchiveContext, notice: JsonObject): void {
  const { name, from, to, busArn, filterArns } = notice as unknown as ReplayCursor;
  // Events are timed to the second.
  const start = Math.floor(from / 1000) * 1000;
  tellReplay(context, name, { state: 'RUNNING' });
  sendBatch(context, { name, from: start, to, busArn, ...(filterArns && { filterArns }), time: start, number: 0 });
}

/** The bus has taken a batch. */
export function nextBatch(context: ArchiveContext, name: string, outcome: Outcome): void {
  const cursor = context.state.records.get(`replay:${name}`) as unknown as ReplayCursor | undefined;
  if (!cursor) return;
  if (outcome.ok) return sendBatch(context, cursor);
  context.state.records.delete(`replay:${name}`);
  tellReplay(context, name, { state: 'FAILED', reason: outcome.error.Cause ?? 'The event bus did not take the events.', endTime: context.now });
}

/** Sends the events after the cursor, in the order of their times. */
function sendBatch(context: ArchiveContext, cursor: ReplayCursor): void {
  const { state, effects, place, now } = context;
  const { name, to, busArn, filterArns } = cursor;
  const begin = placeOf(state, cursor.time, cursor.number + 1);
  let end = begin;
  while (end < state.byTime.length && end - begin < BATCH && state.byTime[end]!.time <= to) end++;
  const key = `replay:${name}`;
  if (begin === end) {
    state.records.delete(key);
    return tellReplay(context, name, { state: 'COMPLETED', endTime: now });
  }
  const batch = state.byTime.slice(begin, end);
  const last = batch[batch.length - 1]!;
  state.records.set(key, { ...cursor, time: last.time, number: last.number } as unknown as Json);
  tellReplay(context, name, { lastTime: last.time });
  const events = batch.map(({ number }) => (state.records.get(`event:${number}`) as unknown as EventRecord).event);
  const caller = { service: EVENTS_SERVICE, sourceArn: archiveOf(state)?.arn ?? '', account: place.account };
  effects.push({ type: 'call', to: busArn, callId: name, request: { action: 'ReplayEvents', input: { ReplayName: name, Events: events, ...(filterArns && { FilterArns: filterArns }) }, caller } });
}

export function cancelReplay(context: ArchiveContext, name: string): void {
  const key = `replay:${name}`;
  if (!context.state.records.has(key)) return;
  context.state.records.delete(key);
  context.effects.push({ type: 'cancel', callId: name });
  tellReplay(context, name, { state: 'CANCELLED', endTime: context.now });
}
