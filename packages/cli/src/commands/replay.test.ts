import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCloud } from '@interstate/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInTest, type TestRun } from '../test-terminal.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-replay-'));
const definition = { StartAt: 'Charge', States: { Charge: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', Next: 'Done' }, Done: { Type: 'Pass', End: true } } };

beforeAll(async () => {
  const cloud = testCloud();
  cloud.mock('Charge').returns({ receipt: 1 }).after(100);
  const { executionArn } = await cloud.run(definition, { id: 1 });
  const { events } = await cloud.sfn.getExecutionHistory({ executionArn });
  writeFileSync(join(cwd, 'history.json'), JSON.stringify({ events }, null, 2));
  writeFileSync(join(cwd, 'order.asl.json'), JSON.stringify(definition));
  writeFileSync(join(cwd, 'changed.asl.json'), JSON.stringify({ ...definition, States: { ...definition.States, Charge: { ...definition.States.Charge, ResultPath: '$.charged' } } }));
  writeFileSync(join(cwd, 'retried.asl.json'), JSON.stringify({ ...definition, States: { ...definition.States, Charge: { ...definition.States.Charge, Retry: [{ ErrorEquals: ['Busy'] }] } } }));
  writeFileSync(join(cwd, 'empty.json'), '{}');
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: readonly string[]): Promise<TestRun> => runInTest(['replay', ...args], { cwd });

describe('interstate replay', () => {
  it('says that an execution goes as recorded', async () => {
    expect(await run('--definition', 'order.asl.json', '--history', 'history.json')).toMatchObject({
      code: 0,
      stdout: '✔ history.json goes as recorded: SUCCEEDED, 9 events, 1 Task attempts in the recording\n',
    });
  });

  it('shows the first difference of a changed definition', async () => {
    const { code, stdout } = await run('changed.asl.json', '--history', 'history.json', 'history.json', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ history: 'history.json', difference: expect.stringContaining('event 6 TaskStateExited') as unknown, status: 'SUCCEEDED', taskAttempts: 1 }, {}]);
  });

  it('says what of the definition the executions ran', async () => {
    const { code, stdout } = await run('retried.asl.json', '--history', 'history.json', 'history.json', '--coverage', '--coverage-threshold', 'retriers=50');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✔ history.json .*\n✔ history.json .*\n(?:.*\n)*.*retried.asl.json/);
    expect(stdout).toContain('Charge Retry[0]');
    expect(stdout).toMatch(/✗ .*retriers/);
  });

  it.each([
    [['--definition', 'order.asl.json', '--history', 'empty.json'], /^error: empty.json: There is no event in it/],
    [['--definition', 'order.asl.json', '--history', 'histroy.json'], /Did you mean history.json\?/],
    [['--history', 'history.json', 'order.asl.json'], /^error: missing required argument 'definition': it stands before --history/],
    [['order.asl.json', '-d', 'changed.asl.json', '--history', 'history.json'], /^error: --definition changed.asl.json: the definition is order.asl.json already; name one/],
    [['order.asl.json'], /required option '-H, --history/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
