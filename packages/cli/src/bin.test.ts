import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder } from './test-terminal.ts';
import { VERSION } from './version.ts';

const folderWith = (files: Readonly<Record<string, unknown>>): string => createFolder(files, onTestFinished);

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const NODE = ['--import', import.meta.resolve('tsx'), '--conditions=interstate-source', BIN];

it('runs as a command: pipes, what functions log, exit code, and nothing that keeps it open', () => {
  const cwd = folderWith({
    'a.asl.yaml': 'StartAt: A\nStates:\n  A: { Type: Task, Resource: "${Greet}", End: true }\n',
    'f.mjs': `console.log('loading'); setInterval(() => {}, 1000); export const Greet = ({ name }) => { console.log('greeting', name); return 'Hello ' + name; };`,
  });
  const args = ['run', 'a.asl.yaml', '--input', '-', '--functions', 'f.mjs', '--no-timeline'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...NODE, ...args], { cwd, input: '{"name":"Ada"}', encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '"Hello Ada"\n' });
  expect(stderr).toMatch(/^loading\n.*greeting Ada\n.*SUCCEEDED/s);
});

it.skipIf(process.platform === 'win32')('Ctrl-C stops the execution, in an orderly way', async () => {
  const cwd = folderWith({ 'a.json': { StartAt: 'Nap', States: { Nap: { Type: 'Wait', Seconds: 3600, End: true } } } });
  const child = spawn(process.execPath, [...NODE, 'run', 'a.json'], { cwd });
  let stderr = '';
  let stopped = false;
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    // Once: a second Ctrl-C ends the process at once.
    if (!stopped && stderr.includes('▸ Nap Wait')) stopped = child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(1);
  expect(stderr).toContain('ABORTED');
  expect(stderr).toContain('It stood in:\n  Nap (Wait, for ');
});

it.skipIf(process.platform === 'win32')('ends quietly where nobody reads any more', async () => {
  const cwd = folderWith({ 'a.json': { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } } });
  const child = spawn(process.execPath, [...NODE, 'graph', 'a.json'], { cwd });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

it('counts together what tests run in several processes', () => {
  const test = { definition: 'a.asl.json', tests: { 'takes a turn': { input: { n: 1 } } } };
  const cwd = folderWith({
    'a.asl.json': { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'One' }], Default: 'Two' }, One: { Type: 'Pass', End: true }, Two: { Type: 'Pass', End: true } } },
    'one.asl.test.json': test,
    'two.asl.test.json': { ...test, tests: { 'takes the other': { input: { n: 2 } } } },
  });
  const { status, stdout } = spawnSync(process.execPath, [...NODE, 'test', '--workers', '2', '--coverage-threshold', 'states=100,transitions=100,rules=100,expressions=100'], { cwd, encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(/a\.asl\.json +100 % 3\/3 +100 % 2\/2/);
});

it('prints its version', () => {
  expect(spawnSync(process.execPath, [...NODE, '--version'], { encoding: 'utf8' }).stdout).toBe(`${VERSION}\n`);
});
