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
  /** Messages that were sent, by queue or topic: bodies, as text or as the JSON value in it. An empty list: none was. */
  readonly sent?: Readonly<Record<string, readonly Json[]>>;
  /** Events that were put: members of the entry, `Detail` as a value. An empty list: none was. */
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
  for (const name of ['visited', 'notVisited', 'path']) check(given, place, name, (part) => isListOf(part, (state) => typeof state === 'string') && part.length > 0, 'a list of state names');
  checkEach(given, place, 'retried', isCount, 'a number of retries');
  checkEach(given, place, 'caught', (error) => typeof error === 'string', 'the name of an error');
  checkEach(given, place, 'assigned', () => true, 'a value');
  checkEach(given, place, 'calls', (calls) => isCount(calls) || Array.isArray(calls), 'a number of calls, or a list of their arguments');
  checkEach(given, place, 'sent', (bodies) => Array.isArray(bodies), 'a list of bodies');
  check(given, place, 'events', (part) => isListOf(part, isJsonObject), 'a list of entries');
  check(given, place, 'durationMs', (part) => typeof part === 'number' && part >= 0, 'a number of milliseconds');
  return given as Expectation;
}

function isListOf(part: Json, isRight: (item: Json) => boolean): part is readonly Json[] {
  return Array.isArray(part) && (part as readonly Json[]).every(isRight);
}

function isCount(part: Json): boolean {
  return Number.isSafeInteger(part) && (part as number) >= 0;
}

/** An object of such members, at least one: none would hold whatever happens. */
function checkEach(given: JsonObject, place: string, name: string, isRight: (part: Json) => boolean, what: string): void {
  check(given, place, name, (part) => isJsonObject(part) && Object.keys(part).length > 0, 'an object with a member at least');
  const members = (given[name] ?? {}) as JsonObject;
  for (const key of Object.keys(members)) check(members, at(place, name), key, isRight, what);
}

function check(given: JsonObject, place: string, name: string, isRight: (part: Json) => boolean, what: string): void {
  const part = given[name];
  if (part !== undefined && !isRight(part)) throw new TestFileError(`${at(place, name)}: must be ${what}, but is ${JSON.stringify(part)}.`);
}
