import { describe, expect, it } from 'vitest';
import type { InputEntry, InputLog } from '@interstate/runtime';
import { createCloud, createEngine, type Cloud, type CloudOptions } from './index.ts';

const START = '2026-01-01T00:00:00Z';
const lambda = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const DEFINITION = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Next: 'Each',
      Branches: [
        {
          StartAt: 'Flaky',
          States: { Flaky: { Type: 'Task', Resource: lambda('flaky'), Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 9, JitterStrategy: 'FULL' }], End: true } },
        },
        {
          StartAt: 'Ask',
          States: {
            Ask: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
              Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
              End: true,
            },
          },
        },
      ],
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Stamp',
        States: { Stamp: { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()', 'at.$': '$$.State.EnteredTime' }, Next: 'Rest' }, Rest: { Type: 'Wait', Seconds: 60, End: true } },
      },
      End: true,
    },
  },
} as const;

/** Everything in a cloud, as text. */
function contents(cloud: Cloud): string {
  const { host } = cloud;
  return JSON.stringify([...host.addresses()].map((address) => ({ address, records: [...host.recordsOf(address)], journal: host.journalOf(address), ended: host.isEnded(address) })), null, 1);
}

interface Life {
  readonly cloud: Cloud;
  readonly log: InputLog;
  readonly inIt: string;
}

async function lived(options: CloudOptions): Promise<Life> {
  const log: InputEntry[] = [];
  let attempts = 0;
  const cloud: Cloud = createCloud({
    ...options,
    onInput: (entry) => log.push(entry),
    functions: {
      flaky: () => {
        if (++attempts % 3 !== 0) throw new Error(`attempt ${attempts}`);
        return { attempts };
      },
      ask: async ({ token }: { token: string }) => void (await cloud.sfn.sendTaskSuccess({ taskToken: token, output: `"${Math.random()}"` })),
    },
  });
  const machine = await cloud.states.create({ name: 'm', definition: DEFINITION });
  const executions = await Promise.all([1, 2, 3].map((n) => machine.start({ n })));
  await executions[2]!.stop({ error: 'Enough' });
  if (options.clock === 'virtual') for (const execution of executions) await execution.result();
  // Taken when no message is under way: a replay leaves none.
  let life: Life | undefined;
  await cloud.host.runUntil(() => {
    life = { cloud, log: JSON.parse(JSON.stringify(log)) as InputLog, inIt: contents(cloud) };
    return true;
  });
  return life!;
}

const forbidden = (): never => {
  throw new Error('A replay asks nobody.');
};

describe('a cloud made from its input log', () => {
  it.each([['sequence' as const], [{ seed: 7 }], [{ seed: 8 }]])('is the same, record by record and event by event (%j)', async (order) => {
    const options: CloudOptions = { clock: 'virtual', startTime: START, seed: 3, order };
    const { cloud, log, inIt } = await lived(options);
    const again = createCloud({ ...options, functions: { flaky: forbidden, ask: forbidden } });
    again.replay(log);
    expect(contents(again)).toBe(inIt);
    expect(again.now()).toBe(cloud.now());
    // It is a cloud like any other: it goes on.
    const { executions } = await again.sfn.listExecutions({ stateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:m` });
    expect(executions!.map(({ status }) => status).sort()).toEqual(['ABORTED', 'SUCCEEDED', 'SUCCEEDED']);
  });

  it('is the same though it lived under the real clock', async () => {
    const { cloud, log, inIt } = await lived({ seed: 3 });
    const first = log.find(({ type }) => type === 'time') as InputEntry & { readonly type: 'time' };
    const again = createCloud({ clock: 'virtual', startTime: first.now, seed: 3, functions: { flaky: forbidden, ask: forbidden } });
    cloud.close();
    again.replay(log);
    expect(contents(again)).toBe(inIt);
  });

  it('is refused where the log is another one, or the cloud has run already', async () => {
    const options: CloudOptions = { clock: 'virtual', startTime: START, seed: 3 };
    const { cloud, log } = await lived(options);
    expect(() => cloud.replay(log)).toThrow(/fresh host/);
    expect(() => createCloud(options).replay([...log, { ...log.at(-1)!, at: 1_000_000 }])).toThrow(/does not fit/);
    expect(() => createCloud({ ...options, startTime: '2027-01-01T00:00:00Z' }).replay(log)).toThrow(/start the clock there/);
    expect(() => createCloud({ ...options, clock: 'real' }).replay(log)).toThrow(/virtual clock|clock there/);
  });
});

it('an engine resumes an execution in a replay as it did', async () => {
  const definition = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 10, Next: 'T' }, T: { Type: 'Task', Resource: lambda('work'), End: true } } } as const;
  const options = { clock: 'virtual', startTime: START, seed: 1 } as const;
  const first = createEngine(options);
  const started = first.start(first.load(definition), { n: 1 });
  await first.runUntilBlocked(started);
  const checkpoint = first.suspend(started);
  const log: InputEntry[] = [];
  const second = createEngine({ ...options, onInput: (entry) => log.push(entry), functions: { work: ({ n }: { n: number }) => n + 1 } });
  second.load(definition);
  const result = await second.resume(checkpoint).result();
  const third = createEngine(options);
  third.load(definition);
  third.replay(JSON.parse(JSON.stringify(log)) as InputLog);
  expect(result.status).toBe('SUCCEEDED');
  expect(third.host.journalOf(started.executionArn)).toEqual(result.history());
});
