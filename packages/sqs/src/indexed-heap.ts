/** Anything that can be in a heap: it knows its place, -1 while it is in none. */
export interface Heaped {
  slot: number;
}

/** A binary heap whose members can be taken out wherever they are: O(log n), and O(1) to add what comes last. */
export class IndexedHeap<T extends Heaped> {
  private readonly items: T[] = [];

  /** @param isBefore a strict order without ties */
  constructor(private readonly isBefore: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  get first(): T | undefined {
    return this.items[0];
  }

  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]();
  }

  add(item: T): void {
    this.items.push(item);
    this.rise(item, this.items.length - 1);
  }

  remove(item: T): void {
    const { slot } = item;
    const last = this.items.pop()!;
    item.slot = -1;
    if (last !== item) this.settle(last, slot);
  }

  /** Puts a member where it belongs after what orders it has changed. */
  update(item: T): void {
    this.settle(item, item.slot);
  }

  private settle(item: T, slot: number): void {
    const parent = (slot - 1) >> 1;
    if (slot > 0 && this.isBefore(item, this.items[parent]!)) this.rise(item, slot);
    else this.sink(item, slot);
  }

  private rise(item: T, start: number): void {
    const { items, isBefore } = this;
    let slot = start;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const above = items[parent]!;
      if (!isBefore(item, above)) break;
      items[slot] = above;
      above.slot = slot;
      slot = parent;
    }
    items[slot] = item;
    item.slot = slot;
  }

  private sink(item: T, start: number): void {
    const { items, isBefore } = this;
    const { length } = items;
    let slot = start;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(items[child + 1]!, items[child]!)) child++;
      const below = items[child]!;
      if (!isBefore(below, item)) break;
      items[slot] = below;
      below.slot = slot;
      slot = child;
    }
    items[slot] = item;
    item.slot = slot;
  }
}
