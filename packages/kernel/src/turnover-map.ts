/**
 * A Map for entries that come and go all the time.
 *
 * V8 links every table a Map has outgrown to the one after it. Once such a table is old garbage, all later ones stay with
 * what they held until the next full collection. This one begins a new Map before that matters; adding and deleting
 * still cost O(1) on the average.
 */
export class TurnoverMap<Key, Value> {
  private entries = new Map<Key, Value>();
  private deleted = 0;

  get size(): number {
    return this.entries.size;
  }

  get(key: Key): Value | undefined {
    return this.entries.get(key);
  }

  has(key: Key): boolean {
    return this.entries.has(key);
  }

  set(key: Key, value: Value): void {
    this.entries.set(key, value);
  }

  delete(key: Key): boolean {
    if (!this.entries.delete(key)) return false;
    if (++this.deleted > this.entries.size + SPARE) {
      this.entries = new Map(this.entries);
      this.deleted = 0;
    }
    return true;
  }

  clear(): void {
    this.entries = new Map();
    this.deleted = 0;
  }

  /** In the order they were added. Nothing must be deleted while somebody goes through them. */
  keys(): IterableIterator<Key> {
    return this.entries.keys();
  }

  /** As `keys`. */
  values(): IterableIterator<Value> {
    return this.entries.values();
  }
}

const SPARE = 32;
