import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listPackages, type Manifest } from '../workspace/packages.ts';
import { exportFaults, readEntries } from './entries.ts';
import { isEsmOnly } from './external.ts';
import { leavingSpecifiers, renameSpecifiers } from './specifiers.ts';

it.each(listPackages().map((pkg) => [pkg.id, pkg] as const))('%s: the exports map agrees with the sources', (_, pkg) => {
  expect(exportFaults(pkg, (file) => existsSync(join(pkg.folder, file)))).toEqual([]);
});

it('reads entries from exports and bin, each source once', () => {
  const manifest: Manifest = {
    name: 'x',
    bin: { x: './dist/bin.js', y: 'dist/index.js' },
    exports: { '.': { 'interstate-source': './src/index.ts' }, './testing': { 'interstate-source': './src/testing/index.ts' }, './package.json': './package.json' },
  };
  expect(readEntries({ id: 'x', folder: '/x', manifest })).toEqual([
    { subpath: '.', source: 'src/index.ts', output: 'index' },
    { subpath: './testing', source: 'src/testing/index.ts', output: 'testing/index' },
    { subpath: 'bin dist/bin.js', source: 'src/bin.ts', output: 'bin' },
  ]);
  expect(exportFaults({ id: 'x', folder: '/x', manifest }, (file) => file !== 'src/bin.ts')).toEqual([
    expect.stringContaining('x .: should be'),
    expect.stringContaining('x ./testing: should be'),
    'x bin dist/bin.js: src/bin.ts does not exist',
  ]);
});

it.each<[manifest: Omit<Manifest, 'name'>, esmOnly: boolean]>([
  [{ type: 'module', exports: { types: './x.d.ts', default: './x.js' } }, true],
  [{ type: 'module', exports: { '.': { import: './x.js', require: './x.cjs' } } }, false],
  [{ exports: { '.': { import: './x.mjs', require: './x.js' } } }, false],
  [{ type: 'module', main: 'x.js' }, true],
  [{ main: 'x.js' }, false],
])('%o is ESM only: %s', (manifest, esmOnly) => {
  expect(isEsmOnly({ name: 'x', ...manifest })).toBe(esmOnly);
});

it('gives relative imports of declarations the extension of what lies beside them', () => {
  const text = `import { a } from './a.ts';\nexport type B = import('../b.ts').B;\nimport './c.ts';\nexport * from '@x/y.ts';`;
  expect(renameSpecifiers(text, '.cjs')).toBe(`import { a } from './a.cjs';\nexport type B = import('../b.cjs').B;\nimport './c.cjs';\nexport * from '@x/y.ts';`);
  expect(leavingSpecifiers(text, 0)).toEqual(['../b']);
  expect(leavingSpecifiers(text, 1)).toEqual([]);
});
