import { plainConstructor, type EpochMs, type Json, type Writable } from '@interstate/kernel';
import type { HistoryEvent, HistoryEventDetails, HistoryEventType } from './event.ts';

// What a history consists of for the most part.

/** An entry of the history. */
export const Event = plainConstructor(function (this: Writable<HistoryEvent>, id: number, previousEventId: number, timestamp: EpochMs, type: HistoryEventType, details: HistoryEventDetails | undefined) {
  this.id = id;
  this.previousEventId = previousEventId;
  this.timestamp = timestamp;
  this.type = type;
  this.details = details;
});

/** Details of a state entered. */
export const EnteredDetails = plainConstructor(function (this: { name: string; input: Json }, name: string, input: Json) {
  this.name = name;
  this.input = input;
});

/** Details of a state left. */
export const ExitedDetails = plainConstructor(function (this: { name: string; output: Json }, name: string, output: Json) {
  this.name = name;
  this.output = output;
});

/** Details of a Map iteration. */
export const IterationDetails = plainConstructor(function (this: { name: string; index: number }, name: string, index: number) {
  this.name = name;
  this.index = index;
});
