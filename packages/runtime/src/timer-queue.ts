import type { EpochMs } from '@interstate/kernel';

export class Timer<Owner> {
  /** The owner's next timer: owners keep theirs as a chain. */
  next: Timer<Owner> | null = null;

  constructor(
    readonly owner: Owner,
    readonly key: string,
    readonly at: EpochMs,
    /** Breaks ties: timers due together fire in the order they were set. */
    readonly sequence: number,
    /** `housekeeping` timers keep no run alive. */
    public kind: 'pressing' | 'housekeeping' | 'cancelled',
  ) {}
}

/** Timers of all machines, earliest first. Setting and taking cost O(log n); cancelling is a mark. */
export class TimerQueue<Owner> {
  private readonly heap: Timer<Owner>[] = [];
  private sequence = 0;
  /** Timers that are neither cancelled nor housekeeping. */
  private pressing = 0;

  set(owner: Owner, key: string, at: EpochMs, housekeeping: boolean): Timer<Owner> {
    const timer = new Timer(owner, key, at, this.sequence++, housekeeping ? 'housekeeping' : 'pressing');
    if (!housekeeping) this.pressing++;
    this.heap.push(timer);
    this.rise(this.heap.length - 1);
    return timer;
  }

  cancel(timer: Timer<Owner>): void {
    if (timer.kind === 'pressing') this.pressing--;
    timer.kind = 'cancelled';
    // Long runs cancel most timers they set; without this the heap would keep them all.
    if (this.heap.length > 64 && this.heap[0]!.kind === 'cancelled') this.dropCancelled();
  }

  /** The earliest timer still set. */
  peek(): Timer<Owner> | undefined {
    this.dropCancelled();
    return this.heap[0];
  }

  /** Takes the earliest timer that is due, or undefined. */
  takeDue(now: EpochMs): Timer<Owner> | undefined {
    const timer = this.peek();
    if (timer === undefined || timer.at > now) return undefined;
    this.removeFirst();
    if (timer.kind === 'pressing') this.pressing--;
    return timer;
  }

  /** True where timers are left that keep a run alive. */
  get isPressing(): boolean {
    return this.pressing > 0;
  }

  private dropCancelled(): void {
    while (this.heap.length > 0 && this.heap[0]!.kind === 'cancelled') this.removeFirst();
  }

  private removeFirst(): void {
    const last = this.heap.pop()!;
    if (this.heap.length === 0) return;
    this.heap[0] = last;
    this.sink(0);
  }

  private rise(start: number): void {
    const { heap } = this;
    const timer = heap[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(timer, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = timer;
  }

  private sink(start: number): void {
    const { heap } = this;
    const timer = heap[start]!;
    let index = start;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, timer)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = timer;
  }
}

function isBefore(a: Timer<unknown>, b: Timer<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
