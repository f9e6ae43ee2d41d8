import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rootFolder } from '../workspace/root.ts';
import { completeLockfile, lockedAddresses, missingBinaries, type Lockfile } from './lockfile.ts';

it('the lockfile is complete and names no registry', () => {
  const lockfile = JSON.parse(readFileSync(join(rootFolder, 'package-lock.json'), 'utf8')) as Lockfile;
  expect([...missingBinaries(lockfile).keys()], 'run npm run lockfile').toEqual([]);
  expect(lockedAddresses(lockfile)).toEqual([]);
});

it('enters binaries that are nowhere to be found', () => {
  const lockfile: Lockfile = {
    packages: {
      '': {},
      'node_modules/tool': { dev: true, optionalDependencies: { '@tool/linux-x64-musl': '1.2.3', '@tool/darwin-arm64': '1.2.3', '@tool/win32-x64': '1.2.3', fsevents: '~2.3.3' } },
      'node_modules/tool/node_modules/@tool/darwin-arm64': { version: '1.2.3' },
      'node_modules/@tool/win32-x64': { version: '1.2.3' },
    },
  };
  const completed = completeLockfile(lockfile);
  expect(completed.packages['node_modules/@tool/linux-x64-musl']).toEqual({ version: '1.2.3', cpu: ['x64'], dev: true, libc: ['musl'], optional: true, os: ['linux'] });
  expect(Object.keys(completed.packages)).toEqual(['', 'node_modules/@tool/linux-x64-musl', 'node_modules/@tool/win32-x64', 'node_modules/tool', 'node_modules/tool/node_modules/@tool/darwin-arm64']);
  expect(missingBinaries(completed).size).toBe(0);
});

it('finds addresses, but links are none', () => {
  expect(lockedAddresses({ packages: { a: { resolved: 'https://r.example/a.tgz' }, b: { resolved: 'packages/b', link: true }, c: { version: '1.0.0' } } })).toEqual(['a']);
});
