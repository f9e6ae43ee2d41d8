import { isJsonObject, type Json } from '@interstate/kernel';
import type { Mock, MockAnswer } from '../mocks/mock.ts';
import { at, member, TestFileError } from './reading.ts';

/**
 * One behaviour, or a list: one after another, the last from then on.
 * `{ "return": 1 }`, `{ "fail": "Busy" }`, `{ "fail": { "error": "Busy", "cause": "…" }, "afterMs": 500 }`, `{ "timeOut": true }`.
 * @throws TestFileError
 */
export function readBehaviours(value: Json, place: string): readonly MockAnswer[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (list.length === 0) throw new TestFileError(`${place}: the list is empty; leave the mock out, and the real thing answers.`);
  return list.map((each, index) => readBehaviour(each, Array.isArray(value) ? `${place}[${index}]` : place));
}

function readBehaviour(value: Json, place: string): MockAnswer {
  const given = member(value, place, ['return', 'fail', 'timeOut', 'afterMs']);
  const kinds = ['return', 'fail', 'timeOut'].filter((kind) => given[kind] !== undefined);
  if (kinds.length !== 1) throw new TestFileError(`${place}: needs one of return, fail, timeOut, but has ${kinds.length === 0 ? 'none' : kinds.join(' and ')}.`);
  const { afterMs = 0, fail } = given;
  if (typeof afterMs !== 'number' || !(afterMs >= 0)) throw new TestFileError(`${at(place, 'afterMs')}: must be a number of milliseconds, but is ${JSON.stringify(afterMs)}.`);
  if (kinds[0] === 'return') return { type: 'return', value: given['return']!, delayMs: afterMs };
  if (kinds[0] === 'timeOut') return { type: 'timeOut', delayMs: afterMs };
  if (typeof fail === 'string') return { type: 'fail', error: fail, cause: undefined, delayMs: afterMs };
  const { error, cause } = isJsonObject(fail!) ? member(fail, at(place, 'fail'), ['error', 'cause']) : {};
  if (typeof error !== 'string') throw new TestFileError(`${at(place, 'fail')}: must be an error name, or { error, cause }.`);
  return { type: 'fail', error, cause: typeof cause === 'string' ? cause : cause === undefined ? undefined : JSON.stringify(cause), delayMs: afterMs };
}

/** Teaches a mock its behaviours. */
export function applyBehaviours(mock: Mock, behaviours: readonly MockAnswer[]): void {
  behaviours.forEach((behaviour, index) => mock.answers({ ...behaviour }, index === behaviours.length - 1));
}
