import type { EpochMs } from '@interstate/kernel';

/**
 * What is due when, earliest first; of equal times by name. Two flat arrays: sixteen bytes each. Entries that are no longer true
 * are passed over when they come up, and cleared out when they are many.
 */
export class DueHeap {
  private times: EpochMs[] = [];
  private names: string[] = [];
  private outdated = 0;

  /** @param isTrue whether something is (still) due at a time */
  constructor(private readonly isTrue: (name: string, at: EpochMs) => boolean) {}

  get size(): number {
    return this.times.length;
  }

  add(name: string, at: EpochMs): void {
    this.times.push(at);
    this.names.push(name);
    this.rise(this.times.length - 1, at, name);
  }

  /** One of the entries is not true any more. */
  outdate(): void {
    if (++this.outdated <= 1000 || this.outdated * 2 < this.times.length) return;
    const { times, names, isTrue } = this;
    this.times = [];
    this.names = [];
    this.outdated = 0;
    for (let index = 0; index < times.length; index++) if (isTrue(names[index]!, times[index]!)) this.add(names[index]!, times[index]!);
  }

  /** When the first is due; undefined where nothing is. */
  nextAt(): EpochMs | undefined {
    while (this.times.length > 0 && !this.isTrue(this.names[0]!, this.times[0]!)) this.removeFirst();
    return this.times[0];
  }

  /** Takes the first that is due; undefined where none is. */
  takeDue(now: EpochMs): string | undefined {
    const at = this.nextAt();
    if (at === undefined || at > now) return undefined;
    const name = this.names[0]!;
    this.removeFirst();
    return name;
  }

  private removeFirst(): void {
    const at = this.times.pop()!;
    const name = this.names.pop()!;
    if (this.times.length > 0) this.sink(at, name);
  }

  private rise(index: number, at: EpochMs, name: string): void {
    const { times, names } = this;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(at, name, times[parent]!, names[parent]!)) break;
      times[index] = times[parent]!;
      names[index] = names[parent]!;
      index = parent;
    }
    times[index] = at;
    names[index] = name;
  }

  private sink(at: EpochMs, name: string): void {
    const { times, names } = this;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= times.length) break;
      if (child + 1 < times.length && isBefore(times[child + 1]!, names[child + 1]!, times[child]!, names[child]!)) child++;
      if (!isBefore(times[child]!, names[child]!, at, name)) break;
      times[index] = times[child]!;
      names[index] = names[child]!;
      index = child;
    }
    times[index] = at;
    names[index] = name;
  }
}

function isBefore(at: EpochMs, name: string, otherAt: EpochMs, otherName: string): boolean {
  return at < otherAt || (at === otherAt && name < otherName);
}
