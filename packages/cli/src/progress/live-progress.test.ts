import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest } from '../test-terminal.ts';

const folderWith = (files: Readonly<Record<string, unknown>>): string => createFolder(files, onTestFinished);

const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f' };

it('on a terminal shows what is active, and keeps lines for what has ended', async () => {
  const branch = (name: string): object => ({ StartAt: name, States: { [name]: { ...task, End: true } } });
  const definition = { StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [branch('Left'), branch('Right')], End: true } } };
  const functions = `import { setTimeout as sleep } from 'node:timers/promises';
    let calls = 0;
    export const f = async () => { await sleep(++calls === 1 ? 0 : 250); return calls; };`;
  const { code, stderr } = await runInTest(['run', 'a.json', '--functions', 'f.mjs'], { cwd: folderWith({ 'a.json': definition, 'f.mjs': functions }), isTTY: true });
  expect(code).toBe(0);
  const text = stripVTControlCharacters(stderr);
  expect(text).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Both \d+ ms\n {2}[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Right \d+ ms\n/);
  expect(text).toMatch(/✔ Both › Left \d+ ms\n/);
  expect(text).toMatch(/✔ Both › Right \d+ ms\n/);
  expect(text.trimEnd()).toMatch(/✔ SUCCEEDED in \d+ ms, \d+ events$/);
});
