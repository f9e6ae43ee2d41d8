import type { Json } from './json.ts';
import type { RecordChange } from './machine.ts';

/** Keyed records of a machine that remember which of them a step has touched. A step allocates nothing for it. */
export class RecordMap {
  protected readonly records: Map<string, Json>;
  /** Keys touched since the step began, the first `count` of them; a key may come twice. */
  private readonly touched: string[] = [];
  private count = 0;

  constructor(saved: Iterable<readonly [string, Json]> = []) {
    this.records = new Map(saved);
  }

  get(key: string): Json | undefined {
    return this.records.get(key);
  }

  has(key: string): boolean {
    return this.records.has(key);
  }

  set(key: string, value: Json): void {
    this.records.set(key, value);
    this.touched[this.count++] = key;
  }

  delete(key: string): void {
    if (this.records.delete(key)) this.touched[this.count++] = key;
  }

  /** Records whose key starts with a prefix, in the order they were made. */
  *entries(prefix: string): Generator<[key: string, value: Json]> {
    for (const entry of this.records) if (entry[0].startsWith(prefix)) yield entry;
  }

  /** Begins a step: what was touched before is not asked for any more. */
  begin(): void {
    // Room that a large step has taken is given back.
    if (this.count > 64) this.touched.length = 0;
    this.count = 0;
  }

  /** The records touched since the step began; undefined where gone. */
  changes(): RecordChange[] {
    return [...new Set(this.touched.slice(0, this.count))].map((key): RecordChange => [key, this.records.get(key)]);
  }

  all(): ReadonlyMap<string, Json> {
    return this.records;
  }
}
