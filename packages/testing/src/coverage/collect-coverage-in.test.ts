import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { collectCoverageIn } from '../vitest.ts';
import { testCloud } from '../test-cloud.ts';
import { readCoverageData } from './coverage-data.ts';
import { endWholeRun } from './whole-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'interstate-coverage-'));
// Hooks that stand first run last.
afterAll(() => {
  const files = readdirSync(join(folder, 'states'));
  expect(files).toEqual([expect.stringMatching(/^[0-9a-f-]{36}\.coverage\.json$/)]);
  expect(readCoverageData(JSON.parse(readFileSync(join(folder, 'states', files[0]!), 'utf8'))).definitions.map(({ counts }) => counts)).toEqual([{ '/States/A': 2 }]);
  rmSync(folder, { recursive: true });
  endWholeRun();
});
// A setup file runs for each test file: with several of them in one worker, it is asked for more than once.
collectCoverageIn(join(folder, 'states'));
collectCoverageIn(join(folder, 'states'));

it.each([1, 2])('what runs is in the folder when the file is over', async () => {
  const { status } = await testCloud().run({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
  expect(status).toBe('SUCCEEDED');
});
