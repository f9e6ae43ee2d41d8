import { IndexedHeap, type EpochMs } from '@interstate/kernel';
import type { Message } from './message.ts';

/** Messages of one group: a FIFO queue delivers each in order; a standard queue is fair between them. */
export class Lane {
  /** Place among the lanes that can be served. */
  slot = -1;
  /** Number of the first ready message, as the lanes are ordered; kept by whoever changes the lane. */
  headNumber = 0;
  isNoisy = false;
  inFlight = 0;
  /** All messages, wherever they are. */
  size = 0;
  readonly processing = new ProcessingTime();
  /** Ready messages that came in order … */
  private first: Message | null = null;
  private last: Message | null = null;
  /** … and those that came back, or late. */
  private readonly returned = new IndexedHeap<Message>();

  constructor(
    /** The group's id; empty for messages without one. */
    readonly key: string,
  ) {}

  get head(): Message | undefined {
    const returned = this.returned.first;
    if (this.first === null) return returned;
    return returned !== undefined && returned.number < this.first.number ? returned : this.first;
  }

  add(message: Message): void {
    const { last } = this;
    if (last !== null && last.number > message.number) return this.returned.add(message.number, message);
    message.before = last;
    if (last === null) this.first = message;
    else last.after = message;
    this.last = message;
  }

  remove(message: Message): void {
    if (message.slot >= 0) return this.returned.remove(message);
    const { before, after } = message;
    if (before === null) this.first = after;
    else before.after = after;
    if (after === null) this.last = before;
    else after.before = before;
    message.before = message.after = null;
  }
}

/** Milliseconds for which messages were held by consumers, in the current window and the one before. */
export class ProcessingTime {
  window = 0;
  current = 0;
  previous = 0;

  add(milliseconds: number, window: number): void {
    if (window !== this.window) {
      this.previous = window === this.window + 1 ? this.current : 0;
      this.current = 0;
      this.window = window;
    }
    this.current += milliseconds;
  }

  /** As of a window, which is not before the last one added to. */
  total(window: number): number {
    return window === this.window ? this.current + this.previous : window === this.window + 1 ? this.current : 0;
  }
}

export function windowAt(now: EpochMs, seconds: number): number {
  return Math.floor(now / (seconds * 1000));
}
