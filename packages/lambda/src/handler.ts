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
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- handlers type their own events
export type Handler<Event = any, Result = any> = (event: Event, context: Context, callback: Callback) => Result | Promise<Result>;

/** How a handler ended: what it returned, or what it threw. */
export type Ending = { readonly returned: unknown } | { readonly threw: unknown };

/**
 * Calls a handler once and gives its first ending; anything later is ignored, as on Lambda. Never rejects.
 * A handler with three parameters that returns no promise ends when it calls back; every other one when it returns.
 */
export function callHandler(handler: Handler, event: unknown, makeContext: (callback: Callback) => Context): Promise<Ending> {
  return new Promise((resolve) => {
    const callback: Callback = (error, result) => {
      resolve(error === undefined || error === null ? { returned: result } : { threw: error });
    };
    try {
      const returned: unknown = handler(event, makeContext(callback), callback);
      if (isThenable(returned)) {
        returned.then(
          (result) => resolve({ returned: result }),
          (reason: unknown) => resolve({ threw: reason }),
        );
      } else if (handler.length < 3) resolve({ returned });
    } catch (thrown) {
      resolve({ threw: thrown });
    }
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
