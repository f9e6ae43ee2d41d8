import type { EpochMs } from '@interstate/kernel';

/** Keys with the time each is due, the next first; of equal times the lesser key. A key is there once. */
export class DueKeys {
  private readonly heap: { readonly at: EpochMs; readonly key: string }[] = [];
  private readonly times = new Map<string, EpochMs>();

  get size(): number {
    return this.times.size;
  }

  set(key: string, at: EpochMs): void {
    this.times.set(key, at);
    const { heap } = this;
    heap.push({ at, key });
    for (let index = heap.length - 1; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  delete(key: string): void {
    this.times.delete(key);
  }

  /** When the next is due. */
  next(): EpochMs | undefined {
    this.dropStale();
    return this.heap[0]?.at;
  }

  /** Takes the next key that is due by `now`. */
  take(now: EpochMs): string | undefined {
    this.dropStale();
    const first = this.heap[0];
    if (!first || first.at > now) return undefined;
    this.pop();
    this.times.delete(first.key);
    return first.key;
  }

  /** What was deleted, or set to another time, is left behind in the heap. */
  private dropStale(): void {
    for (let first = this.heap[0]; first && this.times.get(first.key) !== first.at; first = this.heap[0]) this.pop();
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      if (left >= heap.length) return;
      const least = left + 1 < heap.length && this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.isBefore(least, index)) return;
      this.swap(index, least);
      index = least;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const left = this.heap[a]!;
    const right = this.heap[b]!;
    return left.at !== right.at ? left.at < right.at : left.key < right.key;
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}
