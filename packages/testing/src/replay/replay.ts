import type { Json, JsonObject, TaskRequest } from '@interstate/kernel';
import { compareHistory, compareStart } from './compare-history.ts';
import type { RecordedHistory } from './read-history.ts';
import { detailsOf, type RecordedEvent, type Run } from './recorded-event.ts';
import { runOutcomes, type OutcomesRun } from './run-outcomes.ts';
import { taskOutcomesOf } from './task-outcomes.ts';

export interface ReplayOptions extends Partial<Pick<OutcomesRun, 'type' | 'names' | 'adapters' | 'unrecorded' | 'tooLarge' | 'asOf' | 'watcher' | 'coverage' | 'host'>> {
  /** As the history's first event has it, unless given. */
  readonly input?: Json;
}

export interface ReplayReport {
  /** The first difference between the recording and the run; undefined where there is none. */
  readonly difference: string | undefined;
  readonly run: Run;
  /** How many Task attempts the recording can answer. */
  readonly taskAttempts: number;
}

/** Not ended by the time the history was recorded. */
const END = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

/**
 * Runs a definition as a recorded execution went: on its input, every Task ended as it did then and as late, on a virtual clock;
 * and says where it first goes another way. Events side by side (Parallel, Map) are compared chain by chain.
 */
export async function replay(definition: JsonObject, recorded: RecordedHistory, options: ReplayOptions = {}): Promise<ReplayReport> {
  const { events, times, bindings } = recorded;
  const first = events[0]!;
  const last = events.at(-1)!;
  const startTime = times.get(first.id) || Date.UTC(2026, 0, 1);
  const outcomes = taskOutcomesOf(recorded);
  const isTimed = (times.get(last.id) ?? 0) > 0;
  const run = await runOutcomes({
    type: 'STANDARD',
    asOf: startTime,
    unrecorded: notRecorded,
    ...options,
    definition,
    startTime,
    names: options.names ?? namesOf(),
    input: options.input ?? inputOf(first),
    outcomes,
    ...(last.type === 'ExecutionAborted' && { stop: isTimed ? times.get(last.id)! - startTime : ('waiting' as const) }),
  });
  const compared = (END.test(last.type) ? compareHistory : compareStart)(events, run.history, bindings);
  return { difference: compared.difference, run, taskAttempts: outcomes.length };
}

function inputOf(first: RecordedEvent): Json {
  return detailsOf(first)['input'] ?? {};
}

function namesOf(): OutcomesRun['names'] {
  const prefix = 'arn:aws:states:us-east-1:123456789012';
  return { executionArn: `${prefix}:execution:replayed:execution`, stateMachineArn: `${prefix}:stateMachine:replayed`, roleArn: 'arn:aws:iam::123456789012:role/StepFunctionsRole' };
}

function notRecorded({ stateName, resource, retryCount, iteration }: TaskRequest): { readonly ok: false; readonly error: { readonly Error: string; readonly Cause: string } } {
  const place = [...iteration, stateName].join('/');
  return { ok: false, error: { Error: 'NotRecorded', Cause: `The recording has no end for attempt ${retryCount + 1} of the Task of '${place}' (${resource}).` } };
}
