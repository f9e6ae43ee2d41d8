import type { EpochMs, Json, RecordMap } from '@interstate/kernel';

/** A record that ends by itself. `number` orders those that end together. */
export interface ExpiringRecord {
  readonly until: EpochMs;
  readonly number: number;
}

/** Records in the order in which they end. Each is added later than those it ends after. */
export class ExpiringRecords {
  private items: { readonly key: string; readonly record: ExpiringRecord }[] = [];
  private head = 0;
  /** When the one at the head ends, once that was looked up; Infinity where there is none. */
  private headAt: EpochMs | undefined;

  constructor(private readonly records: RecordMap) {}

  /** Writes a record; one of the same key is replaced. */
  set(key: string, record: ExpiringRecord): void {
    if (this.records.has(key) || this.headAt === Infinity) this.headAt = undefined;
    this.records.set(key, record as unknown as Json);
    this.items.push({ key, record });
  }

  /** Takes up records that were saved. */
  load(saved: readonly { readonly key: string; readonly record: ExpiringRecord }[]): void {
    this.items = [...saved].sort(({ record: a }, { record: b }) => a.until - b.until || a.number - b.number);
    this.head = 0;
    this.headAt = undefined;
  }

  /** When the next of them ends; Infinity where there is none. */
  get nextAt(): EpochMs {
    return (this.headAt ??= this.findNext());
  }

  private findNext(): EpochMs {
    for (; this.head < this.items.length; this.head++) {
      const { key, record } = this.items[this.head]!;
      // Replaced since, or gone.
      if ((this.records.get(key) as unknown) === record) return record.until;
    }
    this.items = [];
    this.head = 0;
    return Infinity;
  }

  /** Forgets what has ended, not too many at once. */
  sweep(now: EpochMs): void {
    for (let left = AT_ONCE; left > 0; left--) {
      if (this.nextAt > now) break;
      this.records.delete(this.items[this.head++]!.key);
      this.headAt = undefined;
    }
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }
}

const AT_ONCE = 100;
