import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runInTest } from '../test-terminal.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-graph-'));
writeFileSync(join(cwd, 'order.asl.yaml'), 'StartAt: A\nStates:\n  A: { Type: Pass, Next: B }\n  B: { Type: Succeed }\n');
writeFileSync(join(cwd, 'empty.asl.json'), '{"StartAt":"A","States":{}}');
afterAll(() => rmSync(cwd, { recursive: true }));

it('draws a definition as SVG, Mermaid or DOT', async () => {
  const svg = await runInTest(['graph', 'order.asl.yaml'], { cwd });
  expect(svg).toMatchObject({ code: 0, stderr: '' });
  expect(svg.stdout).toMatch(/^<svg .*role="img"><title>order<\/title>.*<\/svg>\n$/s);
  expect((await runInTest(['graph', 'order.asl.yaml', '--theme', 'dark', '--no-title'], { cwd })).stdout).toContain('<title>State machine</title><style>');
  expect((await runInTest(['graph', 'order.asl.yaml', '-f', 'mermaid'], { cwd })).stdout).toMatch(/^flowchart TD\n/);
  expect((await runInTest(['graph', 'order.asl.yaml', '-f', 'dot'], { cwd })).stdout).toMatch(/^digraph {\n/);
});

it('says why nothing is drawn', async () => {
  expect(await runInTest(['graph', 'empty.asl.json'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('empty.asl.json: There is nothing to draw') as unknown });
  expect(await runInTest(['graph', 'order.asl.yaml', '-f', 'png'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('Allowed choices are svg, mermaid, dot') as unknown });
});
