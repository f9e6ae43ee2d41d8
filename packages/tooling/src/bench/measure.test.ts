import { expect, it } from 'vitest';
import type { Bench } from './bench.ts';
import { measureBench, median } from './measure.ts';

/** A clock that only the work moves. */
function setup() {
  let now = 0;
  const work = (ms: number) => () => {
    now += ms;
  };
  const measure = (bench: Partial<Bench> & Pick<Bench, 'ours' | 'peer'>) =>
    measureBench({ id: 'x', work: 'w', unit: 'u', count: 10, ...bench }, { rounds: 5, sampleMs: 20, clock: () => now });
  return { work, measure };
}

it.each<[values: number[], expected: number]>([
  [[3], 3],
  [[9, 1, 5], 5],
  [[1, 100, 2, 3], 2.5],
  [[10, 9, 100], 10],
])('median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('counts per second, and how many times more', async () => {
  const { work, measure } = setup();
  expect(await measure({ ours: work(2), peer: work(8) })).toEqual({ id: 'x', work: 'w', unit: 'u', ours: 5000, peer: 1250, ratio: 4 });
});

it('waits for answers that come later', async () => {
  const { work, measure } = setup();
  const later = async (ms: number) => {
    await Promise.resolve();
    work(ms)();
  };
  expect(await measure({ ours: () => later(2), peer: () => later(4) })).toMatchObject({ ours: 5000, ratio: 2 });
});

it('gives milliseconds for one where lower is better', async () => {
  const { work, measure } = setup();
  expect(await measure({ better: 'lower', ours: work(20), peer: work(50) })).toMatchObject({ ours: 2, peer: 5, ratio: 2.5 });
});

it('takes the figures of custom measures as they are, in turns', async () => {
  const { measure } = setup();
  const order: string[] = [];
  const figures = (name: string, value: number) => () => value * (order.push(name) < 3 ? 1000 : 1);
  const measured = await measure({ measure: 'custom', better: 'lower', ours: figures('o', 2), peer: figures('p', 10) });
  expect(measured).toMatchObject({ ours: 2, peer: 10, ratio: 5 });
  expect(order.join('')).toBe('opoppooppoop');
});

it('one slow sample does not count', async () => {
  const { measure } = setup();
  let call = 0;
  expect(await measure({ measure: 'custom', ours: () => (call++ === 2 ? 1 : 30), peer: () => 10 })).toMatchObject({ ratio: 3 });
});
