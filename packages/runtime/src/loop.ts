import type { Address, Message } from '@interstate/kernel';
import { OUTSIDE, type Envelope } from './envelope.ts';
import { MessageQueue } from './message-queue.ts';
import type { Post } from './post.ts';

/** Deliveries between two looks at the time, and milliseconds after which others get the event loop. */
const LOOK_EVERY = 64;
const SLICE_MS = 12;
/** New work let in before code that awaits gets its turn, and deliveries after which some is let in though others run. */
const ADMIT_AT_ONCE = 32;
const ADMIT_AFTER = 64;

const SETTLED = Promise.resolve();

/** What the application has asked for. */
class Arrival {
  constructor(
    readonly to: Address,
    readonly message: Message,
  ) {}
}

/** Who must have a turn before more is delivered: nobody, code that awaits, or timers and sockets. */
export type Rest = 'done' | 'promises' | 'events';

/** Delivers messages, a slice at a time, and lets new work in. */
export class Loop {
  /** What the application has asked for and is not begun. */
  private readonly arrivals = new MessageQueue<Arrival | (() => void)>();
  private admitting = false;
  private sliceBegan = 0;
  private pumping = false;
  private scheduled = false;
  private idle: (() => void)[] = [];

  /** @param rested called when nothing is left to deliver */
  constructor(
    private readonly post: Post,
    private readonly deliver: (envelope: Envelope) => void,
    private readonly rested: () => void,
  ) {}

  /** True while messages are delivered. */
  get isPumping(): boolean {
    return this.pumping;
  }

  arrive(to: Address, message: Message): void {
    if (this.admitting) this.post.takeIn(OUTSIDE, to, message);
    else this.arrivals.push(new Arrival(to, message));
    this.schedule();
  }

  whenAdmitted(begin: () => void): void {
    this.arrivals.push(begin);
    this.schedule();
  }

  schedule(): void {
    if (this.scheduled || this.pumping) return;
    this.scheduled = true;
    // A job of a promise costs a fraction of what Node's queueMicrotask does.
    void SETTLED.then(this.turn);
  }

  /** Settles when something has been delivered. */
  nextNews(): Promise<void> {
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Something has happened that those who wait for news should look at. */
  wake(): void {
    if (this.idle.length > 0) this.schedule();
  }

  clear(): void {
    this.post.clear();
    this.arrivals.clear();
  }

  private readonly turn = (): void => {
    this.scheduled = false;
    const rest = this.pump();
    if (this.idle.length > 0) {
      const { idle } = this;
      this.idle = [];
      for (const resolve of idle) resolve();
    }
    if (rest === 'done') return this.rested();
    this.scheduled = true;
    void othersTurn(rest).then(this.turn);
  };

  /**
   * Delivers what is queued. What runs goes before what arrives: new work is let in a little at a time, so that what it
   * begins can end before more is begun, however much arrives at once. Says who must have a turn before it is called again.
   */
  pump(): Rest {
    if (this.pumping) return 'done';
    this.pumping = true;
    let admitted = 0;
    let count = 0;
    try {
      for (;;) {
        if (this.post.isEmpty || count % ADMIT_AFTER === ADMIT_AFTER - 1) {
          if (!this.arrivals.isEmpty) {
            if (admitted++ === ADMIT_AT_ONCE) return this.sliceIsOver() ? 'events' : 'promises';
            this.admit(this.arrivals.take());
            if (this.post.isEmpty) continue;
          } else if (this.post.isEmpty) return 'done';
        }
        this.deliver(this.post.take());
        if (++count % LOOK_EVERY === 0 && this.sliceIsOver()) return 'events';
      }
    } finally {
      this.pumping = false;
    }
  }

  /** Delivers the next message without a look at anything else. False where there is none. */
  deliverNext(): boolean {
    if (this.post.isEmpty) return false;
    this.pumping = true;
    try {
      this.deliver(this.post.take());
    } finally {
      this.pumping = false;
    }
    return true;
  }

  private admit(arrival: Arrival | (() => void)): void {
    if (typeof arrival !== 'function') return this.post.takeIn(OUTSIDE, arrival.to, arrival.message);
    this.admitting = true;
    arrival();
    this.admitting = false;
  }

  /** True once in a while: then timers and sockets must have their turn. */
  private sliceIsOver(): boolean {
    const now = performance.now();
    if (now - this.sliceBegan < SLICE_MS) return false;
    this.sliceBegan = now;
    return true;
  }
}

export function othersTurn(rest: Rest): Promise<void> {
  if (rest === 'promises') return Promise.resolve();
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
