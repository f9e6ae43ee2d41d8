import type { ConnectorCall, Json, Outcome, TaskRequest } from '@interstate/kernel';
import { detailsOf, neverAnswer, type OutcomesRun } from '@interstate/testing/internal';
import type { RecordedExecution, RecordedTaskOutcome } from './case.ts';
import { invokeDescribed } from './described-lambda.ts';

/** How the Tasks of a case end: as recorded, else as their functions are described. */
export function recordedOutcomes(recorded: RecordedExecution): Pick<OutcomesRun, 'outcomes' | 'unrecorded' | 'tooLarge'> {
  return { outcomes: recorded.taskOutcomes.map((outcome) => ({ ...outcome, ...workerOf(outcome, recorded) })), ...describedFunctions(recorded) };
}

/** Tasks of child executions, and of executions recorded without history, are answered as their functions are described. */
export function describedFunctions(recorded: RecordedExecution): Pick<OutcomesRun, 'unrecorded' | 'tooLarge'> {
  return {
    unrecorded: (request, call) => asDescribed(recorded, request, call),
    tooLarge: () => Object.values(recorded.lambdas ?? {}).map((description) => invokeDescribed(description, null, true)).find((outcome) => outcome?.ok),
  };
}

function workerOf({ started, enteredEventId }: RecordedTaskOutcome, { history }: RecordedExecution): { readonly workerName?: string } {
  const event = started === true ? history?.find(({ type, id }) => type === 'ActivityStarted' && id > (enteredEventId ?? 0)) : undefined;
  const workerName = event && detailsOf(event)['workerName'];
  return typeof workerName === 'string' ? { workerName } : {};
}

function asDescribed({ lambdas = {} }: RecordedExecution, request: TaskRequest, call: ConnectorCall): Outcome | Promise<Outcome> {
  const isBare = request.action === '';
  const parameters = request.arguments as { readonly FunctionName?: string; readonly Payload?: Json } | null;
  const target = (isBare ? request.resource : parameters?.FunctionName) ?? '';
  const name = Object.keys(lambdas).find((candidate) => target.split(':').includes(candidate));
  if (name === undefined) return { ok: false, error: { Error: 'NotRecorded', Cause: `No recorded end for the Task of ${request.stateName} (${request.resource}).` } };
  return invokeDescribed(lambdas[name]!, isBare ? request.arguments : (parameters?.Payload ?? {}), isBare) ?? neverAnswer(call);
}
