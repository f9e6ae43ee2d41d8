import { expect, it } from 'vitest';
import { shownPath, shownPlace } from './shown-path.ts';

it.each([
  ['/srv/shop/tests/a.json', 'tests/a.json'],
  ['/srv/b.json', '../b.json'],
  ['/tmp/c.json', '/tmp/c.json'],
  ['/srv/shop', '/srv/shop'],
])('shows %s the shorter way', (file, shown) => {
  expect(shownPath(file, '/srv/shop')).toBe(shown);
});

it.each([
  ['    at run (file:///srv/shop/a%20b.mjs?changed=17.5:2:29)', '    at run (a b.mjs:2:29)'],
  ['at file:///srv/c.mjs:1:7', 'at ../c.mjs:1:7'],
  ['    at Object.<anonymous> (/srv/shop/e.js:1:7)', '    at Object.<anonymous> (e.js:1:7)'],
  ['    at node:internal/main:1:1', '    at node:internal/main:1:1'],
  ['see /srv/shop/f.js', 'see /srv/shop/f.js'],
])('shows the file of a place: %s', (line, shown) => {
  expect(shownPlace(line, '/srv/shop')).toBe(shown);
});
