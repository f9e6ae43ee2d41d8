import type { Json } from './json.ts';
import type { RecordChange } from './machine.ts';

/** Keyed records of a machine that remember which of them a step has touched. */
export class RecordMap {
  private readonly records: Map<string, Json>;
  private readonly touched = new Set<string>();

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
    this.touched.add(key);
  }

  delete(key: string): void {
    if (this.records.delete(key)) this.touched.add(key);
  }

  /** Records whose key starts with a prefix, in the order they were made. */
  *entries(prefix: string): Generator<[key: string, value: Json]> {
    for (const entry of this.records) if (entry[0].startsWith(prefix)) yield entry;
  }

  /** Begins a step: what was touched before is not asked for any more. */
  begin(): void {
    if (this.touched.size > 0) this.touched.clear();
  }

  /** The records touched since the step began; undefined where gone. */
  changes(): RecordChange[] {
    return [...this.touched].map((key): RecordChange => [key, this.records.get(key)]);
  }

  all(): ReadonlyMap<string, Json> {
    return this.records;
  }
}
