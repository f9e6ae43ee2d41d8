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
      'mocks.yaml': 'Charge: [{ fail: Busy }, { return: 7 }]\n',
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

  it('takes keys on a terminal, and leaves it as it was', async () => {
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
    const done = runCli(['debug', 'order.asl.json'], { stdin, stdout, stderr: stdout, env: { NO_COLOR: '1' }, cwd: folder(), onInterrupt: () => () => undefined, captureLog: () => () => undefined });
    stdin.write('\u001b[C\u001b[Cg1');
    stdin.write('2\rq');
    expect(await done).toBe(0);
    expect(shown).toContain('order · event 3 of 9');
    expect(shown).toContain('There is no event 12: they go from 1 to 9.');
    expect(shown.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true);
    expect({ modes, listeners: process.listenerCount('exit') - before }).toEqual({ modes: [true, false], listeners: 0 });
  });
});
