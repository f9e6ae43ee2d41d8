import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { exists, invalidParameter, notFound } from '../../errors.ts';
import { eventsArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { ArchiveRecord } from '../../archive/archive-state.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { dropRecord, keepRecord, namesOf } from '../directory-state.ts';

interface ReplayRecord {
  readonly name: string;
  readonly arn: string;
  readonly archiveArn: string;
  readonly destination: JsonObject;
  readonly from: number;
  readonly to: number;
  readonly description?: string;
  readonly state: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly reason?: string;
  readonly startTime: number;
  readonly endTime?: number;
  readonly lastTime?: number;
}

interface StartInput {
  readonly ReplayName: string;
  readonly Description?: string;
  readonly EventSourceArn: string;
  readonly EventStartTime: Json;
  readonly EventEndTime: Json;
  readonly Destination: { readonly Arn: string; readonly FilterArns?: readonly string[] };
}

/** Ended replays are known for so long. */
const KEPT_MS = 90 * 86_400_000;
const ACTIVE: ReadonlySet<string> = new Set(['STARTING', 'RUNNING', 'CANCELLING']);

export function startReplay(context: DirectoryContext, input: JsonObject): Json {
  const { ReplayName: name, Description: description, EventSourceArn: source, Destination: destination } = input as unknown as StartInput;
  const { state, options, now } = context;
  const from = timeOf(input['EventStartTime']!, 'EventStartTime');
  const to = timeOf(input['EventEndTime']!, 'EventEndTime');
  forgetOld(context);
  if (context.record('replay', name)) throw exists(`Replay ${name} already exists.`);
  const archiveName = source.slice(source.lastIndexOf('/') + 1);
  const archive = context.record<ArchiveRecord>('archive', archiveName);
  if (archive?.arn !== source) throw invalidParameter('EventSourceArn', `Archive ${archiveName} does not exist.`);
  if (from >= to) throw invalidParameter('EventEndTime', 'EventStartTime must be before EventEndTime.');
  if (destination.Arn !== archive.busArn) throw invalidParameter('Destination.Arn', 'Cross event bus replay is not permitted.');
  const active = namesOf(state, 'replay').filter((other) => ACTIVE.has(context.record<ReplayRecord>('replay', other)!.state));
  if (active.length >= options.limits.activeReplays) throw new ServiceFault('LimitExceededException');
  const replay: ReplayRecord = {
    name,
    arn: eventsArn(options.place, `replay/${name}`),
    archiveArn: source,
    destination: destination as unknown as JsonObject,
    from,
    to,
    ...(description !== undefined && { description }),
    state: 'STARTING',
    startTime: now,
  };
  keepRecord(state, 'replay', name, replay);
  const { FilterArns: filterArns } = destination;
  context.notify(source, { type: 'startReplay', name, from, to, busArn: archive.busArn, ...(filterArns && { filterArns }) });
  return { ReplayArn: replay.arn, State: 'STARTING', ReplayStartTime: now };
}

function timeOf(given: Json, name: string): number {
  const time = typeof given === 'string' ? Date.parse(given) : given;
  if (typeof time !== 'number' || !Number.isFinite(time)) throw invalidParameter(name, `${name} is not a time.`);
  return time;
}

function forgetOld(context: DirectoryContext): void {
  for (const name of namesOf(context.state, 'replay')) {
    const { endTime } = context.record<ReplayRecord>('replay', name)!;
    if (endTime !== undefined && endTime + KEPT_MS <= context.now) dropRecord(context.state, 'replay', name);
  }
}

function replayNamed(context: DirectoryContext, name: string): ReplayRecord {
  forgetOld(context);
  const replay = context.record<ReplayRecord>('replay', name);
  if (!replay) throw notFound(`Replay ${name} does not exist.`);
  return replay;
}

export function cancelReplay(context: DirectoryContext, input: JsonObject): Json {
  const replay = replayNamed(context, input['ReplayName'] as string);
  const { name, arn, archiveArn, state } = replay;
  if (state !== 'STARTING' && state !== 'RUNNING') throw new ServiceFault('IllegalStatusException', { reason: `Replay ${name} is not in a valid state for this operation.` });
  keepRecord<ReplayRecord>(context.state, 'replay', name, { ...replay, state: 'CANCELLING' });
  context.notify(archiveArn, { type: 'cancelReplay', name });
  return { ReplayArn: arn, State: 'CANCELLING' };
}

/** The archive tells how a replay gets on. */
export function replayChanged(context: DirectoryContext, name: string, change: Partial<ReplayRecord>): void {
  const replay = context.record<ReplayRecord>('replay', name);
  if (!replay) return;
  const { state } = change;
  // Cancelled before it ran.
  const goesOn = replay.state === 'CANCELLING' && state === 'RUNNING' ? 'CANCELLING' : (state ?? replay.state);
  keepRecord<ReplayRecord>(context.state, 'replay', name, { ...replay, ...change, state: goesOn });
}

export function describeReplay(context: DirectoryContext, input: JsonObject): Json {
  const replay = replayNamed(context, input['ReplayName'] as string);
  const { arn, description, destination } = replay;
  return { ...summaryOf(replay), ReplayArn: arn, ...(description !== undefined && { Description: description }), Destination: destination };
}

export function listReplays(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '', State: state, EventSourceArn: source } = input as { NamePrefix?: string; State?: string; EventSourceArn?: string };
  forgetOld(context);
  const names = namesOf(context.state, 'replay').filter((name) => {
    const replay = context.record<ReplayRecord>('replay', name)!;
    return name.startsWith(prefix) && (state === undefined || replay.state === state) && (source === undefined || replay.archiveArn === source);
  });
  const { page, ...rest } = pageOf('ListReplays', { prefix, state: state ?? null, source: source ?? null }, names, input);
  return { Replays: page.map((name) => summaryOf(context.record<ReplayRecord>('replay', name)!)), ...rest };
}

function summaryOf({ name, archiveArn, state, reason, from, to, lastTime, startTime, endTime }: ReplayRecord): JsonObject {
  return {
    ReplayName: name,
    EventSourceArn: archiveArn,
    State: state,
    ...(reason !== undefined && { StateReason: reason }),
    EventStartTime: from,
    EventEndTime: to,
    ...(lastTime !== undefined && { EventLastReplayedTime: lastTime }),
    ReplayStartTime: startTime,
    ...(endTime !== undefined && { ReplayEndTime: endTime }),
  };
}
