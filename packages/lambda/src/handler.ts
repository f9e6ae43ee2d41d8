/** What a handler learns about its invocation, as on Lambda. */
export interface Context {
  /** Kept for code that sets it; answers never wait for the event loop here. */
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext?: unknown;
  readonly identity?: undefined;
  /** Milliseconds left of the function's time. */
  getRemainingTimeInMillis(): number;
  done(error?: unknown, result?: unknown): void;
  fail(error: unknown): void;
  succeed(result?: unknown): void;
  /** Not on Lambda, and not enumerable: aborts when the Task is given up (timeout, stop, a failed sibling). */
  readonly signal?: AbortSignal;
}

export type Callback = (error?: unknown, result?: unknown) => void;

/**
 * A Lambda handler: returns its result or a promise of it, or takes three parameters and calls back.
 * It owns its `event`: a copy that nobody else sees.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- handlers type their own events
export type Handler<Event = any, Result = any> = (event: Event, context: Context, callback: Callback) => Result | Promise<Result>;

/**
 * Calls a handler once and tells its first ending; anything later is ignored, as on Lambda. Never throws.
 * A handler with three parameters that returns no promise ends when it calls back; every other one when it returns.
 */
export function callHandler(
  handler: Handler,
  event: unknown,
  makeContext: (callback: Callback) => Context,
  returned: (result: unknown) => void,
  threw: (reason: unknown) => void,
): void {
  let ended = false;
  const succeed = (result: unknown): void => {
    if (ended) return;
    ended = true;
    returned(result);
  };
  const fail = (reason: unknown): void => {
    if (ended) return;
    ended = true;
    threw(reason);
  };
  const callback: Callback = (error, result) => (error === undefined || error === null ? succeed(result) : fail(error));
  try {
    const result: unknown = handler(event, makeContext(callback), callback);
    if (isThenable(result)) result.then(succeed, fail);
    else if (handler.length < 3) succeed(result);
  } catch (thrown) {
    fail(thrown);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
