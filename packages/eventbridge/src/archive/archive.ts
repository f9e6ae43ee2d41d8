import { jsonBytes, type ApiRequest, type EpochMs, type Json, type JsonObject, type Machine, type Message, type Outcome } from '@interstate/kernel';
import { createOperations, type Kms } from '@interstate/service-kit';
import { EVENTBRIDGE_ERRORS, notFound } from '../errors.ts';
import { INPUT_SHAPES } from '../input-shapes.ts';
import type { Place } from '../names.ts';
import { archiveOf, tellReplay, type ArchiveContext } from './archive-context.ts';
import { loadArchive, placeOf, writeRoot, type ArchiveState, type EventRecord } from './archive-state.ts';
import { beginReplay, cancelReplay, nextBatch } from './replay.ts';

export const ARCHIVE_KIND = 'eventbridge:archive';

const RETENTION_TIMER = 'retention';
const DAY_MS = 86_400_000;

/**
 * An archive: keeps the events that its rule on the bus sends it as long as it is told, and replays them. Spawned by the directory
 * with the notice `{ type: 'create', archive }`.
 */
export function archiveMachine(place: Place, kms?: Kms): Machine<ArchiveState> {
  return {
    kind: ARCHIVE_KIND,
    load: loadArchive,
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: ArchiveState, message: Message, { now, crypto }) {
      const known = archiveOf(state);
      state.records.beginSealed(crypto, kms, known?.arn ?? '', known?.kmsKey);
      const context: ArchiveContext = { place, state, now, effects: [] };
      const before = message.type === 'timer' ? undefined : expiryOf(state);
      receive(context, message);
      const at = expiryOf(state);
      if (at !== before) context.effects.push(at === undefined ? { type: 'clearTimer', key: RETENTION_TIMER } : { type: 'timer', key: RETENTION_TIMER, at, housekeeping: true });
      writeRoot(state);
      return { effects: context.effects, journal: NOTHING };
    },
  };
}

const NOTHING: readonly never[] = [];

/** When the oldest event is to be forgotten. Events are numbered as they come. */
function expiryOf(state: ArchiveState): EpochMs | undefined {
  const days = archiveOf(state)?.retentionDays ?? 0;
  const oldest = oldestOf(state);
  return days > 0 && oldest ? oldest.archivedAt + days * DAY_MS : undefined;
}

function oldestOf(state: ArchiveState): EventRecord | undefined {
  return state.records.get(`event:${state.taken - state.kept + 1}`) as unknown as EventRecord | undefined;
}

function receive(context: ArchiveContext, message: Message): void {
  switch (message.type) {
    case 'call': {
      const outcome = operations(context, message.request as unknown as ApiRequest);
      if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply':
      return nextBatch(context, message.callId, message.outcome);
    case 'timer':
      return forgetExpired(context);
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'cancelled':
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

const operations: (context: ArchiveContext, request: ApiRequest) => Outcome | undefined = createOperations<ArchiveContext>({
  shapes: { ...INPUT_SHAPES, ArchiveEvent: { type: 'structure', members: {} } },
  errors: EVENTBRIDGE_ERRORS,
  actions: { ArchiveEvent: archiveEvent, DescribeArchive: describeArchive },
});

/** Keeps an event. Asked by the archive's rule alone. */
function archiveEvent({ state, now }: ArchiveContext, input: JsonObject): Json {
  if (!archiveOf(state)) throw notFound('The archive does not exist.');
  const event = input['Event'] as JsonObject;
  const number = ++state.taken;
  const record: EventRecord = { event, time: Date.parse(event['time'] as string), archivedAt: now, bytes: jsonBytes(event) };
  state.kept++;
  state.bytes += record.bytes;
  state.records.set(`event:${number}`, record as unknown as Json);
  const place = placeOf(state, record.time, number);
  // Nearly always the last.
  if (place === state.byTime.length) state.byTime.push({ time: record.time, number });
  else state.byTime.splice(place, 0, { time: record.time, number });
  return {};
}

function describeArchive({ state }: ArchiveContext, input: JsonObject): Json {
  const archive = archiveOf(state);
  if (!archive) throw notFound(`Archive ${input['ArchiveName'] as string} does not exist.`);
  const { name, arn, busArn, creationTime, retentionDays, pattern, description, kmsKey } = archive;
  return {
    ArchiveArn: arn,
    ArchiveName: name,
    EventSourceArn: busArn,
    ...(description !== undefined && { Description: description }),
    ...(pattern !== undefined && { EventPattern: pattern }),
    ...(kmsKey !== undefined && { KmsKeyIdentifier: kmsKey }),
    State: 'ENABLED',
    RetentionDays: retentionDays,
    SizeBytes: state.bytes,
    EventCount: state.kept,
    CreationTime: creationTime,
  };
}

function noticed(context: ArchiveContext, notice: JsonObject): void {
  const { state } = context;
  switch (notice['type']) {
    case 'create':
    case 'update':
      state.records.set('archive', notice['archive']!);
      return forgetExpired(context);
    case 'delete':
      for (const [key] of state.records.entries('replay:')) tellReplay(context, key.slice('replay:'.length), { state: 'FAILED', reason: 'The archive was deleted.', endTime: context.now });
      for (const [key] of [...state.records.entries('')]) state.records.delete(key);
      state.byTime.length = state.taken = state.kept = state.bytes = 0;
      return;
    case 'startReplay':
      return beginReplay(context, notice);
    case 'cancelReplay':
      return cancelReplay(context, notice['name'] as string);
  }
}

function forgetExpired(context: ArchiveContext): void {
  const { state, now } = context;
  for (let at = expiryOf(state); at !== undefined && at <= now; at = expiryOf(state)) {
    const number = state.taken - state.kept + 1;
    const { bytes, time } = oldestOf(state)!;
    state.records.delete(`event:${number}`);
    state.kept--;
    state.bytes -= bytes;
    const place = placeOf(state, time, number);
    state.byTime.splice(place, 1);
  }
}
