import type { Bucket, Sink } from './bucket.ts';
import type { Leaf } from './leaf.ts';

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly openLow: boolean;
  readonly openHigh: boolean;
  readonly bucket: Bucket;
}

/** Intervals that may be looked at one by one, or be there without anybody waiting. */
const LOOSE = 16;

/** Finds the intervals around a number: sorted by their low end, over each range of them the highest high end. */
export class Intervals {
  #sorted: Interval[] = [];
  /** Their low ends, and of each and all before it the highest high end: enough to see that a number is in none. */
  #lows = new Float64Array();
  #reached = new Float64Array();
  /** At the middle of each range of the binary search over `sorted`: the highest `high` in it. */
  #highest: number[] = [];
  #loose: Interval[] = [];
  #left = 0;

  add(interval: Interval): void {
    this.#loose.push(interval);
  }

  /** Told that nobody waits for an interval any more. It stays until there are many. */
  leave(): void {
    if (++this.#left > LOOSE + this.#sorted.length / 2) this.#sort();
  }

  find(value: number, leaf: Leaf, sink: Sink): void {
    if (this.#loose.length > LOOSE) this.#sort();
    for (let index = 0; index < this.#loose.length; index++) {
      const interval = this.#loose[index]!;
      if (holds(interval, value)) sink.take(interval.bucket, leaf);
    }
    if (this.#sorted.length > 0 && this.#isReached(value)) this.#find(0, this.#sorted.length, value, leaf, sink);
  }

  /** False where no interval holds the number: none of those that begin at or below it comes so far. */
  #isReached(value: number): boolean {
    const lows = this.#lows;
    let from = 0;
    // Narrowed to the last that begins no higher, without a branch that could not be foretold.
    for (let length = lows.length; length > 1; ) {
      const half = length >> 1;
      from += half * Number(lows[from + half]! <= value);
      length -= half;
    }
    return lows[from]! <= value && this.#reached[from]! >= value;
  }

  #find(from: number, to: number, value: number, leaf: Leaf, sink: Sink): void {
    if (from === to) return;
    const middle = (from + to) >> 1;
    if (this.#highest[middle]! < value) return;
    this.#find(from, middle, value, leaf, sink);
    const interval = this.#sorted[middle]!;
    // Whatever lies behind begins no lower.
    if (interval.low > value) return;
    if (holds(interval, value)) sink.take(interval.bucket, leaf);
    this.#find(middle + 1, to, value, leaf, sink);
  }

  #sort(): void {
    this.#left = 0;
    this.#sorted = [...this.#sorted, ...this.#loose].filter(({ bucket }) => !bucket.isEmpty).sort((a, b) => (a.low === b.low ? 0 : a.low < b.low ? -1 : 1));
    this.#loose = [];
    this.#lows = Float64Array.from(this.#sorted, ({ low }) => low);
    let highest = -Infinity;
    this.#reached = Float64Array.from(this.#sorted, ({ high }) => (highest = Math.max(highest, high)));
    this.#highest = [];
    this.#measure(0, this.#sorted.length);
  }

  #measure(from: number, to: number): number {
    if (from === to) return -Infinity;
    const middle = (from + to) >> 1;
    return (this.#highest[middle] = Math.max(this.#sorted[middle]!.high, this.#measure(from, middle), this.#measure(middle + 1, to)));
  }
}

function holds({ low, high, openLow, openHigh }: Interval, value: number): boolean {
  return (openLow ? value > low : value >= low) && (openHigh ? value < high : value <= high);
}
