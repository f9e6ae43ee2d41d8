import pico from 'picocolors';
import { createCloud, type CloudOptions } from 'interstate';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { createExecutionTrace } from '@interstate/testing';
import { drawTimeline } from './timeline.ts';

async function draw(states: Record<string, unknown>, input: unknown = {}, functions: CloudOptions['functions'] = {}, columns = 80): Promise<string[]> {
  const cloud = createCloud({ clock: 'virtual', seed: 1, functions });
  const result = await cloud.run({ StartAt: Object.keys(states)[0]!, States: states } as never, input);
  const { visits, add } = createExecutionTrace();
  for (const event of result.history()) add(event);
  return drawTimeline(visits, { color: pico.createColors(false), columns, from: result.startTime, to: result.stopTime }).split('\n');
}

const machine = (states: Record<string, unknown>): Record<string, unknown> => ({ StartAt: Object.keys(states)[0], States: states });

it('draws states as rows and time across', async () => {
  let calls = 0;
  const f = (): string => {
    if (++calls === 1) throw Object.assign(new Error('no'), { name: 'Busy' });
    return 'ok';
  };
  const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
  const lines = await draw(
    {
      Start: { Type: 'Pass', Next: 'Nap' },
      Nap: { Type: 'Wait', Seconds: 10, Next: 'Try' },
      Try: { ...task, Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10 }], Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [machine({ Short: { Type: 'Wait', Seconds: 5, End: true } }), machine({ Long: { Type: 'Wait', Seconds: 20, End: true } })], End: true },
    },
    {}, { f }, 72,
  );
  expect(lines).toEqual([
    '         0                                40.00 s',
    'Start    ╵                                            0 ms',
    'Nap      ░░░░░░░░░░                                10.00 s',
    'Try                ✗·········                      10.00 s  retried once',
    'Both                         ────────────────────  20.00 s',
    '  Short                      ░░░░░                  5.00 s',
    '  Long                       ░░░░░░░░░░░░░░░░░░░░  20.00 s',
    '✗ failed attempt   · backoff before a retry   ░ Wait   ─ Parallel or Map   ╵ an instant',
  ]);
});

it('shows many iterations together, and loops in one row', async () => {
  const lines = await draw({
    M: { Type: 'Map', ItemsPath: '$.items', ItemProcessor: machine({ A: { Type: 'Wait', Seconds: 1, Next: 'B' }, B: { Type: 'Pass', End: true } }), Next: 'C' , ResultPath: null },
    C: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'D' },
    D: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 5, Next: 'C' }], Default: 'E' },
    E: { Type: 'Succeed' },
  }, { items: [1, 2, 3, 4, 5, 6, 7, 8], n: 0 });
  const facts = lines.slice(1, -1).map((line) => line.replace(/[^\w\s,[\]]/g, '').replace(/\s+/g, ' ').trim());
  expect(facts).toEqual(['M 100 s 8 of 8 items', 'A 100 s 8 visits', 'B 0 ms 8 visits', 'C 0 ms 5 visits', 'D 0 ms 5 visits', 'E 0 ms']);
});

it.each([60, 80, 120, 200])('fits %d columns, with wide letters and control characters in names', async (columns) => {
  const lines = await draw({ ['出荷'.repeat(30)]: { Type: 'Wait', Seconds: 1, Next: 'a\u001b[31m b' }, 'a\u001b[31m b': { Type: 'Succeed' } }, {}, {}, columns);
  for (const line of lines.slice(0, -1)) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  expect(new Set(lines.slice(1, -1).map((line) => stringWidth(line))).size).toBe(1);
  // eslint-disable-next-line no-control-regex
  expect(lines.join('\n')).not.toMatch(/\u001b/);
});
