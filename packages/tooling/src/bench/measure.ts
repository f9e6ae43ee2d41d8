import type { Bench } from './bench.ts';

export interface Measured {
  readonly id: string;
  readonly work: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  /** How many times better ours is; above 1 we win. */
  readonly ratio: number;
}

export interface MeasureOptions {
  /** Samples of each side, taken in turns. */
  readonly rounds: number;
  /** A sample repeats a quick call until about this much time has passed. */
  readonly sampleMs: number;
  /** Milliseconds, never going back. */
  readonly clock: () => number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs both sides in turns after a warm-up and compares the medians of their figures. */
export async function measureBench(bench: Bench, options: MeasureOptions): Promise<Measured> {
  await bench.setup?.();
  const sides = { ours: await prepare(bench, bench.ours, options), peer: await prepare(bench, bench.peer, options) };
  const figures: Record<keyof typeof sides, number[]> = { ours: [], peer: [] };
  for (let round = 0; round < options.rounds; round++) {
    // Each goes first in half of the rounds, so that what one leaves behind (garbage, a warm cache) burdens both alike.
    const order = round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const);
    for (const side of order) figures[side].push(await sides[side]());
  }
  await bench.teardown?.();
  const ours = median(figures.ours);
  const peer = median(figures.peer);
  return { id: bench.id, work: bench.work, unit: bench.unit, ours, peer, ratio: bench.better === 'lower' ? peer / ours : ours / peer };
}

/** Warms one side up; gives what takes one sample of it. */
async function prepare(bench: Bench, call: () => unknown, { sampleMs, clock }: MeasureOptions): Promise<() => Promise<number>> {
  if (bench.measure === 'custom') {
    await call();
    return async () => Number(await call());
  }
  const timed = async (times: number): Promise<number> => {
    const start = clock();
    for (let index = 0; index < times; index++) {
      const pending = call();
      // An answer that is there already is not waited for: a promise would cost more than a quick call.
      if (pending instanceof Promise) await pending;
    }
    return clock() - start;
  };
  await timed(1);
  let times = 1;
  for (let spent = await timed(times); spent < sampleMs && times < 1e7; spent = await timed(times)) {
    times = Math.ceil(times * Math.min(10, Math.max(1.2, sampleMs / Math.max(spent, 1e-6))));
  }
  return async () => {
    const perCallMs = (await timed(times)) / times;
    return bench.better === 'lower' ? perCallMs / bench.count : (bench.count * 1000) / perCallMs;
  };
}
