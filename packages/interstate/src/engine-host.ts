import { createProgramLibrary, executionMachine, type ExecutionLimits, type HistoryEvent, type ProbeOf, type ProgramLibrary, type Watcher } from '@interstate/core';
import { http, type HttpAdapter, type HttpOptions } from '@interstate/http';
import type { Adapter, EpochMs } from '@interstate/kernel';
import { lambda, type Handler, type LambdaAdapter } from '@interstate/lambda';
import { createTaskCheck, Host, MemoryStore, realClock, virtualClock, type InputEntry, type InputLog, type Interceptor, type MessageOrder, type Store } from '@interstate/runtime';

/** What an engine and a cloud have in common. */
export interface EngineOptions {
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
  /** What answers other Task resources. Exact resources win over patterns (`*` is a last resort); of equals, these win over the built-in ones, and always over the modelled services. */
  readonly adapters?: readonly Adapter[];
  /** AWS's limits, relaxed by name, for every execution. */
  readonly limits?: Partial<ExecutionLimits>;
  /**
   * In which order messages under way at the same time are delivered: as they were sent (`sequence`, the default), or as a seed decides,
   * among the orders that could have been.
   */
  readonly order?: MessageOrder;
  /** Told everything that comes in from outside, as plain JSON: `replay` makes the same engine or cloud from it. */
  readonly onInput?: (entry: InputEntry) => void;
  /** Tasks that run at once. Default: no bound. */
  readonly taskConcurrency?: number;
  readonly interceptors?: readonly Interceptor[];
  /** Asked for the probe of every definition: what it is to be told of the states, transitions and expressions that run. For coverage. */
  readonly probeOf?: ProbeOf;
  /** Is shown what executions do as they do it. For time travel. Default: nobody, at no cost. */
  readonly watcher?: Watcher;
  /** Keeps every machine after every step. Default: live objects in memory. */
  readonly store?: Store;
  /** For proofs: drop machines from memory after every step, deliver every message so many times. Implies a store. */
  readonly crashes?: { readonly deliveries: number };
  /** Where advice goes that no execution shows: what to register for an unknown function. Default: `console.warn`. */
  readonly warn?: (text: string) => void;
}

export interface EngineHost {
  readonly host: Host;
  readonly programs: ProgramLibrary;
  readonly lambda: LambdaAdapter;
  readonly controls: HostControls;
}

/** @param partsOf what else lives in the host, made with its programs, its clock and its functions */
export function createEngineHost(
  options: EngineOptions,
  partsOf: (programs: ProgramLibrary, now: () => EpochMs, functions: LambdaAdapter) => readonly Adapter[] = () => [],
): EngineHost {
  const { functions, adapters = [], warn } = options;
  const programs = createProgramLibrary(options.probeOf);
  const clock = options.clock === 'virtual' ? virtualClock(startTimeOf(options.startTime)) : realClock();
  const local = lambda({ ...(functions && { functions }), ...(warn && { warn }), now: () => clock.now() });
  const parts = partsOf(programs, () => clock.now(), local);
  const web = http(options.http);
  const plugged: readonly Adapter[] = [...adapters, ...parts, local, web];
  const host = new Host({
    machines: [executionMachine((id) => programs.get(id), createTaskCheck(plugged), options.watcher), ...plugged.flatMap(({ machines = [] }) => machines)],
    adapters: plugged,
    clock,
    ...(options.seed !== undefined && { seed: [options.seed >>> 0, (options.seed / 2 ** 32) >>> 0, 0x9e3779b9, 0x243f6a88] as const }),
    ...(options.order !== undefined && { order: options.order }),
    ...(options.onInput && { onInput: options.onInput }),
    ...(options.taskConcurrency !== undefined && { taskConcurrency: options.taskConcurrency }),
    ...(options.interceptors && { interceptors: options.interceptors }),
    ...(options.store && { store: options.store }),
    ...(options.crashes && { store: options.store ?? new MemoryStore(), forget: true, deliveries: options.crashes.deliveries }),
  });
  return { host, programs, lambda: local, controls: hostControls(host, web) };
}

/** What an engine and a cloud let an application do with time and history. */
export interface HostControls {
  now(): EpochMs;
  /** Virtual clock: lets time pass by so many milliseconds. */
  advance(milliseconds: number): Promise<void>;
  /** Virtual clock: lets time pass until nothing is left to happen. */
  runUntilIdle(): Promise<void>;
  /** Calls the listener with every history event as it happens; gives back how to stop. */
  onHistory(listener: (executionArn: string, event: HistoryEvent) => void): () => void;
  /**
   * Makes of a fresh engine or cloud what another was, from its input log. Same options, same definitions loaded; a virtual clock that
   * starts no later than the log. No function and no connector is called. @throws Error where the log does not fit
   */
  replay(log: InputLog): void;
  /** Forgets everything that runs and waits, so that nothing keeps the process alive. */
  close(): void;
  /** The host below: for adapters and tools. */
  readonly host: Host;
}

function hostControls(host: Host, web: HttpAdapter): HostControls {
  return {
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
    replay: (log) => host.replay(log),
    close() {
      host.close();
      void web.close();
    },
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
