import { detailsKey, type HistoryEvent, type HistoryEventType } from '@interstate/core';
import { isJsonObject, setJsonKey, type EpochMs, type Json, type JsonObject } from '@interstate/kernel';
import { generalise } from './generalise.ts';
import type { Bindings } from './placeholders.ts';
import { detailsOf, type RecordedEvent } from './recorded-event.ts';

/** A history as it was recorded. */
export interface RecordedHistory {
  readonly events: readonly RecordedEvent[];
  /** When each event happened, by its id. */
  readonly times: ReadonlyMap<number, EpochMs>;
  /** What placeholders in the events stand for from the start. */
  readonly bindings: Bindings;
}

/** The text holds no history; the message says what was looked for. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

/**
 * Reads a recorded history: what `aws stepfunctions get-execution-history` prints, one page or several (a list of pages, or one
 * after another), a bare list of events, or the log records of an Express execution, bare or as `aws logs filter-log-events` prints
 * them. What the service made by chance or by its clock becomes a placeholder.
 * @throws HistoryError
 */
export function readHistory(text: string): RecordedHistory {
  const { events, times } = readEvents(text);
  const { value, bindings } = generalise(events as unknown as Json);
  return { events: value as unknown as readonly RecordedEvent[], times, bindings };
}

/** The events as they stand, nothing generalised. @throws HistoryError */
export function readEvents(text: string): Pick<RecordedHistory, 'events' | 'times'> {
  const raw = parseTexts(text).flatMap((value) => eventsIn(value));
  if (raw.length === 0) throw new HistoryError('There is no event in it. Give what `aws stepfunctions get-execution-history` prints, or the log records of an Express execution.');
  const timed = raw.map(readEvent).sort((a, b) => a.event.id - b.event.id);
  return { events: timed.map(({ event }) => event), times: new Map(timed.map(({ event, time }) => [event.id, time])) };
}

/** The same as the events of an execution here. @throws HistoryError */
export function readHistoryEvents(text: string): HistoryEvent[] {
  const { events, times } = readEvents(text);
  return events.map((event) => ({ id: event.id, previousEventId: event.previousEventId, type: event.type as HistoryEventType, timestamp: times.get(event.id)!, details: detailsOf(event) }));
}

/** One JSON value, or several one after another (pages, or one record on each line). */
function parseTexts(text: string): Json[] {
  try {
    return [JSON.parse(text) as Json];
  } catch {
    try {
      return text.split(/\n(?=\s*[[{])/).reduce<{ values: Json[]; open: string }>(collect, { values: [], open: '' }).values;
    } catch (error) {
      throw new HistoryError(`It is no JSON: ${(error as Error).message}`);
    }
  }
}

function collect({ values, open }: { values: Json[]; open: string }, piece: string, index: number, pieces: readonly string[]): { values: Json[]; open: string } {
  const whole = open === '' ? piece : `${open}\n${piece}`;
  try {
    return { values: [...values, JSON.parse(whole) as Json], open: '' };
  } catch (error) {
    if (index === pieces.length - 1) throw error;
    return { values, open: whole };
  }
}

/** Pages lie in a list, events in a page, records in a message: no deeper. */
const MAX_DEPTH = 6;

function eventsIn(value: Json, depth = 0): JsonObject[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => eventsIn(item, depth + 1));
  if (!isJsonObject(value)) return [];
  if (Array.isArray(value['events'])) return eventsIn(value['events'], depth + 1);
  if (typeof value['message'] === 'string' && !('type' in value)) return logRecord(value['message']);
  return typeof value['type'] === 'string' && value['id'] !== undefined ? [value] : [];
}

function logRecord(message: string): JsonObject[] {
  try {
    return eventsIn(JSON.parse(message) as Json);
  } catch {
    return [];
  }
}

function readEvent(raw: JsonObject): { readonly event: RecordedEvent; readonly time: EpochMs } {
  const type = raw['type'] as string;
  const id = Number(raw['id']);
  const key = detailsKey(type as HistoryEventType);
  const details = (key === undefined ? undefined : raw[key]) ?? raw['details'];
  const kept = isJsonObject(details ?? null) ? readDetails(details as JsonObject) : {};
  const previousEventId = Number(raw['previousEventId'] ?? raw['previous_event_id'] ?? 0);
  if (!Number.isInteger(id) || !Number.isInteger(previousEventId)) throw new HistoryError(`An event of type ${type} has the id '${String(raw['id'])}', which is no whole number.`);
  return { event: { id, previousEventId, type, ...(key !== undefined && Object.keys(kept).length > 0 && { [key]: kept }) }, time: readTime(raw['timestamp'] ?? raw['event_timestamp'] ?? 0) };
}

/** Not compared: the role, and what only says that nothing was cut. */
const LEFT_OUT: ReadonlySet<string> = new Set(['roleArn', 'inputDetails', 'outputDetails', 'assignedVariablesDetails', 'stateMachineVersionArn', 'stateMachineAliasArn']);
/** Payloads: JSON as text. */
const TEXTS: ReadonlySet<string> = new Set(['input', 'output', 'parameters']);

function readDetails(details: JsonObject): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(details)) {
    if (LEFT_OUT.has(key)) continue;
    if (key === 'assignedVariables' && isJsonObject(value)) {
      const variables: Record<string, Json> = {};
      for (const [name, text] of Object.entries(value)) setJsonKey(variables, name, parsed(text));
      kept[key] = variables;
    } else setJsonKey(kept, key, TEXTS.has(key) ? parsed(value) : value);
  }
  return kept;
}

function parsed(value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** ISO 8601, seconds with a point, or milliseconds as text. */
function readTime(value: Json): EpochMs {
  if (typeof value === 'number') return value < 1e11 ? Math.round(value * 1000) : value;
  const number = Number(value);
  const time = Number.isNaN(number) ? Date.parse(String(value)) : readTime(number);
  return Number.isNaN(time) ? 0 : time;
}
