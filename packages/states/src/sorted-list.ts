/** Entries in the order of their keys. Finding costs O(log n); adding and removing at the end cost next to nothing. */
export class SortedList<Key extends string | number, Entry> {
  private readonly entries: Entry[] = [];
  /** Key of the last entry; undefined where that is not known. */
  private last: Key | undefined;

  constructor(private readonly keyOf: (entry: Entry) => Key) {}

  get size(): number {
    return this.entries.length;
  }

  add(entry: Entry): void {
    const { entries, keyOf } = this;
    const key = keyOf(entry);
    const last = entries.length === 0 ? undefined : (this.last ?? keyOf(entries[entries.length - 1]!));
    if (last === undefined || last < key) {
      entries.push(entry);
      this.last = key;
    } else entries.splice(this.firstFrom(key), 0, entry);
  }

  remove(key: Key): void {
    const at = this.firstFrom(key);
    if (at < this.entries.length && this.keyOf(this.entries[at]!) === key) this.entries.splice(at, 1);
    this.last = undefined;
  }

  first(): Entry | undefined {
    return this.entries[0];
  }

  at(position: number): Entry | undefined {
    return this.entries[position];
  }

  /** Up to `count` entries behind `after` (from the beginning where that is undefined), in ascending order. */
  ascending(after: Key | undefined, count: number): Entry[] {
    const from = after === undefined ? 0 : this.firstFrom(after);
    const start = from < this.entries.length && this.keyOf(this.entries[from]!) === after ? from + 1 : from;
    return this.entries.slice(start, start + count);
  }

  /** Up to `count` entries before `before` (from the end where that is undefined), in descending order. */
  descending(before: Key | undefined, count: number): Entry[] {
    const end = before === undefined ? this.entries.length : this.firstFrom(before);
    return this.entries.slice(Math.max(0, end - count), end).reverse();
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.entries[Symbol.iterator]();
  }

  /** Position of the first entry whose key is not smaller. */
  private firstFrom(key: Key): number {
    const { entries, keyOf } = this;
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keyOf(entries[middle]!) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
