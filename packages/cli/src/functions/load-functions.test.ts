import { expect, it } from 'vitest';
import { importFault } from './load-functions.ts';

it.each([
  ['what was thrown, and where', Object.assign(new Error('no'), { stack: 'Error: no\n    at node:internal/x:1:2\n    at file:///srv/f.mjs:3:4\n    at file:///srv/g.mjs:5:6' }), 'f: no\n    at f.mjs:3:4'],
  ['how to find the place that Node.js keeps to itself', Object.assign(new SyntaxError('odd'), { stack: 'SyntaxError: odd\n    at compile (node:internal/x:1:2)' }), 'f: odd\nRun the module itself with node to see where.'],
  ['what runs TypeScript', Object.assign(new TypeError('Unknown file extension ".ts"'), { code: 'ERR_UNKNOWN_FILE_EXTENSION' }), expect.stringContaining('does not run TypeScript by itself') as string],
  ['what is no error', 'gone', expect.stringContaining('f: gone') as string],
])('says %s', (_what, error, message) => {
  expect(importFault('f', error, '/srv').message).toEqual(message);
});
