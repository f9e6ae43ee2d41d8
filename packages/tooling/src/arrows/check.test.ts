import { expect, it } from 'vitest';
import { checkArrows, type CheckedPackage } from './check.ts';
import { readPackages } from './run.ts';

const entry = { '.': {}, './testing': {} };
const dependencies = { '@interstate/a': '1', jsonata: '2' };

/** Two packages, `a` (pure, imports nothing) and `b` (imports `a`), with the given files beside their entries. */
function faults(files: Readonly<Record<string, string>>): string[] {
  const packages = ['a', 'b'].map((id): CheckedPackage => {
    const own = Object.entries(files).filter(([path]) => path.startsWith(`${id}/`));
    return {
      id,
      manifest: { name: `@interstate/${id}`, exports: entry, dependencies: id === 'b' ? dependencies : {} },
      files: new Map([['src/index.ts', ''], ...own.map(([path, text]) => [path.slice(2), text] as const)]),
    };
  });
  return checkArrows(packages, { a: { imports: [], pure: true, recursive: ['src/grammar'], platform: ['src/connectors'] }, b: { imports: ['a'] } });
}

it.each([
  { 'b/src/x.ts': `import '@interstate/a'; import '@interstate/a/testing'; import 'jsonata'; import 'node:fs'; import './index.gen.ts'` },
  { 'a/src/x.test.ts': `import '@interstate/b'; import 'node:fs'; import './index.ts'; import 'vitest'` },
  { 'a/bench/x.bench.ts': `import '@interstate/b'` },
  { 'a/src/x.ts': `import type { Y } from './y.ts'`, 'a/src/y.ts': `import './x.ts'` },
  { 'a/src/grammar/x.ts': `import './y.ts'`, 'a/src/grammar/y.ts': `import './x.ts'` },
  { 'a/src/connectors/x.ts': `import 'node:fs'` },
])('allows %o', (files) => {
  expect(faults(files as Record<string, string>)).toEqual([]);
});

it.each<[files: Record<string, string>, fault: string]>([
  [{ 'a/src/x.ts': `import '@interstate/b'` }, 'a/src/x.ts:1: a may not import b'],
  [{ 'a/src/x.ts': `\nvoid import('@interstate/b')` }, 'a/src/x.ts:2: a may not import b'],
  [{ 'a/src/x.ts': `export type { B } from '@interstate/b'` }, 'a/src/x.ts:1: a may not import b'],
  [{ 'b/src/x.ts': `import '@interstate/a/src/x.ts'` }, `b/src/x.ts:1: '@interstate/a/src/x.ts' is no entry of @interstate/a: deep imports are not allowed`],
  [{ 'b/src/x.ts': `import '../../a/src/x.ts'` }, `b/src/x.ts:1: '../../a/src/x.ts' leaves the package: import another package by its name`],
  [{ 'b/src/x.ts': `import '@interstate/c'` }, `b/src/x.ts:1: '@interstate/c' is no package of this monorepo`],
  [{ 'b/src/deep/x.ts': `import '../index.ts'` }, `b/src/deep/x.ts:1: '../index.ts' is the package's own entry: import the file that holds the name`],
  [{ 'b/src/x.ts': `import '@interstate/b'` }, `b/src/x.ts:1: '@interstate/b' is this package itself: import the file that holds the name`],
  [{ 'a/src/x.ts': `import 'node:fs'` }, `a/src/x.ts:1: 'node:fs' is a platform module; a is plain ECMAScript`],
  [{ 'a/src/x.ts': `require('fs/promises')` }, `a/src/x.ts:1: 'fs/promises' is a platform module; a is plain ECMAScript`],
  [{ 'a/src/x.ts': `import(name)` }, 'a/src/x.ts:1: the name of the imported module is computed'],
  [{ 'b/src/x.ts': `import 'p-queue'` }, `b/src/x.ts:1: 'p-queue' is not among the dependencies of @interstate/b`],
  [{ 'b/src/x.ts': `import './y'` }, `b/src/x.ts:1: './y' names no file: write its extension`],
  [{ 'b/src/x.ts': `export * from './y.ts'` }, 'b/src/x.ts:1: `export *` hides what is offered: name the exports'],
  [{ 'b/src/x.ts': `import './y.ts'`, 'b/src/y.ts': `import './z.ts'`, 'b/src/z.ts': `import './x.ts'` }, 'b: files import one another in a circle: src/x.ts, src/y.ts, src/z.ts'],
  [{ 'a/src/grammar/x.ts': `import '../y.ts'`, 'a/src/y.ts': `import './grammar/x.ts'` }, 'a: files import one another in a circle: src/grammar/x.ts, src/y.ts'],
])('refuses %o', (files, fault) => {
  expect(faults(files)).toEqual([fault]);
});

it('refuses a package without a row', () => {
  expect(checkArrows([{ id: 'c', manifest: { name: '@interstate/c' }, files: new Map() }], {})).toEqual(['c: has no row in the table of rooms']);
});

it('finds nothing in this monorepo', () => {
  expect(checkArrows(readPackages())).toEqual([]);
});
