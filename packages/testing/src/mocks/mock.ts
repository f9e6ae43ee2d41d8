import type { Json, TaskRequest } from '@interstate/kernel';

/** What a mocked Task was asked. */
export interface MockCall {
  /** The Task's effective input: what a function gets as its event, what an integration gets as its parameters. */
  readonly arguments: Json;
  readonly request: TaskRequest;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Makes a result from what the Task was asked. What it returns is taken as `JSON.stringify` would; what it throws fails the Task. */
export type MockFunction<Arguments = Json, Result = unknown> = (given: Arguments, call: MockCall) => Result | Promise<Result>;

/** One thing a mock does when it is called. */
export type MockAnswer = { delayMs: number } & (
  | { readonly type: 'return'; readonly value: unknown }
  | { readonly type: 'fail'; readonly error: string; readonly cause: string | undefined }
  | { readonly type: 'timeOut' }
);

/**
 * Stands in for Tasks. Answers are given in the order they were named; the last `returns` or `fails` is given from then on.
 * After a list that ends with a `…Once` or `…Times` the real thing answers again.
 *
 * @example cloud.mock('ChargeCard').failsOnce('Card.Declined').thenReturns({ receipt: 'r1' })
 */
export class Mock<Arguments = Json, Result = unknown> {
  /** Every call this mock has answered, in order. */
  readonly calls: MockCall[] = [];
  private readonly queued: MockAnswer[] = [];
  private lasting: MockAnswer | undefined;
  private last: MockAnswer | undefined;

  constructor(readonly target: string) {}

  /** From now on the Task succeeds with this result, or with what this function makes of its arguments. */
  returns(make: MockFunction<Arguments, Result>): this;
  returns(value: Result): this;
  returns(value: unknown): this {
    return this.always({ type: 'return', value, delayMs: 0 });
  }

  /** The same as {@link returns}; reads better behind a failure. */
  thenReturns(make: MockFunction<Arguments, Result>): this;
  thenReturns(value: Result): this;
  thenReturns(value: unknown): this {
    return this.always({ type: 'return', value, delayMs: 0 });
  }

  returnsOnce(make: MockFunction<Arguments, Result>): this;
  returnsOnce(value: Result): this;
  returnsOnce(value: unknown): this {
    return this.next({ type: 'return', value, delayMs: 0 });
  }

  /** From now on the Task fails. @param error the error name that Retriers and Catchers see */
  fails(error: string, cause?: string): this {
    return this.always({ type: 'fail', error, cause, delayMs: 0 });
  }

  thenFails(error: string, cause?: string): this {
    return this.fails(error, cause);
  }

  failsOnce(error: string, cause?: string): this {
    return this.next({ type: 'fail', error, cause, delayMs: 0 });
  }

  failsTimes(times: number, error: string, cause?: string): this {
    if (!Number.isInteger(times) || times < 0) throw new TypeError(`failsTimes needs a whole number of times, but got ${times}.`);
    for (let time = 0; time < times; time++) this.failsOnce(error, cause);
    return this;
  }

  /** The Task is not answered: its TimeoutSeconds or HeartbeatSeconds ends it; without either it fails with `States.Timeout` at once. */
  timesOut(): this {
    return this.always({ type: 'timeOut', delayMs: 0 });
  }

  timesOutOnce(): this {
    return this.next({ type: 'timeOut', delayMs: 0 });
  }

  /** The answer named last comes so late. @param milliseconds of the cloud's time */
  after(milliseconds: number): this {
    if (!this.last) throw new Error('after() follows the answer it delays: mock(…).returns(…).after(1000).');
    this.last.delayMs = milliseconds;
    return this;
  }

  /** Takes the next answer; undefined where the real thing is to answer. @internal */
  take(): MockAnswer | undefined {
    return this.queued.shift() ?? this.lasting;
  }

  /** Names an answer: given once in its turn, or from then on. @internal */
  answers(answer: MockAnswer, lasting: boolean): this {
    return lasting ? this.always(answer) : this.next(answer);
  }

  private next(answer: MockAnswer): this {
    this.queued.push(answer);
    this.last = answer;
    return this;
  }

  private always(answer: MockAnswer): this {
    this.lasting = answer;
    this.last = answer;
    return this;
  }
}
