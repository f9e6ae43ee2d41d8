import type { TaskRequest } from '@interstate/kernel';
import type { Callback, Context } from './handler.ts';
import type { Invocation } from './invocation.ts';
import { MAX_TIMEOUT_SECONDS } from './limits.ts';

/** The context of one invocation. All that Lambda has are own properties; `signal` is not. */
export class InvocationContext implements Context {
  callbackWaitsForEmptyEventLoop = true;
  readonly functionVersion: string;
  readonly functionName: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext: unknown;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
  readonly done: Callback;
  readonly fail: (error: unknown) => void;
  readonly succeed: (result?: unknown) => void;
  readonly #call: Invocation['call'];

  constructor({ entry, requestId, invokedFunctionArn, clientContext, call, now }: Invocation, callback: Callback) {
    const { timeoutSeconds = MAX_TIMEOUT_SECONDS, memorySize = 128, version = '$LATEST' } = entry.options;
    const { name } = entry.name;
    const request = call.request as unknown as TaskRequest;
    const deadline = now() + Math.min(timeoutSeconds, request.timeoutSeconds ?? MAX_TIMEOUT_SECONDS) * 1000;
    this.functionVersion = version;
    this.functionName = name;
    this.memoryLimitInMB = String(memorySize);
    this.logGroupName = `/aws/lambda/${name}`;
    this.logStreamName = `${dayOf(call.now)}/[${version}]${requestId.replaceAll('-', '')}`;
    this.clientContext = clientContext;
    this.invokedFunctionArn = invokedFunctionArn;
    this.awsRequestId = requestId;
    this.getRemainingTimeInMillis = () => Math.max(0, Math.round(deadline - now()));
    this.done = callback;
    this.fail = (error) => callback(error ?? 'handled');
    this.succeed = (result) => callback(null, result);
    this.#call = call;
  }

  get signal(): AbortSignal {
    return this.#call.signal;
  }
}

const DAY_MS = 86_400_000;
let lastDay = 0;
let lastDayText = '1970/01/01';

/** `2026/01/31`. The same day is asked for over and over. */
function dayOf(now: number): string {
  const day = Math.floor(now / DAY_MS);
  if (day !== lastDay) {
    lastDayText = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
    lastDay = day;
  }
  return lastDayText;
}
