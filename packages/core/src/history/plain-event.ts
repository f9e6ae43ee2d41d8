import type { EpochMs, Json } from '@interstate/kernel';
import type { HistoryEvent, HistoryEventDetails, HistoryEventType } from './event.ts';

/*
 * What a history consists of for the most part. V8 places objects of a literal that have once been seen to survive straight
 * among the long-lived, on fresh pages of memory, and that costs more than all else of a transition. Objects of a constructor
 * begin young. Their prototype is that of a literal: they are as plain.
 */

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function plain<Args extends readonly unknown[], T>(construct: (this: Writable<T>, ...args: Args) => void): new (...args: Args) => T {
  construct.prototype = Object.prototype;
  return construct as unknown as new (...args: Args) => T;
}

/** An entry of the history. */
export const Event = plain(function (this: Writable<HistoryEvent>, id: number, previousEventId: number, timestamp: EpochMs, type: HistoryEventType, details: HistoryEventDetails | undefined) {
  this.id = id;
  this.previousEventId = previousEventId;
  this.timestamp = timestamp;
  this.type = type;
  this.details = details;
});

/** Details of a state entered. */
export const EnteredDetails = plain(function (this: { name: string; input: Json }, name: string, input: Json) {
  this.name = name;
  this.input = input;
});

/** Details of a state left. */
export const ExitedDetails = plain(function (this: { name: string; output: Json }, name: string, output: Json) {
  this.name = name;
  this.output = output;
});

/** Details of a Map iteration. */
export const IterationDetails = plain(function (this: { name: string; index: number }, name: string, index: number) {
  this.name = name;
  this.index = index;
});
