import type { Json } from './json.ts';
import type { RecordChange } from './machine.ts';

/** Keyed records of a machine that remember which of them a step has touched. */
export class RecordMap {
  private readonly records: Map<string, Json>;
  private touched = new Set<string>();

  constructor(saved: ReadonlyMap<string, Json> = new Map()) {
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

  /** The records touched since the last call; undefined where gone. */
  changes(): RecordChange[] {
    const changes = [...this.touched].map((key): RecordChange => [key, this.records.get(key)]);
    this.touched = new Set();
    return changes;
  }
}
