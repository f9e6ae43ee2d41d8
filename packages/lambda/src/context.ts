import type { TaskRequest } from '@interstate/kernel';
import type { Callback, Context } from './handler.ts';
import type { Invocation } from './invocation.ts';
import { requestIdOf } from './request-id.ts';
import { MAX_TIMEOUT_SECONDS } from './limits.ts';

/** The context of one invocation. What costs something to make is made when it is asked for: most handlers never look. */
export class InvocationContext implements Context {
  callbackWaitsForEmptyEventLoop = true;
  readonly functionVersion: string;
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly #invocation: Invocation;
  readonly #callback: Callback;
  readonly #deadline: number;
  #requestId: string | undefined;

  constructor(invocation: Invocation, callback: Callback) {
    const { entry, invokedFunctionArn, call, now } = invocation;
    this.functionVersion = entry.options.version ?? '$LATEST';
    this.functionName = entry.name.name;
    this.invokedFunctionArn = invokedFunctionArn;
    this.#invocation = invocation;
    this.#callback = callback;
    const seconds = Math.min(entry.options.timeoutSeconds ?? MAX_TIMEOUT_SECONDS, (call.request as unknown as Partial<TaskRequest>).timeoutSeconds ?? MAX_TIMEOUT_SECONDS);
    this.#deadline = now() + seconds * 1000;
  }

  get awsRequestId(): string {
    return (this.#requestId ??= requestIdOf(this.#invocation.call));
  }

  get memoryLimitInMB(): string {
    return String(this.#invocation.entry.options.memorySize ?? 128);
  }

  get logGroupName(): string {
    return `/aws/lambda/${this.functionName}`;
  }

  get logStreamName(): string {
    const day = new Date(this.#invocation.call.now).toISOString().slice(0, 10).replaceAll('-', '/');
    return `${day}/[${this.functionVersion}]${this.awsRequestId.replaceAll('-', '')}`;
  }

  get clientContext(): unknown {
    return this.#invocation.clientContext;
  }

  get signal(): AbortSignal {
    return this.#invocation.call.signal;
  }

  // Bound, so that they can be taken off the context, as handlers do on Lambda.
  get getRemainingTimeInMillis(): () => number {
    const { now } = this.#invocation;
    return () => Math.max(0, Math.round(this.#deadline - now()));
  }

  get done(): Callback {
    return this.#callback;
  }

  get fail(): (error: unknown) => void {
    return (error) => this.#callback(error ?? 'handled');
  }

  get succeed(): (result?: unknown) => void {
    return (result) => this.#callback(null, result);
  }
}
