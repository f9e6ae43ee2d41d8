import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest } from '../test-terminal.ts';

const ORDER = 'StartAt: A\nStates:\n  A: { Type: Pass, InputPath: $.orderId, End: true }\n';

it('writes types to stdout, or to a file', async () => {
  const cwd = createFolder({ 'order-2.asl.yaml': ORDER, 'wrong.asl.json': { StartAt: 'A', States: {} } }, onTestFinished);
  const { code, stdout } = await runInTest(['types', 'order-2.asl.yaml'], { cwd });
  expect({ code, stdout }).toMatchInlineSnapshot(`
    {
      "code": 0,
      "stdout": "// Written by \`interstate types\`.
    export interface Order2 {
      /** As far as its states read it. */
      readonly input: { readonly orderId: unknown; readonly [more: string]: unknown };
      readonly output: unknown;
      readonly variables: {};
      readonly states: "A";
      /** What each Task is asked, and what of its result is read. */
      readonly tasks: {};
    }
    ",
    }
  `);
  expect(await runInTest(['types', 'order-2.asl.yaml', '--out', 'types/order.d.ts', '--name', 'Order'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(cwd, 'types/order.d.ts'), 'utf8')).toBe(stdout.replace('Order2', 'Order'));
  expect(await runInTest(['types', 'wrong.asl.json'], { cwd })).toMatchObject({ code: 2, stdout: '' });
  expect(await runInTest(['types', 'order-2.asl.yaml', '--name', '2 b'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('It must be letters, digits and _') as unknown });
  expect(await runInTest(['types', 'order-2.asl.yaml', '--out', 'order-2.asl.yaml/x.d.ts'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('--out order-2.asl.yaml/x.d.ts: cannot be written') as unknown });
});
