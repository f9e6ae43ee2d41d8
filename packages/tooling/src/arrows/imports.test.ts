import { expect, it } from 'vitest';
import { findImports } from './imports.ts';

const cases: readonly [source: string, specifiers: readonly (string | undefined)[]][] = [
  [`import a from 'a'; import { b } from "b"; import * as c from 'c'; import type { D } from 'd'`, ['a', 'b', 'c', 'd']],
  [`import 'side-effect'`, ['side-effect']],
  [`export { a } from 'a'; export * from 'b'; export * as c from 'c'`, ['a', 'b', 'c']],
  [`const a = await import('a'); import(\`b\`).then(f)`, ['a', 'b']],
  [`import(name); import(\`a/\${name}\`)`, [undefined, undefined]],
  [`const a = require('a'); require.resolve('b'); import c = require('c')`, ['a', 'b', 'c']],
  [`type A = import('a').A; type B = typeof import('b')`, ['a', 'b']],
  [`import {\n  a, // from 'not'\n  type b,\n} from 'a'`, ['a']],
  [`// import 'a'\n/* import 'b' */ const c = "import 'd'"; const e = /import 'f'/; const g = 1 / 2; import 'h'`, ['h']],
  ['const a = `import "b" ${ (() => { return import("c") })() } import "d"`; import "e"', ['c', 'e']],
  [`export const from = 'a'; export type B = 'b'; export {}; import.meta.url; x.require('a'); x.import('b')`, []],
];

it.each(cases)('%s', (source, specifiers) => {
  expect(findImports(source).map(({ specifier }) => specifier)).toEqual(specifiers);
});

it('knows what is gone at run time, what hides its names, and the line', () => {
  const found = findImports(`import type { A } from 'a';\nimport { type B } from 'b';\nexport * from 'c';\nexport * as d from 'd';\n\nimport('e').then(f);\ntype G = import('g').G;`);
  expect(found.map(({ typeOnly, star, line }) => [typeOnly, star, line])).toEqual([
    [true, false, 1],
    [false, false, 2],
    [false, true, 3],
    [false, false, 4],
    [false, false, 6],
    [true, false, 7],
  ]);
});

it.each(['import {', 'import', '`${', "'", '/*', 'import(', 'export *', '/[', '`${`${'])('survives broken source: %s', (source) => {
  expect(() => findImports(source)).not.toThrow();
});
