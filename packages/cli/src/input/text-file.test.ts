import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder } from '../test-terminal.ts';
import { readTextFile } from './text-file.ts';

const folderWith = (files: Readonly<Record<string, unknown>>): string => createFolder(files, onTestFinished);

it.each<{ path: string; says: string }>([
  { path: 'none.json', says: 'none.json: there is no such file.' },
  { path: 'ordr.json', says: 'ordr.json: there is no such file. Did you mean order.json?' },
  { path: 'deep/ordre.json', says: 'Did you mean deep/order.yaml?' },
  { path: 'order.json/x', says: 'order.json/x: there is no such file.' },
  { path: 'deep', says: 'deep: this is a folder; give a file in it.' },
  { path: '', says: 'folder' },
  { path: 'bytes', says: 'no UTF-8 text (it begins with the bytes 00fffe80)' },
  { path: 'huge', says: 'huge: there is more than 64 MiB of text' },
  { path: 'a\0b', says: 'cannot be read (ERR_INVALID_ARG_VALUE)' },
])('refuses $path', ({ path, says }) => {
  const folder = folderWith({ 'order.json': {}, 'deep/order.yaml': '', bytes: Uint8Array.of(0, 0xff, 0xfe, 0x80), huge: '' });
  truncateSync(join(folder, 'huge'), 64 * 1024 * 1024 + 1);
  expect(() => readTextFile(path, folder)).toThrow(says);
});

it('reads texts, without their byte order mark', () => {
  expect(readTextFile('a.txt', folderWith({ 'a.txt': '\ufeffgrüß' }))).toBe('grüß');
});

it.skipIf(process.platform === 'win32')('reads what is no regular file', () => {
  const folder = folderWith({});
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  execFileSync('sh', ['-c', 'echo text > pipe &'], { cwd: folder, stdio: 'ignore' });
  expect(readTextFile('pipe', folder)).toBe('text\n');
});
