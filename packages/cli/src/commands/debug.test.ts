import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../program.ts';
import { createFolder, runInTest } from '../test-terminal.ts';

const DEFINITION = {
  StartAt: 'Charge',
  States: {
    Charge: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', ResultPath: '$.paid', Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }], Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

function folder(): string {
  return createFolder(
    {
      'order.asl.json': DEFINITION,
      'order.asl.test.yaml': 'tests:\n  is busy: { input: { n: 1 }, mocks: { Charge: [{ fail: Busy }, { return: 7 }] }, expect: { output: 8 } }\n  is left out: { skip: true, mocks: { Chrage: { return: 1 } } }\n',
      'mocks.yaml': 'Charge: [{ fail: Busy }, { return: 7 }]\n',
      'many.asl.json': {
        StartAt: 'Orders',
        States: { Orders: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, StartAt: 'Ship', States: { Ship: { Type: 'Pass', End: true } } }, End: true } },
      },
      'wrong.yaml': 'Charge: { returns: 7 }\n',
      'history.json': {
        events: [
          { id: 1, type: 'ExecutionStarted', timestamp: '2026-01-01T00:00:00Z', executionStartedEventDetails: { input: '{"n":3}' } },
          { id: 2, type: 'TaskStateEntered', previousEventId: 1, timestamp: '2026-01-01T00:00:00Z', stateEnteredEventDetails: { name: 'Charge', input: '{"n":3}' } },
          { id: 3, type: 'LambdaFunctionScheduled', previousEventId: 2, timestamp: '2026-01-01T00:00:00Z', lambdaFunctionScheduledEventDetails: { resource: 'r', input: '{"n":3}' } },
          { id: 4, type: 'LambdaFunctionStarted', previousEventId: 3, timestamp: '2026-01-01T00:00:00Z' },
          { id: 5, type: 'LambdaFunctionSucceeded', previousEventId: 4, timestamp: '2026-01-01T00:00:02Z', lambdaFunctionSucceededEventDetails: { output: '"there"' } },
        ],
      },
    },
    onTestFinished,
  );
}

describe('interstate debug', () => {
  it('prints every step where there is no terminal', async () => {
    const { code, stdout, stderr } = await runInTest(['debug', 'order.asl.json', '--input', '{"n":1}', '--mocks', 'mocks.yaml'], { cwd: folder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "#1  0 ms  ExecutionStarted
            input  {"n":1}
      #2  0 ms  TaskStateEntered  Charge
            input  {"n":1}
      #3  0 ms  LambdaFunctionScheduled  Charge
            afterInputPath  {"n":1}
            afterParameters  {"n":1}
      #4  0 ms  LambdaFunctionStarted  Charge
      #5  0 ms  LambdaFunctionFailed  Charge
            error  "Busy"
            errorDetails  {"retryIndex":0}
      #6  5.00 s  LambdaFunctionScheduled  Charge
      #7  5.00 s  LambdaFunctionStarted  Charge
      #8  5.00 s  LambdaFunctionSucceeded  Charge
            result  7
      #9  5.00 s  TaskStateExited  Charge
            afterResultSelector  7
            afterResultPath  {"n":1,"paid":7}
            output  {"n":1,"paid":7}
      #10  5.00 s  SucceedStateEntered  Done
            input  {"n":1,"paid":7}
      #11  5.00 s  SucceedStateExited  Done
            afterInputPath  {"n":1,"paid":7}
            output  {"n":1,"paid":7}
      #12  5.00 s  ExecutionSucceeded
            output  {"n":1,"paid":7}
      "
    `);
  });

  it('prints JSON for programs', async () => {
    const { stdout } = await runInTest(['debug', 'order.asl.json', '--json'], { cwd: folder() });
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ path: 'Charge', event: expect.objectContaining({ type: 'TaskStateExited' }) as unknown, inspectionData: { input: '{}', afterInputPath: '{}', afterParameters: '{}', result: '{}', afterResultSelector: '{}', afterResultPath: '{"paid":{}}' } }),
    );
  });

  it('prints the children of a distributed Map where its Map run starts', async () => {
    const cwd = folder();
    const { stdout } = await runInTest(['debug', 'many.asl.json', '--input', '["a","b"]'], { cwd });
    expect(stdout.slice(stdout.indexOf('#4'))).toMatchInlineSnapshot(`
      "#4  0 ms  MapRunStarted  Orders
            Orders[0]
              #1  0 ms  ExecutionStarted
                    input  "a"
              #2  0 ms  PassStateEntered  Ship
                    input  "a"
              #3  0 ms  PassStateExited  Ship
                    afterInputPath  "a"
                    afterParameters  "a"
                    afterResultSelector  "a"
                    afterResultPath  "a"
                    output  "a"
              #4  0 ms  ExecutionSucceeded
                    output  "a"
            Orders[1]
              #1  0 ms  ExecutionStarted
                    input  "b"
              #2  0 ms  PassStateEntered  Ship
                    input  "b"
              #3  0 ms  PassStateExited  Ship
                    afterInputPath  "b"
                    afterParameters  "b"
                    afterResultSelector  "b"
                    afterResultPath  "b"
                    output  "b"
              #4  0 ms  ExecutionSucceeded
                    output  "b"
      #5  0 ms  MapRunSucceeded  Orders
      #6  0 ms  MapStateSucceeded  Orders
      #7  0 ms  MapStateExited  Orders
            afterResultSelector  ["a","b"]
            afterResultPath  ["a","b"]
            output  ["a","b"]
      #8  0 ms  ExecutionSucceeded
            output  ["a","b"]
      "
    `);
    const { stdout: json } = await runInTest(['debug', 'many.asl.json', '--input', '["a","b"]', '--json'], { cwd });
    const steps = JSON.parse(json) as readonly { readonly event: { readonly type: string }; readonly children?: readonly unknown[] }[];
    expect(steps.filter(({ children }) => children !== undefined)).toMatchObject([{ event: { type: 'MapRunStarted' }, children: [{ index: 0, steps: [{ event: { type: 'ExecutionStarted' } }, { path: 'Ship' }, {}, {}] }, { index: 1 }] }]);
  });

  it('goes through a test, and says what is wrong with it', async () => {
    const cwd = folder();
    const { code, stdout, stderr } = await runInTest(['debug', 'order.asl.test.yaml', '--test', 'is busy'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'output expected 8, got {"n":1,"paid":7}\n' });
    expect(stdout).toContain('#5  0 ms  LambdaFunctionFailed  Charge\n      error  "Busy"\n');
  });

  it('goes through what happened elsewhere', async () => {
    const { stdout } = await runInTest(['debug', 'order.asl.json', '--history', 'history.json', '--plain'], { cwd: folder() });
    expect(stdout).toContain('  2.00 s  TaskStateExited  Charge\n      afterResultSelector  "there"\n      afterResultPath  {"n":3,"paid":"there"}\n');
  });

  it.each([
    [['--mocks', 'wrong.yaml'], 'error: wrong.yaml: mocks.Charge.returns: is not known here. Did you mean return?\n'],
    [['--mocks', 'none.yaml'], 'error: none.yaml'],
    [['--history', 'mocks.yaml'], 'error: mocks.yaml: It is no JSON'],
    [['--history', 'history.json', '--mocks', 'mocks.yaml'], "error: option '-H, --history <file>' cannot be used with option '--mocks <file>'"],
  ])('refuses %j', async (args, message) => {
    const run = await runInTest(['debug', 'order.asl.json', ...args], { cwd: folder() });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });

  it.each([
    [['order.asl.test.yaml'], "error: Name one of its tests with --test. There are: 'is busy', 'is left out'.\n"],
    [['order.asl.test.yaml', '--test', 'is bussy'], "error: --test 'is bussy': there is no such test. Did you mean 'is busy'?\n"],
    [['order.asl.test.yaml', '--test', 'is busy', '--input', '1'], 'error: --input 1: is for definitions; a test says itself what it runs with.\n'],
    [['order.asl.test.yaml', '--test', 'is left out'], "error: order.asl.test.yaml: the test 'is left out' has run no execution.\n"],
    [['order.asl.json', '--test', 'a'], "error: --test 'a': is for a file of tests, such as order.asl.test.yaml; order.asl.json is none.\n"],
  ])('refuses a test that it cannot go through: %j', async (args, message) => {
    const run = await runInTest(['debug', ...args], { cwd: folder() });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });

  it('takes keys on a terminal, and leaves it as it was', async () => {
    const { shown, modes, listeners } = await press('order.asl.json', ['\u001b[C\u001b[Cg1', '2\rq']);
    expect(shown).toContain('order · event 3 of 9');
    expect(shown).toContain('There is no event 12: they go from 1 to 9.');
    expect(shown.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true);
    expect({ modes, listeners }).toEqual({ modes: [true, false], listeners: 0 });
  });

  it('goes into a child execution, and out again to where it was', async () => {
    const { shown } = await press('many.asl.json', ['nnnc1\rn', 'uu', 'q'], ['--input', '["a","b"]']);
    expect(shown).toContain('Orders[0]');
    expect(shown).toContain('many › Orders[1] · event 2 of 4');
    expect(shown.slice(shown.indexOf('many › Orders[1] · event 2'))).toContain('many · event 4 of');
    expect(shown).toContain('There is no execution around this one.');
  });
});

/** What the terminal shows after these keys, which end the command. */
async function press(file: string, keys: readonly string[], args: readonly string[] = []): Promise<{ readonly shown: string; readonly modes: readonly boolean[]; readonly listeners: number }> {
  let shown = '';
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) });
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        shown += chunk.toString();
        done();
      },
    }),
    { isTTY: true, columns: 80, rows: 24 },
  );
  const before = process.listenerCount('exit');
  const done = runCli(['debug', file, ...args], { stdin, stdout, stderr: stdout, env: { NO_COLOR: '1' }, cwd: folder(), onInterrupt: () => () => undefined, captureLog: () => () => undefined });
  for (const each of keys) stdin.write(each);
  expect(await done).toBe(0);
  return { shown, modes, listeners: process.listenerCount('exit') - before };
}
