import type { EpochMs } from '@interstate/kernel';
import { DueQueue } from '@interstate/service-kit';

/** Keys with the time each is due, the next first; of equal times the lesser key. A key is there once. */
export class DueKeys {
  private readonly times = new Map<string, EpochMs>();
  private readonly queue = new DueQueue((key, at) => this.times.get(key) === at);

  get size(): number {
    return this.times.size;
  }

  set(key: string, at: EpochMs): void {
    const before = this.times.get(key);
    if (before === at) return;
    this.times.set(key, at);
    this.queue.add(at, key);
    if (before !== undefined) this.queue.outdate();
  }

  delete(key: string): void {
    if (this.times.delete(key)) this.queue.outdate();
  }

  /** When the next is due. */
  next(): EpochMs | undefined {
    return this.queue.nextAt;
  }

  /** Takes the next key that is due by `now`. */
  take(now: EpochMs): string | undefined {
    const key = this.queue.take(now);
    if (key !== undefined) this.times.delete(key);
    return key;
  }
}
