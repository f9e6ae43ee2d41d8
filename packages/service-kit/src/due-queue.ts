import { Heap, type EpochMs } from '@interstate/kernel';

/** Entries that are no longer true and are put up with, however few are. */
const PUT_UP_WITH = 1000;

/**
 * What is due when, the earliest first, equal times by name: the index behind a timer of a machine. Never saved: `load` fills it from
 * the records. What is no longer true is passed over when it comes up, and cleared out where it is much.
 */
export class DueQueue {
  private readonly heap = new Heap<string>(isNameBefore);
  private outdated = 0;
  /** The first is known to be true. */
  private isChecked = false;

  /** @param isTrue whether something is (still) due at a time. Default: always; whoever takes it looks */
  constructor(private readonly isTrue: (name: string, at: EpochMs) => boolean = always) {}

  add(at: EpochMs, name: string): void {
    const { heap } = this;
    if (heap.firstKey === undefined || at < heap.firstKey) this.isChecked = true;
    heap.add(at, name);
  }

  /** One of the entries is not true any more. */
  outdate(): void {
    this.isChecked = false;
    if (++this.outdated <= PUT_UP_WITH || this.outdated * 2 < this.heap.size) return;
    this.outdated = 0;
    this.heap.keep(this.isTrue);
  }

  /** When the next is due; undefined where there is none. */
  get nextAt(): EpochMs | undefined {
    const { heap } = this;
    while (!this.isChecked && heap.firstKey !== undefined) {
      this.isChecked = this.isTrue(heap.first!, heap.firstKey);
      if (!this.isChecked) heap.take();
    }
    return heap.firstKey;
  }

  /** Takes out the next that is due by then. */
  take(now: EpochMs): string | undefined {
    const at = this.nextAt;
    if (at === undefined || at > now) return undefined;
    this.isChecked = false;
    return this.heap.take();
  }
}

function isNameBefore(a: string, b: string): boolean {
  return a < b;
}

function always(): boolean {
  return true;
}
