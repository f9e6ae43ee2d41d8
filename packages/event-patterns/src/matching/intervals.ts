import type { Bucket, Sink } from './bucket.ts';

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly openLow: boolean;
  readonly openHigh: boolean;
  readonly bucket: Bucket;
}

/** Intervals that are looked at one by one before they are sorted in. */
const LOOSE = 16;

/** Finds the intervals around a number: sorted by their low end, over each range of them the highest high end. */
export class Intervals {
  #sorted: Interval[] = [];
  /** At the middle of each range of the binary search over `sorted`: the highest `high` in it. */
  #highest: number[] = [];
  #loose: Interval[] = [];

  isEmpty(): boolean {
    return this.#sorted.length === 0 && this.#loose.length === 0;
  }

  add(interval: Interval): void {
    this.#loose.push(interval);
    if (this.#loose.length > LOOSE + this.#sorted.length / 8) this.#sort();
  }

  delete(bucket: Bucket): void {
    const loose = this.#loose.findIndex((interval) => interval.bucket === bucket);
    if (loose >= 0) this.#loose.splice(loose, 1);
    else {
      this.#sorted = this.#sorted.filter((interval) => interval.bucket !== bucket);
      this.#highest = [];
      this.#measure(0, this.#sorted.length);
    }
  }

  find(value: number, leaf: Parameters<Sink['take']>[1], sink: Sink): void {
    for (let index = 0; index < this.#loose.length; index++) {
      const interval = this.#loose[index]!;
      if (holds(interval, value)) sink.take(interval.bucket, leaf);
    }
    if (this.#sorted.length > 0) this.#find(0, this.#sorted.length, value, leaf, sink);
  }

  #find(from: number, to: number, value: number, leaf: Parameters<Sink['take']>[1], sink: Sink): void {
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
    this.#sorted = [...this.#sorted, ...this.#loose].sort((a, b) => (a.low === b.low ? 0 : a.low < b.low ? -1 : 1));
    this.#loose = [];
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
