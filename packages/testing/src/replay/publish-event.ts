import type { Json, JsonObject } from '@interstate/kernel';
import type { RecordedEvent } from './recorded-event.ts';

/** What the engine's history holds per event, as the runner reads it. */
export interface EngineEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly details?: Readonly<Record<string, Json | undefined>> | undefined;
}

/** Not recorded: times, the role (the case's context has it), and what only says that nothing was cut. */
const LEFT_OUT = new Set(['roleArn', 'inputDetails', 'outputDetails', 'assignedVariablesDetails']);

/** An engine event in the form of a recording. `detailsKey` is where the published event carries its details. */
export function publishEvent({ id, previousEventId, type, details = {} }: EngineEvent, detailsKey: string | undefined): RecordedEvent {
  const kept: JsonObject = Object.fromEntries(
    Object.entries(details).filter((entry): entry is [string, Json] => entry[1] !== undefined && !LEFT_OUT.has(entry[0])),
  );
  return { id, previousEventId, type, ...(detailsKey === undefined || Object.keys(kept).length === 0 ? {} : { [detailsKey]: kept }) };
}
