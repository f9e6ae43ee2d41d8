import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { at, member, TestFileError } from './reading.ts';

const STATUSES = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** What must be true of an execution. What is not named is not looked at; without `status` and `error` it has to succeed. */
export interface Expectation {
  readonly status?: (typeof STATUSES)[number];
  /** The whole output. */
  readonly output?: Json;
  /** Parts of the output: members of objects may be left out. */
  readonly outputContains?: Json;
  /** Name of the error. */
  readonly error?: string;
  /** Stands in the cause. */
  readonly causeContains?: string;
  /** States that were entered, in whatever order; and that were not. */
  readonly visited?: readonly string[];
  readonly notVisited?: readonly string[];
  /** States that were entered in this order; others may lie between. */
  readonly path?: readonly string[];
  /** Retries by state. */
  readonly retried?: Readonly<Record<string, number>>;
  /** Error names caught, by state. */
  readonly caught?: Readonly<Record<string, string>>;
  /** Values variables were assigned at some time. */
  readonly assigned?: JsonObject;
  /** How often each mock was called; or the arguments of each call. */
  readonly calls?: Readonly<Record<string, number | readonly Json[]>>;
  /** Messages that were sent, by queue or topic: bodies, as text or as the JSON value in it. */
  readonly sent?: Readonly<Record<string, readonly Json[]>>;
  /** Events that were put: members of the entry, `Detail` as a value. */
  readonly events?: readonly JsonObject[];
  /** Milliseconds from start to end. */
  readonly durationMs?: number;
}

const MEMBERS = ['status', 'output', 'outputContains', 'error', 'causeContains', 'visited', 'notVisited', 'path', 'retried', 'caught', 'assigned', 'calls', 'sent', 'events', 'durationMs'] as const;

/** @throws TestFileError */
export function readExpectation(value: Json, place: string): Expectation {
  const given = member(value, place, MEMBERS);
  if (given['status'] !== undefined && !STATUSES.includes(given['status'] as never)) throw new TestFileError(`${at(place, 'status')}: must be one of ${STATUSES.join(', ')}, but is ${JSON.stringify(given['status'])}.`);
  for (const name of ['error', 'causeContains']) check(given, place, name, (part) => typeof part === 'string', 'a text');
  for (const name of ['visited', 'notVisited', 'path']) check(given, place, name, (part) => Array.isArray(part) && part.every((state) => typeof state === 'string'), 'a list of state names');
  for (const name of ['retried', 'caught', 'assigned', 'calls', 'sent']) check(given, place, name, isJsonObject, 'an object');
  check(given, place, 'events', (part) => Array.isArray(part) && part.every(isJsonObject), 'a list of entries');
  check(given, place, 'durationMs', (part) => typeof part === 'number', 'a number of milliseconds');
  return given as Expectation;
}

function check(given: JsonObject, place: string, name: string, isRight: (part: Json) => boolean, what: string): void {
  const part = given[name];
  if (part !== undefined && !isRight(part)) throw new TestFileError(`${at(place, name)}: must be ${what}, but is ${JSON.stringify(part)}.`);
}
