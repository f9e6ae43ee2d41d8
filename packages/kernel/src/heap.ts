/**
 * A binary heap: what has the lowest key comes first. Keys lie beside the items, flat, so that most comparisons touch no item.
 * Adding and taking cost O(log n), adding what comes late O(1).
 */
export class Heap<T> {
  private keys: number[] = [];
  private items: T[] = [];

  /** @param isBefore which of two items with one key comes first: a strict order */
  constructor(private readonly isBefore: (a: T, b: T) => boolean = inNoOrder) {}

  get size(): number {
    return this.items.length;
  }

  /** The item that comes first. */
  get first(): T | undefined {
    return this.items[0];
  }

  get firstKey(): number | undefined {
    return this.keys[0];
  }

  /** In no order. */
  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]();
  }

  add(key: number, item: T): void {
    // The room at the end is made first; what rises past others moves them there.
    this.keys.push(key);
    this.items.push(item);
    this.rise(key, item, this.items.length - 1);
  }

  /** Takes out the first. */
  take(): T | undefined {
    const first = this.items[0];
    if (first !== undefined) this.removeAt(0);
    return first;
  }

  /** Keeps what a test holds for, and drops all else. */
  keep(isKept: (item: T, key: number) => boolean): void {
    const { keys, items } = this;
    this.keys = [];
    this.items = [];
    for (let slot = 0; slot < items.length; slot++) if (isKept(items[slot]!, keys[slot]!)) this.add(keys[slot]!, items[slot]!);
  }

  clear(): void {
    this.keys = [];
    this.items = [];
  }

  protected removeAt(slot: number): void {
    const key = this.keys.pop()!;
    const item = this.items.pop()!;
    if (slot < this.items.length) this.settle(key, item, slot);
  }

  /** Puts an item where it belongs, at a slot or beyond. */
  protected settle(key: number, item: T, slot: number): void {
    const parent = (slot - 1) >> 1;
    if (slot > 0 && this.precedes(key, item, parent)) this.rise(key, item, slot);
    else this.sink(key, item, slot);
  }

  /** Every move of an item ends here. */
  protected put(slot: number, key: number, item: T): void {
    this.keys[slot] = key;
    this.items[slot] = item;
  }

  private precedes(key: number, item: T, slot: number): boolean {
    const other = this.keys[slot]!;
    return key < other || (key === other && this.isBefore(item, this.items[slot]!));
  }

  private rise(key: number, item: T, start: number): void {
    const { keys, items } = this;
    let slot = start;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      if (!this.precedes(key, item, parent)) break;
      this.put(slot, keys[parent]!, items[parent]!);
      slot = parent;
    }
    this.put(slot, key, item);
  }

  private sink(key: number, item: T, start: number): void {
    const { keys, items } = this;
    const { length } = items;
    let slot = start;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= length) break;
      if (child + 1 < length && this.precedes(keys[child + 1]!, items[child + 1]!, child)) child++;
      if (this.precedes(key, item, child)) break;
      this.put(slot, keys[child]!, items[child]!);
      slot = child;
    }
    this.put(slot, key, item);
  }
}

function inNoOrder(): boolean {
  return false;
}

/** Anything that can be in an indexed heap: it knows its place, -1 while it is in none. */
export interface Heaped {
  slot: number;
}

/** A heap whose items can be taken out wherever they are: O(log n). */
export class IndexedHeap<T extends Heaped> extends Heap<T> {
  remove(item: T): void {
    this.removeAt(item.slot);
    item.slot = -1;
  }

  /** Gives an item another key. */
  update(key: number, item: T): void {
    this.settle(key, item, item.slot);
  }

  override take(): T | undefined {
    const { first } = this;
    if (first !== undefined) this.remove(first);
    return first;
  }

  protected override put(slot: number, key: number, item: T): void {
    super.put(slot, key, item);
    item.slot = slot;
  }
}
