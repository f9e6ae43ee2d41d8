import { EXECUTION_KIND, type HistoryEvent, type StartNotice } from '@interstate/core';
import { normalizeJson, type EpochMs, type Json, type JsonObject } from '@interstate/kernel';
import type { LambdaAdapter } from '@interstate/lambda';
import { mapRunMachine } from '@interstate/states';
import { loadDefinition, type Definition, type DefinitionOptions } from './definition.ts';
import { createEngineHost, type EngineOptions, type HostControls } from './engine-host.ts';
import { Execution, relaxedLimits, stopOnAbort, type ExecutionResult, type RunOptions } from './execution.ts';

/** A definition an engine has read, checked and compiled. */
export interface EngineProgram {
  /** Names the definition by its content: the same in every process. */
  readonly id: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly stateMachineArn: string;
  /** What ARNs of its executions begin with. */
  readonly executionPrefix: string;
}

/** An execution at rest, as plain JSON: keep it anywhere, resume it in any process that has loaded the definition. */
export interface Checkpoint {
  readonly version: 1;
  readonly programId: string;
  readonly executionArn: string;
  readonly kind: string;
  readonly records: readonly (readonly [key: string, value: Json])[];
  readonly bookkeeping: Json;
  readonly history: readonly HistoryEvent[];
}

/**
 * Runs executions without the service around them: nothing is created, listed or retained, a definition is loaded once
 * and started many times. Made for embedding: an execution can be kept as JSON and resumed elsewhere.
 */
export interface Engine extends HostControls {
  /** Local functions. */
  readonly lambda: LambdaAdapter;
  /** @throws InvalidDefinitionError; TemplateError */
  load(definition: Definition, options?: DefinitionOptions & { readonly type?: 'STANDARD' | 'EXPRESS' }): EngineProgram;
  /** Starts an execution on an input (default `{}`), which is copied as `JSON.stringify` would. */
  start(program: EngineProgram, input?: unknown, options?: Omit<RunOptions, 'type'>): Execution;
  /** Starts an execution, waits for its end and forgets it. */
  run(program: EngineProgram, input?: unknown, options?: Omit<RunOptions, 'type'>): Promise<ExecutionResult>;
  /**
   * Settles when the execution has ended or cannot go on by itself now: it waits for a time to come, or for a callback.
   * Gives the time at which it wants to be resumed by itself, if there is one.
   */
  runUntilBlocked(execution: Execution): Promise<{ readonly ended: boolean; readonly resumeAt?: EpochMs }>;
  /** Takes the execution out of this engine, as JSON. */
  suspend(execution: Execution): Checkpoint;
  /** @throws Error where the definition has not been loaded, or the execution lives here already */
  resume(checkpoint: Checkpoint): Execution;
  /** Answers a task token of an execution. False where no Task waits for this token. */
  sendTaskSuccess(execution: Execution, answer: { readonly taskToken: string; readonly output: unknown }): boolean;
  sendTaskFailure(execution: Execution, answer: { readonly taskToken: string; readonly error?: string; readonly cause?: string }): boolean;
  /** Forgets an ended execution. */
  forget(execution: Execution): void;
}

const HOME = 'us-east-1:123456789012';

export function createEngine(options: EngineOptions = {}): Engine {
  const { host, programs, lambda, controls } = createEngineHost(options, (library) => [{ service: 'mapRun', machines: [mapRunMachine((id) => library.get(id))] }]);
  const { limits } = options;
  const seed = host.nextSeed();
  // Executions of other processes must not get the same names.
  const run = seed[0].toString(36);
  let started = 0;

  /** @param input the engine's own copy */
  const begin = (program: EngineProgram, input: Json, given: Omit<RunOptions, 'type'> = {}): Execution => {
    const { signal, history, asOf } = given;
    signal?.throwIfAborted();
    const name = given.name ?? ['execution-', run, '-', ++started].join('');
    // Joined, not added: the text is a key from now on, and one made by adding would keep its halves beside it.
    const executionArn = [program.executionPrefix, name].join('');
    const notice: { -readonly [K in keyof StartNotice]: StartNotice[K] } = {
      type: 'start',
      programId: program.id,
      input,
      executionArn,
      stateMachineArn: program.stateMachineArn,
      roleArn: 'arn:aws:iam::123456789012:role/StepFunctionsRole',
      executionType: program.type,
      seed,
    };
    if (history === false) notice.history = false;
    if (asOf !== undefined) notice.asOf = asOf;
    if (limits || given.limits) notice.limits = relaxedLimits(limits, given.limits);
    host.spawn(EXECUTION_KIND, executionArn, notice as unknown as Json);
    const execution = new Execution(host, executionArn);
    if (signal) stopOnAbort(execution, signal);
    return execution;
  };

  /** Begun at once: letting time pass is what begins it. */
  const runInVirtualTime = async (program: EngineProgram, input: Json, given: Omit<RunOptions, 'type'> | undefined): Promise<ExecutionResult> => {
    const execution = begin(program, input, given);
    try {
      return await execution.result();
    } finally {
      host.forget(execution.executionArn);
    }
  };

  const answer = ({ executionArn, openTaskTokens }: Execution, taskToken: string, notice: (callId: string) => JsonObject): boolean => {
    const callId = openTaskTokens.get(taskToken);
    if (callId === undefined) return false;
    host.notify(executionArn, notice(callId));
    return true;
  };

  return {
    ...controls,
    lambda,
    load(source, loadOptions = {}) {
      const { definition, type } = programs.parsingOnce(() => loadDefinition(source, loadOptions));
      const id = host.hash(JSON.stringify(definition));
      if (!programs.has(id)) programs.add(id, definition);
      // Compiled at once, so that no execution pays for it.
      programs.get(id);
      const machine = `Engine-${id.slice(0, 12)}`;
      const kind = type === 'EXPRESS' ? 'express' : 'execution';
      return {
        id,
        type,
        stateMachineArn: `arn:aws:states:${HOME}:stateMachine:${machine}`,
        executionPrefix: `arn:aws:states:${HOME}:${kind}:${machine}:`,
      };
    },
    start: (program, input, given) => begin(program, ownInput(input), given),
    run(program, input, given) {
      // Copied now, begun in its turn: what waits takes no more room than its input.
      const copy = ownInput(input);
      if (host.clock.type === 'virtual') return runInVirtualTime(program, copy, given);
      return new Promise((resolve, reject) => {
        host.whenAdmitted(() => {
          try {
            const execution = begin(program, copy, given);
            const { executionArn } = execution;
            host.whenEnded(executionArn, () => {
              try {
                resolve(execution.endedResult());
              } catch (error) {
                reject(error as Error);
              }
              host.forget(executionArn);
            });
          } catch (error) {
            reject(error as Error);
          }
        });
      });
    },
    async runUntilBlocked({ executionArn }) {
      await host.runUntilQuiet(executionArn);
      const resumeAt = host.nextTimerOf(executionArn);
      return { ended: host.isEnded(executionArn), ...(resumeAt !== undefined && { resumeAt }) };
    },
    suspend({ executionArn }) {
      const { kind, records, bookkeeping } = host.snapshot(executionArn)!;
      const history = [...host.journalOf(executionArn)] as HistoryEvent[];
      const programId = (records.get('start') as unknown as StartNotice).programId;
      host.forget(executionArn);
      return { version: 1, programId, executionArn, kind, records: [...records], bookkeeping, history };
    },
    resume({ version, programId, executionArn, kind, records, bookkeeping, history }) {
      if (version !== 1) throw new Error(`This checkpoint has version ${String(version)}; this release reads version 1.`);
      if (!programs.has(programId)) throw new Error('Load the definition of this checkpoint before resuming it.');
      host.restore(executionArn, { kind, records: new Map(records), inbox: new Map(), bookkeeping }, history);
      return new Execution(host, executionArn);
    },
    sendTaskSuccess: (execution, { taskToken, output }) =>
      answer(execution, taskToken, (callId) => ({ type: 'taskSuccess', callId, output: normalizeJson(output) })),
    sendTaskFailure: (execution, { taskToken, error, cause }) =>
      answer(execution, taskToken, (callId) => ({ type: 'taskFailure', callId, error: error ?? null, cause: cause ?? null })),
    forget: ({ executionArn }) => host.forget(executionArn),
  };
}

function ownInput(input: unknown): Json {
  return input === undefined ? {} : normalizeJson(input);
}
