import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { totalsOf } from '../src/test-run/report-tests.ts';
import type { TestFileReport } from '../src/test-run/run-test-file.ts';
import { watchTests } from '../src/test-run/watch.ts';

/** A machine of five states, and a test of each way through it. */
const definition = {
  StartAt: 'Validate',
  States: {
    Validate: { Type: 'Choice', Choices: [{ Variable: '$.total', NumericGreaterThan: 1000, Next: 'Approve' }], Default: 'ChargeCard' },
    Approve: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: { FunctionName: 'approve', Payload: { 'token.$': '$$.Task.Token' } }, ResultPath: null, Next: 'ChargeCard' },
    ChargeCard: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'charge', 'Payload.$': '$' }, Retry: [{ ErrorEquals: ['Busy'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refused' }], Next: 'Done' },
    Refused: { Type: 'Fail', Error: 'Refused' },
    Done: { Type: 'Succeed' },
  },
};
const tests = {
  'is paid': { input: { total: 10 }, mocks: { ChargeCard: { return: { receipt: 'r1' } } }, expect: { status: 'SUCCEEDED', output: { receipt: 'r1' } } },
  'is paid after a while': { input: { total: 10 }, mocks: { ChargeCard: [{ fail: 'Busy' }, { return: { receipt: 'r1' } }] }, expect: { status: 'SUCCEEDED' } },
  'is approved': { input: { total: 2000 }, mocks: { Approve: { return: {} }, ChargeCard: { return: {} } }, expect: { status: 'SUCCEEDED' } },
  'is refused': { input: { total: 10 }, mocks: { ChargeCard: { fail: 'Declined' } }, expect: { status: 'FAILED', error: 'Refused' } },
};
const code = `export default {
  async 'is refused'({ cloud, run }) {
    cloud.mock('ChargeCard').failsOnce('Declined');
    const { status } = await run({ total: 10 });
    if (status !== 'FAILED') throw new Error(status);
  },
};
`;

const files = { 'order.asl.json': JSON.stringify(definition), 'order.asl.test.json': JSON.stringify({ tests }), 'code.asl.json': JSON.stringify(definition), 'code.asl.test.mjs': code };

let folder = '';
let stop = new AbortController();
let ended = Promise.resolve();
let ran: (again: readonly TestFileReport[]) => void = () => undefined;

/** Watches these files as `interstate test --watch` does, and waits for the first round. */
async function startWatching(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'interstate-watch-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  stop = new AbortController();
  const first = nextRound();
  ended = watchTests([], folder, { signal: stop.signal, ran: (again) => ran(again) });
  await first;
}

async function stopWatching(): Promise<void> {
  stop.abort();
  await ended;
  rmSync(folder, { recursive: true });
}

function nextRound(): Promise<void> {
  return new Promise((resolve, reject) => {
    ran = (again) => (totalsOf(again).failed === 0 ? resolve() : reject(new Error(JSON.stringify(again))));
  });
}

/** From the write of a file to the report. */
async function rerun(name: keyof typeof files): Promise<void> {
  const round = nextRound();
  writeFileSync(join(folder, name), files[name]);
  await round;
}

function startNode(): void {
  spawnSync(process.execPath, ['-e', '0']);
}

const row = { unit: 'ms', better: 'lower', floor: 0.5, count: 1, setup: startWatching, teardown: stopWatching, peer: startNode } as const;

export const benches = [
  { ...row, id: 'watch-rerun', work: 'a test file written until its four tests have run again under `interstate test --watch`, against `node -e 0`', ours: () => rerun('order.asl.test.json') },
  { ...row, id: 'watch-rerun-definition', work: 'the same where its definition is written', ours: () => rerun('order.asl.json') },
  { ...row, id: 'watch-rerun-code', work: 'the same with a test in code', ours: () => rerun('code.asl.test.mjs') },
];
