import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runInTest } from '../test-terminal.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-chaos-'));
const charge = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', Parameters: { 'IdempotencyKey.$': '$$.Execution.Name' }, End: true };
const machine = (state: object): string => JSON.stringify({ StartAt: 'Charge', States: { Charge: state } });
writeFileSync(join(cwd, 'bare.asl.json'), machine(charge));
writeFileSync(join(cwd, 'careful.asl.json'), machine({ ...charge, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }));
writeFileSync(join(cwd, 'functions.mjs'), 'export const charge = async () => ({ paid: true });\n');
afterAll(() => rmSync(cwd, { recursive: true }));

it('says what does not hold, with the story that shows it', async () => {
  const run = await runInTest(['chaos', 'bare.asl.json', '--functions', 'functions.mjs', '--seeds', '3'], { cwd });
  expect(run.code).toBe(1);
  expect(run.stdout).toContain("✗ 'Charge' no Retrier and no Catcher covers Lambda.ServiceException\n    1. 'Charge' fails with Lambda.ServiceException\n");
});

it('is quiet where everything holds', async () => {
  expect(await runInTest(['chaos', 'careful.asl.json', '--seeds', '3'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✔ 0 findings in \d+ runs of 1 Task attempts\n$/) as unknown });
  const { stdout } = await runInTest(['chaos', 'careful.asl.json', '--seeds', '1', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ findings: [], attempts: 1 });
});
