import { isJsonObject, type Json } from '@interstate/kernel';
import { readEvents, replay, type RecordedEvent } from '@interstate/testing/internal';
import { readExecutions } from './executions.ts';
import { isSortedInsideParallel, type RecordedExecution } from './recorded/case.ts';
import { definitionOf, RECORDED_NOW, surroundingsOf, withMadeUpValues } from './recorded/run-recorded.ts';
import { describedFunctions } from './recorded/task-replay.ts';
import { runChecks, type Suite } from './suite.ts';
import { unsoundOf } from './unsound.ts';

/**
 * The executions recorded with their history once more, each from nothing but its history as GetExecutionHistory gives it:
 * Task outcomes are read from there. Left out: histories that were published without their ids, which nobody could be given.
 */
export const replayed: Suite = {
  id: 'executions-replayed',
  async run(folder, options) {
    const recorded = readExecutions(folder)?.filter((one) => one.history !== null && !isSortedInsideParallel(one));
    if (recorded === undefined || recorded.length === 0) return undefined;
    return runChecks('executions-replayed', recorded.map((one) => ({ id: one.id, rule: 'replay', check: () => replayCase(one) })), { ...options, unsound: new Set(unsoundOf('executions-history').map(({ id }) => id)) });
  },
};

async function replayCase(original: RecordedExecution): Promise<string | undefined> {
  const recorded = withMadeUpValues(original);
  const { events } = readEvents(JSON.stringify({ events: original.history!.map(asPublished) }));
  const { difference } = await replay(definitionOf(recorded), { events, times: new Map([[events[0]!.id, RECORDED_NOW]]), bindings: new Map() }, { ...surroundingsOf(recorded), ...describedFunctions(recorded), input: recorded.input });
  return difference;
}

/** A recorded event as the service publishes it: payloads as JSON text. */
function asPublished(event: RecordedEvent): Json {
  const details = Object.entries(event).map(([key, value]): [string, Json] => [key, isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(asText)) : value]);
  return Object.fromEntries(details);
}

function asText([key, value]: [string, Json]): [string, Json] {
  if (key === 'input' || key === 'output' || key === 'parameters') return [key, JSON.stringify(value)];
  if (key === 'assignedVariables' && isJsonObject(value)) return [key, Object.fromEntries(Object.entries(value).map(([name, variable]) => [name, JSON.stringify(variable)]))];
  return [key, value];
}
