import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInTest } from '../test-terminal.ts';
import { watchTests } from '../test-run/watch.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-test-'));
const write = (file: string, text: string): void => writeFileSync(join(cwd, file), text);
mkdirSync(join(cwd, 'machines'));
mkdirSync(join(cwd, 'node_modules'));
write('node_modules/x.asl.test.json', '{');
write('machines/order.asl.yaml', 'StartAt: Charge\nStates:\n  Charge: { Type: Task, Resource: "${Charge}", Next: Done }\n  Done: { Type: Pass, End: true }\n');
write('machines/functions.mjs', 'export const Charge = async ({ n }) => ({ paid: n });\n');
write('machines/order.asl.test.yaml', 'functions: functions.mjs\ntests:\n  pays: { input: { n: 2 }, expect: { output: { paid: 2 } } }\n  mocked: { mocks: { Charge: { return: 1 } }, expect: { output: 1 } }\n');
write('machines/other.asl.test.json', JSON.stringify({ definition: 'order.asl.yaml', tests: { 'is wrong': { mocks: { Charge: { return: 1 } }, expect: { output: 2 } }, 'is left out': { skip: true } } }));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('interstate test', () => {
  it('runs the tests beside definitions', async () => {
    const run = await runInTest(['test', 'machines/order.asl.test.yaml'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^✔ machines\/order.asl.test.yaml 2 passed in \d+ m?s\n✔ 2 passed, 0 failed in 1 file, [\d.]+ m?s\n$/);
  });

  it('says what failed, and writes JUnit', async () => {
    const run = await runInTest(['test', '--junit', 'out/junit.xml'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('  ✗ is wrong\n      output expected 2, got 1\n');
    expect(run.stdout).toMatch(/✗ 2 passed, 1 failed, 1 skipped in 2 files/);
    expect(readFileSync(join(cwd, 'out/junit.xml'), 'utf8').replaceAll(/time="[^"]*"/g, '')).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="machines/order.asl.test.yaml" tests="2" failures="0" errors="0" >
          <testcase classname="machines/order.asl.test.yaml" name="pays" ></testcase>
          <testcase classname="machines/order.asl.test.yaml" name="mocked" ></testcase>
        </testsuite>
        <testsuite name="machines/other.asl.test.json" tests="2" failures="1" errors="0" >
          <testcase classname="machines/other.asl.test.json" name="is wrong" ><failure message="output expected 2, got 1">output expected 2, got 1</failure></testcase>
          <testcase classname="machines/other.asl.test.json" name="is left out" ><skipped/></testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('prints reports for programs', async () => {
    const { stdout } = await runInTest(['test', 'machines', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject([{ file: 'machines/order.asl.test.yaml' }, { file: 'machines/other.asl.test.json', tests: [{ status: 'failed' }, { status: 'skipped' }] }]);
  });

  it.each([
    [['test', 'nowhere'], 'error: nowhere: there is no such file or folder.\n'],
    [['test', 'node_modules/..', '--workers', 'x'], "error: option '--workers <count>' argument 'x' is invalid. It must be an integer from 0 to 64."],
  ])('refuses %j', async (args, message) => {
    const run = await runInTest(args, { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });

  it.each([
    ['lost.asl.test.json', '{"tests":{"a":{}}}', 'there is no definition beside it: looked for lost.asl.json, lost.asl.yaml, lost.asl.yml. Name it: "definition": "…".'],
    ['lost.asl.test.json', '{"definition":"machines/order.asl.yaml","tests":{"a":{"input":', 'lost.asl.test.json'],
    ['lost.asl.test.json', '{"definition":"machines/order.asl.yaml","tests":{"a":{"mock":{}}}}', 'tests.a.mock: is not known here. Did you mean mocks?'],
    ['lost.asl.test.json', '{"definition":"machines/functions.mjs","tests":{"a":{}}}', 'machines/functions.mjs: this is an object'],
    ['lost.asl.test.json', '{"definition":"machines/order.asl.yaml","functions":"nope.mjs","tests":{"a":{}}}', 'functions: nope.mjs: There is no module "nope.mjs"'],
    ['lost.asl.test.mjs', 'throw new Error("no");', 'It cannot be loaded: no\n    at lost.asl.test.mjs:1:'],
  ])('a file that cannot be run fails: %s %s', async (file, text, message) => {
    write(file, text);
    const run = await runInTest(['test', file], { cwd });
    rmSync(join(cwd, file));
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(`✗ ${file}\n    ${message}`);
  });

  it('watches: what a change concerns is run again', async () => {
    const stop = new AbortController();
    const rounds: (readonly [string, number])[][] = [];
    const done = watchTests(['machines'], cwd, {
      signal: stop.signal,
      ran(again) {
        rounds.push(again.map(({ file, tests }) => [file, tests.filter(({ status }) => status === 'failed').length] as const));
        if (rounds.length === 1) write('machines/other.asl.test.json', JSON.stringify({ definition: 'order.asl.yaml', tests: { 'is right': { mocks: { Charge: { return: 1 } }, expect: { output: 1 } } } }));
        else stop.abort();
      },
    });
    await done;
    expect(rounds).toEqual([
      [['machines/order.asl.test.yaml', 0], ['machines/other.asl.test.json', 1]],
      [['machines/other.asl.test.json', 0]],
    ]);
  });
});
