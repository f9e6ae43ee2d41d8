import { expect, it } from 'vitest';
import { formatFidelity } from './fidelity.ts';
import { belowFloor, formatReport, percent } from './report.ts';
import { runChecks, type Miss, type SuiteResult } from './suite.ts';

const miss = (id: string, rule: string): Miss => ({ id, rule, reason: 'differs' });
const result: SuiteResult = { suite: 'some', cases: 300, passed: 297, misses: [miss('a', 'x'), miss('b', 'y'), miss('c', 'y')] };

it('counts by suite and by rule, most first', () => {
  expect(formatReport([result])).toBe(
    ['suite  cases  passed           misses', 'some     300     297  99.00 %       3', '', 'some, misses by rule:', '     2  y', '     1  x'].join('\n'),
  );
});

it('rounds down, so that 100 % means all', () => {
  expect(percent({ ...result, cases: 100_000, passed: 99_999 })).toBe('99.99 %');
  expect(percent({ ...result, cases: 3, passed: 3 })).toBe('100.00 %');
});

it('names suites below their floor', () => {
  expect(belowFloor([result], { some: 297, other: 5 })).toEqual([]);
  expect(belowFloor([result], { some: 298 })).toEqual(['some: 297 passed, below the floor of 298']);
});

it('says of every miss why, or that nobody has explained it', () => {
  expect(formatFidelity([result])).toContain('### y (2)\n\n- `b`: **unexplained**\n- `c`: **unexplained**\n');
});

it('runs checks, takes whatever they throw for a difference, and sets aside few', async () => {
  const checks = [
    { id: 'good', rule: 'r', check: () => undefined },
    { id: 'bad', rule: 'r', check: async () => 'differs' },
    { id: 'broken', rule: 'r', check: () => { throw new TypeError('no'); } },
  ];
  const none = { host: 'memory', unsound: new Set<string>() } as const;
  expect(await runChecks('s', checks, none)).toEqual({ suite: 's', cases: 3, passed: 1, misses: [{ id: 'bad', rule: 'r', reason: 'differs' }, { id: 'broken', rule: 'r', reason: 'threw TypeError: no' }] });
  expect(await runChecks('s', checks, { ...none, unsound: new Set(['bad']) })).toMatchObject({ cases: 2, passed: 1 });
  await expect(runChecks('s', checks, { ...none, unsound: new Set(['bad', 'good']) })).rejects.toThrow('2 of 3 recordings set aside as unsound are too many');
});
