import { openTaskTokens, type Execution as MachineExecution, type ExecutionLimits, type ExecutionStatus, type HistoryEvent } from '@interstate/core';
import type { EpochMs, Json, JsonObject } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import type { DefinitionOptions } from './definition.ts';
import { explainWaiting } from './waiting.ts';

export interface StartOptions {
  /** Name of the execution (default: a UUID). */
  readonly name?: string;
  /** Stops the execution when it aborts. */
  readonly signal?: AbortSignal;
  /** False keeps no history (default true). */
  readonly history?: boolean;
  /** AWS's limits, relaxed by name. */
  readonly limits?: Partial<ExecutionLimits>;
  /** Behave as the service did at this time, where it has changed since. */
  readonly asOf?: number;
}

export interface RunOptions extends StartOptions, DefinitionOptions {
  /** `STANDARD` (default) or `EXPRESS`. */
  readonly type?: 'STANDARD' | 'EXPRESS';
}

/** Limits as they travel: JSON has no Infinity. */
export function relaxedLimits(...limits: readonly (Partial<ExecutionLimits> | undefined)[]): Partial<ExecutionLimits> {
  const relaxed = Object.assign({}, ...limits) as Record<string, number>;
  for (const name of Object.keys(relaxed)) relaxed[name] = Math.min(relaxed[name]!, Number.MAX_SAFE_INTEGER);
  return relaxed;
}

/** Stops an execution when a signal aborts; forgets the signal when the execution has ended. */
export function stopOnAbort(execution: Execution, signal: AbortSignal): void {
  const stop = (): void => void execution.stop({ error: 'AbortError', cause: String(signal.reason) });
  if (signal.aborted) return stop();
  signal.addEventListener('abort', stop, { once: true });
  void execution.ended().then(() => signal.removeEventListener('abort', stop));
}

/** The execution waits for something that nothing in this cloud can bring. */
export class StuckExecutionError extends Error {
  override readonly name = 'StuckExecutionError';
}

/** A started execution. */
export class Execution {
  constructor(
    private readonly host: Host,
    readonly executionArn: string,
  ) {}

  status(): ExecutionStatus {
    return this.live()?.status ?? 'RUNNING';
  }

  /** Every event so far, payloads as values. */
  history(): readonly HistoryEvent[] {
    return this.host.journalOf(this.executionArn) as readonly HistoryEvent[];
  }

  /**
   * Settles when the execution has ended. Under a virtual clock it lets time pass.
   * @throws StuckExecutionError where the clock is virtual and nothing can ever bring what the execution waits for
   */
  async result(): Promise<ExecutionResult> {
    const { host, executionArn } = this;
    if (host.clock.type === 'real') {
      if (!host.isEnded(executionArn)) await host.ended(executionArn);
    } else if (!(await host.runUntil(() => host.isEnded(executionArn)))) {
      throw new StuckExecutionError(explainWaiting(this.live()!));
    }
    return this.endedResult();
  }

  /** The result of an ended execution. @internal */
  endedResult(): ExecutionResult {
    const failure = this.host.failureOf(this.executionArn);
    if (failure !== undefined) throw failure;
    return new ExecutionResult(this.executionArn, this.live()!, this.host.journalReader(this.executionArn));
  }

  /** Settles when the execution has ended. Lets no time pass. */
  ended(): Promise<void> {
    return this.host.ended(this.executionArn);
  }

  /** Stops the execution: ABORTED, with this error and cause. Nothing happens where it has ended. */
  async stop({ error, cause }: { readonly error?: string; readonly cause?: string } = {}): Promise<void> {
    this.host.notify(this.executionArn, { type: 'stop', ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    if (this.host.clock.type === 'real') await this.host.ended(this.executionArn);
    else await this.host.runUntil(() => this.host.isEnded(this.executionArn));
  }

  /** Task tokens that wait for an answer, with the calls they belong to. */
  get openTaskTokens(): ReadonlyMap<string, string> {
    const execution = this.live();
    return execution ? openTaskTokens(execution) : new Map();
  }

  private live(): MachineExecution | undefined {
    const execution = this.host.stateOf(this.executionArn) as MachineExecution | undefined;
    return execution?.isStarted ? execution : undefined;
  }
}

/** How an execution ended. `output` with SUCCEEDED; `error` and `cause`, where there are any, otherwise. */
export class ExecutionResult {
  readonly executionArn: string;
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  declare readonly output?: Json;
  declare readonly error?: string;
  declare readonly cause?: string;
  /** Milliseconds since 1970. */
  readonly startTime: EpochMs;
  readonly stopTime: EpochMs;
  readonly #events: () => readonly unknown[];
  readonly #definition: JsonObject;

  constructor(executionArn: string, ended: MachineExecution, events: () => readonly unknown[]) {
    this.#events = events;
    this.#definition = ended.program.definition;
    this.executionArn = executionArn;
    this.status = ended.status as ExecutionResult['status'];
    const { output, error, cause, stopTime } = ended.ending!;
    if (output !== undefined) this.output = output;
    if (error !== undefined) this.error = error;
    if (cause !== undefined) this.cause = cause;
    this.startTime = ended.startTime;
    this.stopTime = stopTime;
  }

  /** The definition it ran. */
  get definition(): JsonObject {
    return this.#definition;
  }

  /** Every event, payloads as values. A function that can be taken off the result. */
  get history(): () => readonly HistoryEvent[] {
    const events = this.#events;
    return () => events() as readonly HistoryEvent[];
  }
}
