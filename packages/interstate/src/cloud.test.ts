import { EventEmitter } from 'node:events';
import type { Adapter, ConnectorCall, JsonObject, Outcome } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { createCloud, InvalidDefinitionError, StuckExecutionError, type Cloud, type CloudOptions } from './index.ts';

const lambda = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const virtual = (options: CloudOptions = {}): ReturnType<typeof createCloud> => createCloud({ clock: 'virtual', seed: 1, ...options });

/** Calls that stay open until they are withdrawn; `open` tells of them, `withdrawn` which were. */
function hanging(): { adapter: Adapter; open: string[]; withdrawn: string[]; opened: (count: number) => Promise<void> } {
  const open: string[] = [];
  const withdrawn: string[] = [];
  const news = new EventEmitter();
  const connector = (call: ConnectorCall): Promise<Outcome> => {
    const { stateName } = call.request as { stateName: string } & JsonObject;
    open.push(stateName);
    news.emit('open');
    call.release();
    return new Promise((resolve) =>
      call.signal.addEventListener('abort', () => {
        withdrawn.push(stateName);
        resolve({ ok: false, error: {} });
      }),
    );
  };
  const opened = async (count: number): Promise<void> => {
    while (open.length < count) await new Promise((resolve) => news.once('open', resolve));
  };
  return { adapter: { service: 'hanging', tasks: [{ resource: lambda('hangs'), connector }] }, open, withdrawn, opened };
}

const hangs = { Type: 'Task', Resource: lambda('hangs') };

describe('time', () => {
  it('jumps under the virtual clock: a year takes none', async () => {
    const cloud = virtual();
    const started = performance.now();
    const { status, startTime, stopTime } = await cloud.run({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 31_535_999, End: true } } });
    expect([status, stopTime - startTime]).toEqual(['SUCCEEDED', 31_535_999_000]);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(cloud.now()).toBe(Date.UTC(2026, 0, 1) + 31_535_999_000);
  });

  it('starts where it is told to', () => {
    expect(virtual({ startTime: '2030-05-06T07:08:09Z' }).now()).toBe(Date.UTC(2030, 4, 6, 7, 8, 9));
    expect(() => virtual({ startTime: 'yesterday' })).toThrow(TypeError);
  });

  it('passes as it does under the real clock', async () => {
    const cloud = createCloud();
    const at = Date.now() + 40;
    const { status, stopTime } = await cloud.run({ StartAt: 'W', States: { W: { Type: 'Wait', TimestampPath: '$.at', End: true } } }, { at: new Date(at).toISOString() });
    expect(status).toBe('SUCCEEDED');
    expect(stopTime).toBeGreaterThanOrEqual(at);
    expect(Date.now()).toBeGreaterThanOrEqual(at);
    cloud.close();
  });

  it('goes by in steps: advance, and until nothing is left to happen', async () => {
    const cloud = virtual();
    const machine = await cloud.states.create({ definition: { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } } });
    const execution = await machine.start();
    await cloud.advance(59_999);
    expect(execution.status()).toBe('RUNNING');
    await cloud.advance(1);
    expect(execution.status()).toBe('SUCCEEDED');
    const other = await machine.start();
    await cloud.runUntilIdle();
    expect(other.status()).toBe('SUCCEEDED');
    expect(cloud.now()).toBe(Date.UTC(2026, 0, 1) + 120_000);
  });

  it('is not waited for in vain: a callback that nothing can bring is named', async () => {
    const cloud = virtual({ adapters: [{ service: 'sqs', tasks: [{ resource: 'sqs:sendMessage', connector: () => ({ ok: true, value: {} }) }] }] });
    const definition = { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }, End: true } } };
    await expect(cloud.run(definition)).rejects.toThrow(StuckExecutionError);
    await expect(cloud.run(definition)).rejects.toThrow(/state 'Ask' waits for/);
  });

  it('lets what a connector set going come first: a task token answered after its Task, at whatever time', async () => {
    const cloud = virtual({
      adapters: [{
        service: 'sqs',
        tasks: [{
          resource: 'sqs:sendMessage',
          connector: ({ request }) => {
            const { taskToken } = request as { taskToken: string };
            queueMicrotask(() => void cloud.sfn.sendTaskSuccess({ taskToken, output: '"yes"' }));
            return { ok: true, value: {} };
          },
        }],
      }],
    });
    const ask = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }, End: true };
    const definition = (more: object): JsonObject => ({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Ask' }, Ask: { ...ask, ...more } } });
    expect(await cloud.run(definition({}))).toMatchObject({ status: 'SUCCEEDED', output: 'yes' });
    expect(await cloud.run(definition({ TimeoutSeconds: 5 }))).toMatchObject({ status: 'SUCCEEDED', output: 'yes' });
  });
});

describe('Stop', () => {
  it('ends a Wait under both clocks, with its reason', async () => {
    for (const cloud of [virtual(), createCloud()]) {
      const machine = await cloud.states.create({ definition: { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 999, End: true } } } });
      const execution = await machine.start();
      await execution.stop({ error: 'Enough', cause: 'said so' });
      const result = await execution.result();
      expect(result).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'said so' });
      expect(result.history().at(-1)).toMatchObject({ type: 'ExecutionAborted', previousEventId: 0 });
      await execution.stop();
      expect((await execution.result()).error).toBe('Enough');
      cloud.close();
    }
  });

  it('withdraws the calls of every branch', async () => {
    const { adapter, withdrawn, opened } = hanging();
    const cloud = createCloud({ adapters: [adapter] });
    const branch = (name: string): object => ({ StartAt: name, States: { [name]: { ...hangs, End: true } } });
    const machine = await cloud.states.create({ definition: { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } } } as unknown as JsonObject });
    const execution = await machine.start();
    await opened(2);
    await execution.stop();
    expect((await execution.result()).status).toBe('ABORTED');
    expect(withdrawn.sort()).toEqual(['A', 'B']);
    cloud.close();
  });

  it('reaches an endless Choice loop under the real clock', async () => {
    const cloud = createCloud({ limits: { historyEvents: Number.MAX_SAFE_INTEGER } });
    const machine = await cloud.states.create({
      definition: { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.never', IsPresent: true, Next: 'S' }], Default: 'C' }, S: { Type: 'Succeed' } } },
    });
    const execution = await machine.start({}, { history: false });
    const other = await cloud.run({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
    expect(other.status).toBe('SUCCEEDED');
    expect(execution.status()).toBe('RUNNING');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await execution.stop({ error: 'Loop' });
    expect(await execution.result()).toMatchObject({ status: 'ABORTED', error: 'Loop' });
    cloud.close();
  });

  it('comes by an AbortSignal, of run and of start', async () => {
    const cloud = createCloud();
    const definition = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 999, End: true } } } as const;
    const controller = new AbortController();
    const running = cloud.run(definition, {}, { signal: controller.signal });
    const machine = await cloud.states.create({ definition });
    const execution = await machine.start({}, { signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    expect(await running).toMatchObject({ status: 'ABORTED', error: 'AbortError' });
    expect((await execution.result()).cause).toContain('changed my mind');
    await expect(machine.start({}, { signal: controller.signal })).rejects.toThrow('changed my mind');
    await expect(cloud.run(definition, {}, { signal: controller.signal })).rejects.toThrow('changed my mind');
    cloud.close();
  });
});

describe('timeouts', () => {
  it('of the machine: TIMED_OUT at the very second, without error or cause, the call withdrawn', async () => {
    const { adapter, withdrawn } = hanging();
    const cloud = virtual({ adapters: [adapter] });
    const result = await cloud.run({ StartAt: 'T', TimeoutSeconds: 7, States: { T: { ...hangs, End: true } } } as unknown as JsonObject);
    expect(result).toMatchObject({ status: 'TIMED_OUT' });
    expect([result.error, result.cause, result.stopTime - result.startTime]).toEqual([undefined, undefined, 7000]);
    expect(result.history().at(-1)).toMatchObject({ type: 'ExecutionTimedOut', previousEventId: 0 });
    expect(withdrawn).toEqual(['T']);
  });

  it.each([
    ['TimeoutSeconds', { TimeoutSeconds: 5 }, 5000],
    ['HeartbeatSeconds', { TimeoutSeconds: 90, HeartbeatSeconds: 3 }, 3000],
  ])('of a Task by %s: States.Timeout, no cause, the call withdrawn', async (_field, bounds, after) => {
    const { adapter, withdrawn } = hanging();
    const cloud = virtual({ adapters: [adapter] });
    const result = await cloud.run({ StartAt: 'T', States: { T: { ...hangs, ...bounds, End: true } } } as unknown as JsonObject);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect([result.cause, result.stopTime - result.startTime]).toEqual([undefined, after]);
    expect(withdrawn).toEqual(['T']);
  });

  it('of a Task hold off while it says that it lives', async () => {
    let open: ConnectorCall | undefined;
    let answer: ((outcome: Outcome) => void) | undefined;
    const connector = (call: ConnectorCall): Promise<Outcome> => {
      call.release();
      open = call;
      return new Promise((resolve) => (answer = resolve));
    };
    const cloud = virtual({ adapters: [{ service: 'beats', tasks: [{ resource: lambda('beats'), connector }] }] });
    const machine = await cloud.states.create({ definition: { StartAt: 'T', States: { T: { Type: 'Task', Resource: lambda('beats'), TimeoutSeconds: 60, HeartbeatSeconds: 3, End: true } } } });
    const execution = await machine.start();
    for (let beat = 0; beat < 4; beat++) {
      await cloud.advance(2999);
      open!.progress({ type: 'heartbeat' });
    }
    answer!({ ok: true, value: 'alive' });
    // A call that let go of the clock does not hold it: its answer must be there before time goes on.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await execution.result()).toMatchObject({ status: 'SUCCEEDED', output: 'alive' });
  });
});

describe('a failed branch or iteration', () => {
  it.each([
    ['Parallel', { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { ...hangs, End: true } } }, { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken' } } }], End: true }, {}],
    [
      'Map',
      {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'C',
          States: { C: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 1, Next: 'F' }], Default: 'A' }, F: { Type: 'Fail', Error: 'Broken' }, A: { ...hangs, End: true } },
        },
        End: true,
      },
      [0, 1],
    ],
  ])('of a %s withdraws the calls of its siblings', async (_type, state, input) => {
    const { adapter, withdrawn } = hanging();
    const cloud = virtual({ adapters: [adapter] });
    const result = await cloud.run({ StartAt: 'X', States: { X: state } } as unknown as JsonObject, input);
    expect(result).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(withdrawn).toEqual(['A']);
    expect(result.history().some(({ type }) => type === 'TaskStateAborted')).toBe(true);
  });
});

describe('many at once', () => {
  it('10,000 executions wait, and run on, in one process', async () => {
    let atOnce = 0;
    const cloud = virtual({ functions: { add: (n: number) => n + 1 } });
    const machine = await cloud.states.create({
      definition: { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'T' }, T: { Type: 'Task', Resource: lambda('add'), End: true } } },
    });
    const executions = await Promise.all(Array.from({ length: 10_000 }, (_, n) => machine.start(n)));
    for (const execution of executions) if (execution.status() === 'RUNNING') atOnce++;
    expect(atOnce).toBe(10_000);
    const results = await Promise.all(executions.map((execution) => execution.result()));
    expect(results.every(({ status, output }, n) => status === 'SUCCEEDED' && output === n + 1)).toBe(true);
    expect(cloud.now()).toBe(Date.UTC(2026, 0, 1) + 60_000);
  });

  it('Tasks run no more at once than they are let', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<number> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return most;
    };
    const cloud = virtual({ taskConcurrency: 3, functions: { work } });
    const map = { Type: 'Map', ItemProcessor: { StartAt: 'T', States: { T: { Type: 'Task', Resource: lambda('work'), End: true } } }, End: true } as const;
    await cloud.run({ StartAt: 'M', States: { M: map } }, Array.from({ length: 20 }, (_, n) => n));
    expect(most).toBe(3);
  });
});

describe('observers', () => {
  it('hear every history event as it happens, until they have heard enough', async () => {
    const cloud = virtual();
    const heard: string[] = [];
    const stop = cloud.onHistory((executionArn, event) => heard.push(`${executionArn.split(':').at(-1)} ${event.id} ${event.type}`));
    const machine = await cloud.states.create({ definition: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } });
    const ended: string[] = [];
    cloud.host.events.on('ended', ({ address }) => ended.push(address));
    const execution = await machine.start({}, { name: 'e' });
    const result = await execution.result();
    expect(heard).toEqual(result.history().map(({ id, type }) => `e ${id} ${type}`));
    expect(ended).toEqual([execution.executionArn]);
    stop();
    await (await machine.start({}, { name: 'f' })).result();
    expect(heard).toHaveLength(result.history().length);
  });

  it('hear what comes in from outside, and of notices that reach nobody', async () => {
    const inputs: string[] = [];
    const cloud = virtual({ functions: { work: () => 1 }, onInput: (entry) => entry.type === 'message' && inputs.push(entry.message.type) });
    const problems: string[] = [];
    cloud.host.events.on('problem', ({ problem }) => problems.push(problem));
    await cloud.run({ StartAt: 'T', States: { T: { Type: 'Task', Resource: lambda('work'), End: true } } });
    // The notices open the services' directories.
    expect(inputs.filter((type) => type !== 'notice')).toEqual(['call', 'call', 'reply']);
    cloud.host.notify('arn:aws:states:us-east-1:123456789012:execution:none:none', { type: 'stop' });
    await cloud.runUntilIdle();
    expect(problems).toEqual(['A notice reached nobody.']);
  });
});

describe('a seeded cloud', () => {
  it('is the same twice: ids, tokens, jitter, random numbers', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'T',
      States: {
        T: { Type: 'Task', Resource: lambda('fails'), Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3, JitterStrategy: 'FULL' }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'P' }], End: true },
        P: { Type: 'Pass', Output: { id: '{% $uuid() %}', random: '{% $random() %}', at: '{% $now() %}' }, End: true },
      },
    } as const;
    const once = async (seed: number): Promise<string> => {
      const cloud = virtual({ seed, functions: { fails: () => Promise.reject(Object.assign(new Error('no'), { stack: '' })) } });
      const result = await cloud.run(definition);
      return JSON.stringify([result, result.history()]);
    };
    expect(await once(7)).toBe(await once(7));
    expect(await once(7)).not.toBe(await once(8));
  });
});

describe('create', () => {
  it('tells every fault of a definition, and where it is', async () => {
    const refused = createCloud().states.create({ definition: { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, C: { Type: 'Pass', Foo: 1, End: true } } } });
    await expect(refused).rejects.toBeInstanceOf(InvalidDefinitionError);
    const { message, diagnostics } = (await refused.catch((error: unknown) => error)) as InvalidDefinitionError;
    expect(diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['SCHEMA_VALIDATION_FAILED', '/States/C'],
      ['MISSING_TRANSITION_TARGET', '/States/A/Next'],
      ['MISSING_TRANSITION_TARGET', '/States/C'],
    ]);
    expect(message).toContain("Missing 'Next' target: B at /States/A/Next");
  });
});

it('nothing of a cloud is a prototype: engines keep what holds those longer, and the whole cloud with it', () => {
  const [one, other] = [createCloud(), createCloud()];
  for (const name of Object.keys(one) as (keyof Cloud)[]) expect(Object.getPrototypeOf(one[name])).toBe(Object.getPrototypeOf(other[name]));
});

it('a closed cloud keeps track of no code any more: while one does, every promise of the process costs more', async () => {
  const seen: boolean[] = [];
  const news = new EventEmitter();
  const cloud = virtual({
    functions: {
      async hangs() {
        seen.push(cloud.host.isInsideCall);
        queueMicrotask(() => news.emit('begun'));
        await new Promise((resolve) => news.once('closed', resolve));
        seen.push(cloud.host.isInsideCall);
        news.emit('seen');
      },
    },
  });
  const machine = await cloud.states.create({ definition: { StartAt: 'A', States: { A: { Type: 'Task', Resource: lambda('hangs'), End: true } } } });
  const begun = new Promise((resolve) => news.once('begun', resolve));
  await machine.start();
  await begun;
  cloud.close();
  const ended = new Promise((resolve) => news.once('seen', resolve));
  news.emit('closed');
  await ended;
  expect(seen).toEqual([true, false]);
});
