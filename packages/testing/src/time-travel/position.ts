import type { FlowStage, HistoryEvent, State } from '@interstate/core';
import type { EpochMs, Json, JsonObject } from '@interstate/kernel';
import { inspectionData } from '@interstate/states';
import type { PathPart, RecordedChild, RecordedVisit, Recording } from './recording.ts';
import type { Wait } from './wait.ts';

/** Where an execution stands: right after one of its events. */
export interface Position {
  /** Counts events from 0. */
  readonly index: number;
  readonly event: HistoryEvent;
  /** The cloud's time: milliseconds since 1970. */
  readonly time: EpochMs;
  /** The state the event belongs to; undefined for the start and the end of the execution, as all that follows here. */
  readonly state: string | undefined;
  readonly stateType: State['type'] | undefined;
  /** The Maps and Parallels around the state, outermost first, with the item or branch; at last the state. */
  readonly path: readonly PathPart[];
  /** Raw input of the state; at the start and the end that of the execution. */
  readonly input: Json;
  /** Its input after InputPath and Parameters, or Arguments; undefined where it has not been made yet. */
  readonly effectiveInput: Json | undefined;
  /** What its fields have come to, as TestState reports it with inspection level DEBUG: JSON as text, but for numbers and `errorDetails`. */
  readonly inspectionData: JsonObject;
  /** Variables in scope. */
  readonly variables: JsonObject;
  /** Output of the state, or of the execution, once it is left. */
  readonly output: Json | undefined;
  /** States that wait for their work, their time or their next attempt. */
  readonly waits: readonly Wait[];
  /** The children that a distributed Map has once its Map run is started; of its last attempt. In the order they began. */
  readonly children: readonly RecordedChild[];
}

/** The position after an event. @param index of the event, counted from 0 */
export function positionAt(recording: Recording, waits: readonly Wait[], index: number): Position {
  const { event, visit, variables } = recording[index]!;
  const common = { index, event, time: event.timestamp, waits: waits.filter(({ from, to }) => from <= index && index < to) };
  const output = event.details?.['output'];
  if (!visit) {
    const input = recording[0]!.event.details?.['input'] ?? null;
    return { ...common, state: undefined, stateType: undefined, path: [], input, effectiveInput: undefined, inspectionData: {}, variables, output, children: [] };
  }
  const { state, path, input } = visit;
  const stages = stagesAt(visit, index);
  return {
    ...common,
    state: state.name,
    stateType: state.type,
    path,
    input,
    effectiveInput: stages.get('Parameters') ?? stages.get('InputPath'),
    inspectionData: inspectionData({ state, input, tested: { stages, variables }, result: resultAt(recording, visit, index), mapStages: iterationsAt(visit, index) }),
    variables,
    output: event.type.endsWith('StateExited') ? output : undefined,
    children: visit.mapRuns.findLast(({ from }) => from <= index)?.children ?? [],
  };
}

/** What the visit's last attempt up to this event has come to. */
function stagesAt({ stages }: RecordedVisit, index: number): Map<FlowStage, Json> {
  const reached = new Map<FlowStage, Json>();
  for (const { stage, value, from } of stages) {
    if (from > index) break;
    // Every attempt begins with the input.
    if (stage === 'InputPath') reached.clear();
    reached.set(stage, value);
  }
  return reached;
}

/** The result of a Task whose last attempt has succeeded. */
function resultAt(recording: Recording, visit: RecordedVisit, index: number): Json | undefined {
  if (visit.state.type !== 'Task') return undefined;
  for (let at = index; at >= 0; at--) {
    const { event, visit: of } = recording[at]!;
    if (of !== visit) continue;
    if (/^(?:Task|LambdaFunction|Activity)Succeeded$/.test(event.type)) return event.details?.['output'];
    if (!event.type.endsWith('StateExited')) return undefined;
  }
  return undefined;
}

function iterationsAt({ state, iterations }: RecordedVisit, index: number): { afterItemSelector?: readonly Json[] } {
  if (state.type !== 'Map' || state.itemSelector === undefined) return {};
  const begun = iterations.filter(({ from }) => from <= index).sort((a, b) => a.index - b.index);
  return begun.length > 0 ? { afterItemSelector: begun.map(({ input }) => input) } : {};
}
