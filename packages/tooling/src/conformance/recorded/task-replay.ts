import type { Connector, ConnectorCall, Failure, Json, Outcome, TaskRequest } from '@interstate/kernel';
import type { RecordedExecution, TaskOutcome } from './case.ts';
import { invokeDescribed } from './described-lambda.ts';

/** What a replayed Task needs of its host. */
export interface ReplayHost {
  /** Ends a Task by its token, as SendTaskSuccess and SendTaskFailure do. */
  readonly callBack: (call: ConnectorCall, outcome: Outcome) => void;
  /** An answer that never comes, and does not hold the clock either. */
  readonly never: (call: ConnectorCall) => Promise<Outcome>;
}

/** A connector that ends every Task attempt as the case recorded it: the n-th time a state asks, in the same iteration. */
export function replayTasks(recorded: RecordedExecution, host: ReplayHost): Connector {
  const open = [...recorded.taskOutcomes];
  const known = new Map<string, TaskOutcome | undefined>();
  return (call) => {
    const request = call.request as unknown as TaskRequest;
    // An attempt that is delivered twice is still one attempt.
    const attempt = `${request.executionArn} ${request.attemptId}`;
    if (!known.has(attempt)) {
      const index = open.findIndex((outcome) => isFor(outcome, request));
      known.set(attempt, index === -1 ? undefined : open.splice(index, 1)[0]);
    }
    const outcome = known.get(attempt);
    return outcome === undefined ? unrecorded(recorded, request, call, host) : replay(outcome, recorded, request, call, host);
  };
}

function isFor({ state, iteration = [], resource }: TaskOutcome, request: TaskRequest): boolean {
  return (state === null ? request.resource.endsWith(resource) : state === request.stateName) && iteration.join() === request.iteration.join();
}

function replay(outcome: TaskOutcome, recorded: RecordedExecution, request: TaskRequest, call: ConnectorCall, host: ReplayHost): Outcome | Promise<Outcome> {
  if (outcome.started === true) call.progress(workerOf(outcome, recorded));
  const isCallback = request.pattern === 'waitForTaskToken';
  const unanswered = outcome.none === true || outcome.timeout === true;
  if (outcome.submitted !== undefined && isCallback) {
    if (!unanswered) host.callBack(call, endOf(outcome, recorded));
    return { ok: true, value: outcome.submitted };
  }
  if (outcome.submitted !== undefined) call.progress({ type: 'submitted', output: outcome.submitted });
  return unanswered ? host.never(call) : endOf(outcome, recorded);
}

function endOf({ result, error, cause, causeText }: TaskOutcome, recorded: RecordedExecution): Outcome {
  if (result !== undefined) return { ok: true, value: result };
  if (error === 'States.DataLimitExceeded') {
    // Too large a result is for the engine to find.
    const described = Object.values(recorded.lambdas ?? {}).map((description) => invokeDescribed(description, null, true));
    const large = described.find((outcome) => outcome?.ok);
    if (large !== undefined) return large;
  }
  const text = causeText ?? (cause === undefined || cause === null || typeof cause === 'string' ? cause : JSON.stringify(cause));
  const failure: Failure = { ...(typeof error === 'string' && { Error: error }), ...(typeof text === 'string' && { Cause: text }) };
  return { ok: false, error: failure };
}

function workerOf({ enteredEventId }: TaskOutcome, { history }: RecordedExecution): Json {
  const started = history?.find(({ type, id }) => type === 'ActivityStarted' && id > (enteredEventId ?? 0));
  const details = started?.['activityStartedEventDetails'] as { readonly workerName?: string } | undefined;
  return { type: 'started', ...(details?.workerName !== undefined && { workerName: details.workerName }) };
}

/** Tasks of child executions, and of executions recorded without history, are answered as their functions are described. */
function unrecorded({ lambdas = {} }: RecordedExecution, request: TaskRequest, call: ConnectorCall, host: ReplayHost): Outcome | Promise<Outcome> {
  const isBare = request.action === '';
  const parameters = request.arguments as { readonly FunctionName?: string; readonly Payload?: Json } | null;
  const target = (isBare ? request.resource : parameters?.FunctionName) ?? '';
  const name = Object.keys(lambdas).find((candidate) => target.split(':').includes(candidate));
  if (name === undefined) return { ok: false, error: { Error: 'NotRecorded', Cause: `No recorded end for the Task of ${request.stateName} (${request.resource}).` } };
  return invokeDescribed(lambdas[name]!, isBare ? request.arguments : (parameters?.Payload ?? {}), isBare) ?? host.never(call);
}
