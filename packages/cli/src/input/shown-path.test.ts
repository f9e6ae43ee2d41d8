import { expect, it } from 'vitest';
import { shownPath, shownPlace } from './shown-path.ts';

it.each([
  ['/work/shop/tests/a.json', 'tests/a.json'],
  ['/work/b.json', '../b.json'],
  ['/tmp/c.json', '/tmp/c.json'],
  ['/work/shop', '/work/shop'],
])('shows %s the shorter way', (file, shown) => {
  expect(shownPath(file, '/work/shop')).toBe(shown);
});

it.each([
  ['    at run (file:///work/shop/a%20b.mjs?changed=17.5:2:29)', '    at run (a b.mjs:2:29)'],
  ['at file:///work/c.mjs:1:7', 'at ../c.mjs:1:7'],
  ['    at Object.<anonymous> (/work/shop/e.js:1:7)', '    at Object.<anonymous> (e.js:1:7)'],
  ['    at node:internal/main:1:1', '    at node:internal/main:1:1'],
  ['see /work/shop/f.js', 'see /work/shop/f.js'],
])('shows the file of a place: %s', (line, shown) => {
  expect(shownPlace(line, '/work/shop')).toBe(shown);
});
