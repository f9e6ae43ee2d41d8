import { createProgramLibrary, executionMachine, type ExecutionLimits, type HistoryEvent } from '@interstate/core';
import type { Adapter, EpochMs, Json } from '@interstate/kernel';
import { http, type HttpOptions } from '@interstate/http';
import { lambda, type Handler, type LambdaAdapter } from '@interstate/lambda';
import { createTaskCheck, Host, realClock, virtualClock, type Interceptor, type Store } from '@interstate/runtime';
import { s3, type S3, type S3Options } from '@interstate/s3';
import { DIRECTORY_KIND, states } from '@interstate/states';
import { createStates, type States } from './states.ts';
import type { Definition } from './definition.ts';
import type { ExecutionResult, RunOptions } from './execution.ts';

export interface CloudOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits (default `123456789012`). */
  readonly account?: string;
  /** `real` (default) lets time pass as it does; `virtual` jumps to whatever is due next. */
  readonly clock?: 'real' | 'virtual';
  /** Virtual clock: where time begins, as ISO 8601 text or milliseconds since 1970 (default 2026-01-01T00:00:00Z). */
  readonly startTime?: string | EpochMs;
  /** Makes ids, tokens, jitter and `$random()` repeatable. Default: different every time. */
  readonly seed?: number;
  /** Functions by name, ARN or `${Placeholder}`, called where a Task calls Lambda. */
  readonly functions?: Readonly<Record<string, Handler>>;
  /** HTTP Tasks and API Gateway Tasks: connections, limits, allowed hosts. */
  readonly http?: HttpOptions;
  /** Objects to begin with, or the folder that holds them. */
  readonly s3?: Omit<S3Options, 'now'>;
  /** What answers other Task resources. The first match wins; these come before the built-in ones. */
  readonly adapters?: readonly Adapter[];
  /** AWS's limits, relaxed by name, for every execution. */
  readonly limits?: Partial<ExecutionLimits>;
  /** Tasks that run at once. Default: no bound. */
  readonly taskConcurrency?: number;
  readonly interceptors?: readonly Interceptor[];
  /** Keeps every machine after every step. Default: live objects in memory. */
  readonly store?: Store;
  /** For proofs: drop machines from memory after every step, deliver every message so many times. */
  readonly crashes?: { readonly deliveries: number };
}

/** A cloud of your own: state machines, and the services around them. */
export interface Cloud {
  /** The Step Functions service. */
  readonly states: States;
  /** Local functions. */
  readonly lambda: LambdaAdapter;
  /** Objects: for ItemReader, ResultWriter, `aws-sdk:s3:*` Tasks and the application. */
  readonly s3: S3;
  /** Runs a definition once and gives its result; a failed execution is a result, not an exception. */
  run(definition: Definition, input?: unknown, options?: RunOptions): Promise<ExecutionResult>;
  now(): EpochMs;
  /** Virtual clock: lets time pass by so many milliseconds. */
  advance(milliseconds: number): Promise<void>;
  /** Virtual clock: lets time pass until nothing is left to happen. */
  runUntilIdle(): Promise<void>;
  /** Calls the listener with every history event as it happens; gives back how to stop. */
  onHistory(listener: (executionArn: string, event: HistoryEvent) => void): () => void;
  /** Forgets everything that runs and waits, so that nothing keeps the process alive. */
  close(): void;
  /** The host below: for adapters and tools. */
  readonly host: Host;
}

/**
 * Creates a cloud: everything in this process, nothing shared with another cloud.
 * @example
 * const cloud = createCloud({ functions: { greet: async ({ name }) => `Hello ${name}` } });
 * const { output } = await cloud.run(definition, { name: 'Ada' });
 */
export function createCloud(options: CloudOptions = {}): Cloud {
  const { region = 'us-east-1', account = '123456789012', functions, adapters = [], limits } = options;
  const programs = createProgramLibrary();
  const clock = options.clock === 'virtual' ? virtualClock(startTimeOf(options.startTime)) : realClock();
  const functionsAdapter = lambda({ ...(functions && { functions }), now: () => clock.now() });
  const statesAdapter = states({ region, account, programs });
  const objects = s3({ ...options.s3, now: () => clock.now() });
  const plugged: readonly Adapter[] = [...adapters, statesAdapter, functionsAdapter, objects, http(options.http)];
  const host = new Host({
    machines: [executionMachine((id) => programs.get(id), createTaskCheck(plugged)), ...statesAdapter.machines],
    adapters: plugged,
    clock,
    ...(options.seed !== undefined && { seed: [options.seed >>> 0, (options.seed / 2 ** 32) >>> 0, 0x9e3779b9, 0x243f6a88] as const }),
    ...(options.taskConcurrency !== undefined && { taskConcurrency: options.taskConcurrency }),
    ...(options.interceptors && { interceptors: options.interceptors }),
    ...(options.store && { store: options.store }),
    ...(options.crashes && { forget: true, deliveries: options.crashes.deliveries }),
  });
  const { directory } = statesAdapter;
  host.spawn(DIRECTORY_KIND, directory, { type: 'open', seed: host.seedFor(directory) as unknown as Json });
  const service = createStates({ host, programs, directory, region, account, limits });

  return {
    states: service,
    lambda: functionsAdapter,
    s3: objects,
    async run(definition, input, runOptions) {
      const machine = await service.create({ definition, ...runOptions });
      const execution = await machine.start(input, runOptions);
      return execution.result();
    },
    now: () => host.now(),
    advance: (milliseconds) => host.advance(milliseconds),
    runUntilIdle: () => host.runUntilIdle(),
    onHistory(listener) {
      const heard = ({ address, entries }: { address: string; entries: readonly unknown[] }): void => {
        if (!isExecution(address)) return;
        for (const event of entries as readonly HistoryEvent[]) listener(address, event);
      };
      host.events.on('journal', heard);
      return () => void host.events.off('journal', heard);
    },
    close: () => host.close(),
    host,
  };
}

function isExecution(address: string): boolean {
  return address.includes(':execution:') || address.includes(':express:');
}

function startTimeOf(startTime: string | EpochMs | undefined): EpochMs | undefined {
  if (typeof startTime !== 'string') return startTime;
  const time = Date.parse(startTime);
  if (Number.isNaN(time)) throw new TypeError(`startTime must be ISO 8601 text or milliseconds since 1970, but is '${startTime}'.`);
  return time;
}
