import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runInTest } from '../test-terminal.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-graph-'));
writeFileSync(join(cwd, 'order.asl.yaml'), 'StartAt: A\nStates:\n  A: { Type: Pass, Next: B }\n  B: { Type: Succeed }\n');
writeFileSync(join(cwd, 'empty.asl.json'), '{"StartAt":"A","States":{}}');
afterAll(() => rmSync(cwd, { recursive: true }));

it('draws an execution over it, or what tests covered', async () => {
  const event = (id: number, type: string, name: string): object => ({ id, previousEventId: id - 1, type, timestamp: id, [`state${type.slice(-7) === 'Entered' ? 'Entered' : 'Exited'}EventDetails`]: { name, input: '1', output: '1' } });
  writeFileSync(join(cwd, 'history.json'), JSON.stringify({ events: [{ id: 1, type: 'ExecutionStarted', timestamp: 1 }, event(2, 'PassStateEntered', 'A'), event(3, 'PassStateExited', 'A')] }));
  const { stdout } = await runInTest(['graph', 'order.asl.yaml', '--history', 'history.json'], { cwd });
  expect(stdout).toContain('<g class="state pass succeeded">');
  expect(stdout).toContain('>1 s</text>');
  writeFileSync(join(cwd, 'order.asl.test.yaml'), 'tests: { it: {} }\n');
  await runInTest(['test', '--coverage-reporter', 'raw', '--coverage-dir', 'ran'], { cwd });
  expect((await runInTest(['graph', 'order.asl.yaml', '--coverage', 'ran'], { cwd })).stdout).toContain('<g class="state pass covered">');
  for (const [args, message] of [
    [['--history', 'history.json', '-f', 'dot'], 'error: --history history.json: is drawn over SVGs; leave out --format dot.\n'],
    [['--history', 'order.asl.yaml'], 'error: order.asl.yaml: It is no JSON'],
    [['--coverage', 'nowhere'], 'error: nowhere: the folder cannot be read'],
    [['--coverage', 'ran', '--history', 'history.json'], "error: option '--coverage <folder>' cannot be used with option '-H, --history <file>'"],
  ] as const) {
    const { code, stderr } = await runInTest(['graph', 'order.asl.yaml', ...args], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as unknown });
  }
});

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
