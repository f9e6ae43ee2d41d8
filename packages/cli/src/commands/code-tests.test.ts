import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest } from '../test-terminal.ts';
import { watchTests } from '../test-run/watch.ts';

const ORDER = { StartAt: 'Charge', States: { Charge: { Type: 'Task', Resource: '${Charge}', Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60 }], End: true } } };

it('runs tests written in code beside those written as data', async () => {
  const cwd = createFolder(
    {
      'order.asl.json': ORDER,
      'order.asl.test.mjs': `import assert from 'node:assert/strict';
        export const options = { functions: { Charge: async ({ n }) => ({ paid: n }) } };
        export default {
          async 'calls the function'({ run }) { assert.deepEqual((await run({ n: 2 })).output, { paid: 2 }); },
          async 'is mocked'({ cloud, run, definition }) {
            const mock = cloud.mock('Charge').failsOnce('Busy').thenReturns(definition.StartAt);
            assert.equal((await run()).output, 'Charge');
            assert.equal(mock.calls.length, 2);
          },
          async 'is wrong'({ run }) { assert.equal((await run({ n: 1 })).output.paid, 2, 'paid\\nmore'); },
          async 'mocks what is not there'({ cloud, run }) {
            cloud.mock('Chrage').fails('Busy');
            await run({ n: 1 });
          },
          async 'mocks another machine of its own'({ cloud }) {
            cloud.mock('Ask').fails('No');
            await cloud.states.create({ definition: { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'ask' }, End: true } } } });
          },
          'is left out': { skip: 'later', run() {} },
        };`,
      'empty.asl.test.js': '',
      'odd.asl.test.mjs': 'export const options = { seeds: 1 }; export default { a() {} };',
      'broken.asl.test.mjs': "throw new TypeError('no');",
    },
    onTestFinished,
  );
  const { code, stdout } = await runInTest(['test', 'order.asl.test.mjs', '--junit', 'junit.xml'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ order.asl.test.mjs 3 passed, 2 failed, 1 skipped in .*\n {2}✗ is wrong\n {6}AssertionError: paid\n {6}more\n(?: {6}.*\n)* {6}at .*order\.asl\.test\.mjs:10:46\)\n {2}✗ mocks what is not there\n {6}mock\('Chrage'\): The definition has no Task 'Chrage'. Did you mean 'Charge'\?\n/);
  const reports = JSON.parse((await runInTest(['test', '--json'], { cwd })).stdout) as readonly { readonly file: string; readonly fault?: string }[];
  expect(Object.fromEntries(reports.map(({ file, fault }) => [file, fault?.split('\n')[0]]))).toEqual({
    'broken.asl.test.mjs': 'broken.asl.test.mjs: It cannot be loaded: no',
    'empty.asl.test.js': expect.stringContaining("empty.asl.test.js: It has no default export of tests: export default { async 'name'({ cloud, run }) { … } }.") as unknown,
    'odd.asl.test.mjs': 'odd.asl.test.mjs: options.seeds: is not known here. Did you mean seed?',
    'order.asl.test.mjs': undefined,
  });
});

it('watches them: a changed test is loaded anew', async () => {
  const test = (output: number): string => `export default { async t({ cloud, run }) { cloud.mock('Charge').returns(1); if ((await run()).output !== ${output}) throw new Error('other'); } };`;
  const cwd = createFolder({ 'order.asl.json': ORDER, 'order.asl.test.mjs': test(2) }, onTestFinished);
  const stop = new AbortController();
  const rounds: string[] = [];
  await watchTests(['.'], cwd, {
    signal: stop.signal,
    ran(again) {
      rounds.push(...again.flatMap(({ tests }) => tests.map(({ status }) => status)));
      if (rounds.at(-1) === 'passed') stop.abort();
      else writeFileSync(join(cwd, 'order.asl.test.mjs'), test(1));
    },
  });
  expect(rounds.at(0)).toBe('failed');
  expect(rounds.at(-1)).toBe('passed');
});
