import { IndexedHeap, type EpochMs, type Heaped } from '@interstate/kernel';

export class Timer<Owner> implements Heaped {
  slot = -1;
  /** The owner's next timer: owners keep theirs as a chain. */
  next: Timer<Owner> | null = null;

  constructor(
    readonly owner: Owner,
    readonly key: string,
    readonly at: EpochMs,
    /** Breaks ties: timers due together fire in the order they were set. */
    readonly sequence: number,
    /** `housekeeping` timers keep no run alive. */
    readonly kind: 'pressing' | 'housekeeping',
  ) {}
}

/** Timers of all machines, earliest first. */
export class TimerQueue<Owner> {
  private readonly heap = new IndexedHeap<Timer<Owner>>(wasSetBefore);
  private sequence = 0;
  /** Timers that are not housekeeping. */
  private pressing = 0;

  set(owner: Owner, key: string, at: EpochMs, housekeeping: boolean): Timer<Owner> {
    const timer = new Timer(owner, key, at, this.sequence++, housekeeping ? 'housekeeping' : 'pressing');
    if (!housekeeping) this.pressing++;
    this.heap.add(at, timer);
    return timer;
  }

  /** Takes a timer out that is set. */
  cancel(timer: Timer<Owner>): void {
    this.heap.remove(timer);
    if (timer.kind === 'pressing') this.pressing--;
  }

  /** The earliest timer. */
  peek(): Timer<Owner> | undefined {
    return this.heap.first;
  }

  /** Takes the earliest timer that is due, or undefined. */
  takeDue(now: EpochMs): Timer<Owner> | undefined {
    const timer = this.heap.first;
    if (timer === undefined || timer.at > now) return undefined;
    this.cancel(timer);
    return timer;
  }

  /** True where timers are left that keep a run alive. */
  get isPressing(): boolean {
    return this.pressing > 0;
  }
}

function wasSetBefore(a: Timer<unknown>, b: Timer<unknown>): boolean {
  return a.sequence < b.sequence;
}
