import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Crypto, type Json, type JsonObject, type Machine, type Outcome, type TaskRequest } from '@interstate/kernel';
import { noCrypto } from '@interstate/kernel/testing';
import { checkMachineContract, createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import cases from '../../cases/redrive.json' with { type: 'json' };
import type { HistoryEvent } from '../history/event.ts';
import { createProgramLibrary } from '../program/library.ts';
import { executionMachine, EXECUTION_KIND } from './execution-machine.ts';
import { redriveCountOf, type Execution, type StartNotice } from './execution.ts';
import { redriveStatusOf, type RedriveFacts } from './redrive-status.ts';

const crypto: Crypto = {
  ...noCrypto,
  hash: (_, text) => createHash('sha256').update(text).digest('hex'),
  hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
};
const ARN = 'arn:aws:states:us-east-1:123456789012:execution:m:e';
const START = Date.UTC(2026, 0, 1);

interface Given {
  readonly definition: Json;
  readonly input?: Json;
  /** How the calls of each Task end, in order: `ok` or an error name, `@` seconds after the call; `ok` for all after. */
  readonly answers?: Readonly<Record<string, readonly string[]>>;
  readonly limits?: JsonObject;
  /** Makes it a child of a Map run. */
  readonly executionType?: 'STANDARD' | 'EXPRESS';
}

interface Case extends Given {
  readonly description: string;
  readonly redrives: number;
  readonly stopAfterSeconds?: number;
  readonly redriveAfterSeconds?: number;
  readonly refused?: string;
  readonly calls?: readonly string[];
  readonly status: string;
  readonly output?: Json;
  readonly elapsedSeconds?: number;
  readonly history?: readonly string[];
}

interface Scene {
  readonly host: TinyHost;
  readonly calls: readonly string[];
  readonly machine: () => Machine;
}

const CLOCK = 'clock';

/** Tells the execution something, or nothing, when a time has come: the tiny host stands still otherwise. */
const clockMachine: Machine = {
  kind: 'test:clock',
  load: () => null,
  step: (_state, message, { now }) => ({
    effects:
      message.type === 'timer'
        ? [{ type: 'notice', to: ARN, notice: JSON.parse(message.key) as Json }]
        : message.type === 'notice' && isJsonObject(message.notice) && 'after' in message.notice
          ? [{ type: 'timer', key: JSON.stringify(message.notice['tell']), at: now + (message.notice['after'] as number) * 1000 }]
          : [],
    journal: [],
  }),
  changes: () => [],
  records: () => new Map(),
};

function begin({ definition, input = {}, answers = {}, limits, executionType }: Given, cut = false): Scene {
  const calls: string[] = [];
  const machine = (): Machine => {
    const programs = createProgramLibrary();
    programs.add('p', definition as JsonObject);
    return executionMachine((id) => programs.get(id)) as Machine;
  };
  const answer = (request: Json): { outcome: Outcome; afterMs: number } => {
    const { stateName } = request as unknown as TaskRequest;
    calls.push(stateName);
    const count = calls.filter((name) => name === stateName).length;
    const [error = 'ok', seconds = '0'] = (answers[stateName]?.[count - 1] ?? 'ok').split('@');
    return { outcome: error === 'ok' ? { ok: true, value: `${stateName} ${count}` } : { ok: false, error: { Error: error } }, afterMs: Number(seconds) * 1000 };
  };
  const host = createTinyHost({ machines: () => [machine(), clockMachine], crypto, answer, cut, startTime: START });
  const start: StartNotice = {
    type: 'start',
    programId: 'p',
    input,
    executionArn: ARN,
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m',
    roleArn: 'arn:aws:iam::123456789012:role/r',
    seed: [1, 2, 3, 4],
    ...(limits && { limits }),
    ...(executionType && { executionType, mapRunArn: 'arn:aws:states:us-east-1:123456789012:mapRun:m/l:r', notify: [CLOCK] }),
  };
  host.spawn('test:clock', CLOCK, null);
  host.spawn(EXECUTION_KIND, ARN, start as unknown as Json);
  return { host, calls, machine };
}

function tellLater(host: TinyHost, after: number, tell: Json): void {
  host.notify(CLOCK, { after, tell });
}

function redrive(host: TinyHost, input: JsonObject = {}): Outcome {
  const id = host.call(ARN, { action: 'RedriveExecution', input });
  host.run();
  return host.replies.get(id)!;
}

const executionOf = (host: TinyHost): Execution => host.stateOf(ARN) as Execution;

describe('RedriveExecution', () => {
  for (const one of cases as unknown as readonly Case[]) {
    for (const cut of [false, true]) {
      it(`${one.description}${cut ? ', saved and loaded at every step' : ''}`, () => {
        const { host, calls, machine } = begin(one, cut);
        if (one.stopAfterSeconds !== undefined) tellLater(host, one.stopAfterSeconds, { type: 'stop' });
        host.run();
        if (one.redriveAfterSeconds !== undefined) tellLater(host, one.redriveAfterSeconds, { type: 'none' });
        host.run();
        for (let count = 0; count < one.redrives; count++) {
          const outcome = redrive(host);
          if (one.refused === undefined) expect(outcome.ok).toBe(true);
          else expect(outcome).toEqual({ ok: false, error: { Error: 'ExecutionNotRedrivable', Cause: one.refused } });
        }
        if (one.calls) expect(calls).toEqual(one.calls);
        const history = host.journalOf(ARN) as readonly HistoryEvent[];
        if (one.history) expect(history.map(({ type, previousEventId }) => `${type} ${previousEventId}`)).toEqual(one.history);
        expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
        const execution = executionOf(host);
        expect(execution.status).toBe(one.status);
        expect(redriveCountOf(execution)).toBe(one.refused === undefined ? one.redrives : 0);
        if (one.output !== undefined) expect(execution.ending?.output).toEqual(one.output);
        if (one.elapsedSeconds !== undefined) expect((execution.ending!.stopTime - START) / 1000).toBe(one.elapsedSeconds);
        checkMachineContract({ machine, script: host.scriptOf(ARN), crypto });
      });
    }
  }

  const FAILS: Given = { definition: { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } } };

  it('does a redrive once for a client token, for fifteen minutes', () => {
    const { host } = begin(FAILS);
    host.run();
    const first = redrive(host, { clientToken: 'a' });
    tellLater(host, 899, { type: 'none' });
    host.run();
    expect(redrive(host, { clientToken: 'a' })).toEqual(first);
    expect(redriveCountOf(executionOf(host))).toBe(1);
    for (let count = 0; count < 10; count++) redrive(host, { clientToken: `t${count}` });
    expect(redriveCountOf(executionOf(host))).toBe(11);
    // Eleven tokens have come since: the first is forgotten.
    expect(redrive(host, { clientToken: 'a' })).not.toEqual(first);
    tellLater(host, 901, { type: 'none' });
    host.run();
    redrive(host, { clientToken: 'a' });
    expect(redriveCountOf(executionOf(host))).toBe(13);
    expect(executionOf(host).redrives?.tokens).toHaveLength(1);
  });

  it('tells those who heard of the end; a child is redriven by its Map run alone', () => {
    const { host } = begin({ ...FAILS, executionType: 'STANDARD' });
    host.run();
    expect(redrive(host)).toEqual({ ok: false, error: { Error: 'ExecutionNotRedrivable', Cause: 'Execution can only be redriven by its Map Run' } });
    host.notify(ARN, { type: 'redrive' });
    host.run();
    const told = host.effects.flatMap(([, effect]) => (effect.type === 'notice' && effect.to === CLOCK ? [(effect.notice as JsonObject)['type']] : []));
    expect(told).toEqual(['executionEnded', 'executionRedriven', 'executionEnded']);
  });

  it('an Express child begins again with its first state', () => {
    const definition = {
      StartAt: 'A',
      States: {
        A: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:a', Next: 'B' },
        B: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:b', End: true },
      },
    };
    const { host, calls } = begin({ definition, answers: { B: ['Boom'] }, executionType: 'EXPRESS' });
    host.run();
    host.notify(ARN, { type: 'redrive' });
    host.run();
    expect(calls).toEqual(['A', 'B', 'A', 'B']);
    expect(executionOf(host)).toMatchObject({ status: 'SUCCEEDED', redrives: null });
  });

  it('whatever fails, and wherever it is cut: redriven until it succeeds, nothing that succeeded runs twice', () => {
    const task = (name: string): JsonObject => ({ Type: 'Task', Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, End: true });
    const group = fc.letrec<{ node: JsonObject }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 2 },
        fc.constant<JsonObject>({ Type: 'Task' }),
        fc.record({ Type: fc.constant('Parallel'), nodes: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }) as unknown as fc.Arbitrary<JsonObject>,
        fc.record({ Type: fc.constant('Map'), node: tie('node'), most: fc.integer({ min: 1, max: 3 }) }) as unknown as fc.Arbitrary<JsonObject>,
      ),
    })).node;
    let names = 0;
    const write = (node: JsonObject): JsonObject => {
      const name = `S${names++}`;
      const state: JsonObject =
        node['Type'] === 'Task'
          ? task(name)
          : node['Type'] === 'Parallel'
            ? { Type: 'Parallel', Branches: (node['nodes'] as JsonObject[]).map(write), End: true }
            : { Type: 'Map', ItemsPath: '$$.Execution.Input', MaxConcurrency: node['most']!, ItemProcessor: write(node['node'] as JsonObject), End: true };
      return { StartAt: name, States: { [name]: state } };
    };
    fc.assert(
      fc.property(group, fc.array(fc.tuple(fc.nat(12), fc.constantFrom('Boom', 'Boom@2', 'ok@1', 'ok@3')), { maxLength: 12 }), (node, troubles) => {
        names = 0;
        const definition = write(node);
        const answers: Record<string, string[]> = {};
        for (const [state, trouble] of troubles) (answers[`S${state}`] ??= []).push(trouble);
        const calm = begin({ definition, input: [0, 1] });
        calm.host.run();
        const { host, calls, machine } = begin({ definition, input: [0, 1], answers }, true);
        host.run();
        for (let count = 0; count <= troubles.length && executionOf(host).status !== 'SUCCEEDED'; count++) expect(redrive(host).ok).toBe(true);
        expect(executionOf(host).status).toBe('SUCCEEDED');
        // Every success is in the output once: what ran again had not succeeded, or had been aborted on its way.
        const succeeded = (host.journalOf(ARN) as readonly HistoryEvent[]).filter(({ type }) => type === 'LambdaFunctionSucceeded').length;
        expect(succeeded).toBe(calm.calls.length);
        expect(calls.length).toBeGreaterThanOrEqual(calm.calls.length);
        checkMachineContract({ machine, script: host.scriptOf(ARN), crypto });
      }),
      { numRuns: 60, seed: 20_260_101 },
    );
  });
});

describe('redriveStatusOf', () => {
  const facts: RedriveFacts = { status: 'FAILED', executionType: 'STANDARD', startTime: START, stopTime: START, events: 5 };
  it.each<[string, Partial<RedriveFacts>, number, string | undefined]>([
    ['a failed execution', {}, 0, undefined],
    ['a running one', { status: 'RUNNING' }, 0, 'Execution is RUNNING and cannot be redriven'],
    ['one that waits for its Map run', { status: 'PENDING_REDRIVE' }, 0, 'Execution is PENDING_REDRIVE and cannot be redriven'],
    ['one whose machine is being deleted', { deleting: true }, 0, 'State machine is in DELETING status'],
    ['one with 24,998 events', { events: 24_998 }, 0, undefined],
    ['one with 24,999 events', { events: 24_999 }, 0, 'Execution history event limit exceeded'],
    ['one fourteen days old', {}, 14 * 86_400_000, undefined],
    ['one older than fourteen days', {}, 14 * 86_400_000 + 1, 'Execution redrivable period exceeded'],
    ['one begun more than a year ago', { stopTime: START + 400 * 86_400_000 }, 400 * 86_400_000, 'Execution has exceeded the max execution time'],
  ])('%s', (_, more, later, reason) => {
    const expected = reason === undefined ? { redriveStatus: 'REDRIVABLE' } : { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
    expect(redriveStatusOf({ ...facts, ...more }, START + later)).toEqual(expected);
  });

  it('children are redriven by their Map run', () => {
    expect(redriveStatusOf({ ...facts, mapRunArn: 'm' }, START)).toEqual({ redriveStatus: 'REDRIVABLE_BY_MAP_RUN' });
    expect(redriveStatusOf({ ...facts, mapRunArn: 'm', executionType: 'EXPRESS', events: 99_999 }, START + 1e12).redriveStatus).toBe('REDRIVABLE_BY_MAP_RUN');
  });
});
