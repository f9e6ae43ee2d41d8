import { readdirSync, readFileSync } from 'node:fs';
import type { ConnectorCall, Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';
import { createCloud, type ExecutionResult } from 'interstate';
import { describe, expect, it } from 'vitest';

/** What an attempt of a Task comes to. */
type Attempt = { readonly return: Json } | { readonly error?: string; readonly cause?: string } | { readonly never: true };

/** What happens so many seconds after the start. Tasks are named by their state. */
type Happening = { readonly at: number } & (
  | { readonly stop: { readonly error?: string; readonly cause?: string } }
  | { readonly succeed: string; readonly output: Json }
  | { readonly fail: string; readonly error?: string; readonly cause?: string }
  | { readonly heartbeat: string }
);

interface StateCase {
  readonly description: string;
  readonly given: {
    readonly definition: JsonObject;
    /** Default `{}`. */
    readonly input?: Json;
    /** By state name: the first attempt, the first retry, …; the last holds for all after it. A state not named returns its arguments. */
    readonly tasks?: Readonly<Record<string, readonly Attempt[]>>;
    readonly limits?: Readonly<Record<string, number>>;
    readonly type?: 'STANDARD' | 'EXPRESS';
  };
  readonly when?: readonly Happening[];
  readonly then: {
    readonly status: string;
    readonly output?: Json;
    readonly error?: string;
    readonly cause?: string;
    /** Seconds from start to end. */
    readonly seconds?: number;
    /** Every event as `Type previousEventId`, in order. */
    readonly history?: readonly string[];
    /** Variables assigned, by the state that assigned them. */
    readonly assigned?: Readonly<Record<string, JsonObject>>;
  };
  /** The rule, by section of the reference: `1.8` Choice. */
  readonly spec: string;
}

const folder = new URL('../../cases/states/', import.meta.url);

for (const file of readdirSync(folder).sort()) {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly StateCase[];
  describe(file.replace('.json', ''), () => {
    it.each(cases.map((one) => [one.description, one] as const))('%s', async (_description, { given, when = [], then }) => {
      const result = await run(given, when);
      const { error, cause, history, assigned, seconds, ...rest } = then;
      expect({ status: result.status, ...(result.output !== undefined && { output: result.output }), error: result.error }).toEqual({ error, ...rest });
      if (cause !== undefined) expect(result.cause).toBe(cause);
      if (seconds !== undefined) expect((result.stopTime - result.startTime) / 1000).toBe(seconds);
      if (history !== undefined) expect(result.history().map(({ type, previousEventId }) => `${type} ${previousEventId}`)).toEqual(history);
      if (assigned !== undefined) expect(assignedIn(result)).toEqual(assigned);
    });
  });
}

function assignedIn(result: ExecutionResult): Record<string, unknown> {
  const exits = result.history().filter(({ details }) => details?.['assignedVariables'] !== undefined);
  return Object.fromEntries(exits.map(({ details }) => [details!['name'], details!['assignedVariables']]));
}

async function run({ definition, input, tasks = {}, limits, type }: StateCase['given'], when: readonly Happening[]): Promise<ExecutionResult> {
  const tokens = new Map<string, string>();
  const connector = (call: ConnectorCall): Outcome | Promise<Outcome> => {
    const { stateName, retryCount, taskToken, arguments: given } = call.request as unknown as TaskRequest;
    if (taskToken !== undefined) tokens.set(stateName, taskToken);
    const attempts = Object.hasOwn(tasks, stateName) ? tasks[stateName]! : [{ return: given }];
    const attempt = attempts[Math.min(retryCount, attempts.length - 1)]!;
    if ('return' in attempt) return { ok: true, value: attempt.return };
    if (!('never' in attempt)) {
      const { error, cause } = attempt;
      return { ok: false, error: { ...(error !== undefined && { Error: error }), ...(cause !== undefined && { Cause: cause }) } };
    }
    call.release();
    return new Promise((resolve) => call.signal.addEventListener('abort', () => resolve({ ok: false, error: {} })));
  };
  const cloud = createCloud({ clock: 'virtual', seed: 1, adapters: [{ service: 'cases', tasks: [{ resource: '*', connector }] }] });
  const machine = await cloud.states.create({ definition, name: 'machine', ...(type && { type }) });
  const execution = await machine.start(input ?? {}, { name: 'execution', ...(limits && { limits }) });
  const startTime = cloud.now();
  for (const happening of when) {
    await cloud.advance(startTime + happening.at * 1000 - cloud.now());
    if ('stop' in happening) await execution.stop(happening.stop);
    else if ('succeed' in happening) await cloud.states.sendTaskSuccess({ taskToken: tokens.get(happening.succeed)!, output: JSON.stringify(happening.output) });
    else if ('heartbeat' in happening) await cloud.states.sendTaskHeartbeat({ taskToken: tokens.get(happening.heartbeat)! });
    else {
      const { error, cause } = happening;
      await cloud.states.sendTaskFailure({ taskToken: tokens.get(happening.fail)!, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    }
  }
  return execution.result();
}
