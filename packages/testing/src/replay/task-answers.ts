import type { Connector, ConnectorCall, Failure, Outcome, TaskRequest } from '@interstate/kernel';
import type { TaskOutcome } from './recorded-event.ts';

/** What a replayed Task needs of its host. */
export interface TaskWorld {
  /** Ends a Task by its token, as SendTaskSuccess and SendTaskFailure do. */
  callBack(call: ConnectorCall, outcome: Outcome): void;
  /** Settles when so much of the host's time has passed. */
  sleep(milliseconds: number): Promise<void>;
  /** Answers a Task that the recording knows nothing of. */
  unrecorded(request: TaskRequest, call: ConnectorCall): Outcome | Promise<Outcome>;
  /** Answers a Task whose recorded failure is for the engine to find: too large a result. Undefined: the failure is given. */
  tooLarge?(): Outcome | undefined;
}

/** A connector that ends every Task attempt as recorded: the n-th time a state asks, in the same iteration. */
export function answerAsRecorded(outcomes: readonly TaskOutcome[], world: TaskWorld): Connector {
  const open = [...outcomes];
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
    return outcome === undefined ? world.unrecorded(request, call) : answer(outcome, request, call, world);
  };
}

/** An answer that never comes: the clock goes on to whatever withdraws the call. */
export function neverAnswer(call: ConnectorCall): Promise<Outcome> {
  call.release();
  return new Promise((resolve) => call.signal.addEventListener('abort', () => resolve({ ok: false, error: {} })));
}

function isFor({ state, iteration = [], resource }: TaskOutcome, request: TaskRequest): boolean {
  return (state === null ? request.resource.endsWith(resource) : state === request.stateName) && iteration.join() === request.iteration.join();
}

function answer(outcome: TaskOutcome, request: TaskRequest, call: ConnectorCall, world: TaskWorld): Outcome | Promise<Outcome> {
  const { started, workerName, submitted, afterMs = 0 } = outcome;
  if (started === true) call.progress({ type: 'started', ...(workerName !== undefined && { workerName }) });
  const isUnanswered = outcome.none === true || outcome.timeout === true;
  if (submitted !== undefined && request.pattern === 'waitForTaskToken') {
    if (!isUnanswered) {
      if (afterMs > 0) void world.sleep(afterMs).then(() => world.callBack(call, endOf(outcome, world)));
      else world.callBack(call, endOf(outcome, world));
    }
    return { ok: true, value: submitted };
  }
  if (submitted !== undefined) call.progress({ type: 'submitted', output: submitted });
  if (isUnanswered) return neverAnswer(call);
  return afterMs > 0 ? world.sleep(afterMs).then(() => endOf(outcome, world)) : endOf(outcome, world);
}

function endOf({ result, error, cause, causeText }: TaskOutcome, { tooLarge }: TaskWorld): Outcome {
  if (result !== undefined) return { ok: true, value: result };
  const large = error === 'States.DataLimitExceeded' ? tooLarge?.() : undefined;
  if (large !== undefined) return large;
  const text = causeText ?? (cause === undefined || cause === null || typeof cause === 'string' ? cause : JSON.stringify(cause));
  const failure: Failure = { ...(typeof error === 'string' && { Error: error }), ...(typeof text === 'string' && { Cause: text }) };
  return { ok: false, error: failure };
}
