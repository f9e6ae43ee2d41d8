import { createRandom, nextUint32, type Address, type RandomState } from '@interstate/kernel';
import { CONNECTORS, INTERCEPTORS, OUTSIDE, type Envelope } from './envelope.ts';

interface Waiting {
  readonly envelope: Envelope;
  /** How many messages had been taken when it was sent: those of one step were sent together. */
  readonly sent: number;
  /** Messages to the same receiver that were sent by then may be part of why this one was sent: they go first. */
  readonly after: number;
}

interface Receiver {
  readonly address: Address;
  readonly waiting: Waiting[];
  /** Where it stands in `receivers`. */
  position: number;
}

/** How many of a receiver's oldest messages are looked at: what a choice costs does not grow with what waits. */
const WINDOW = 32;

/**
 * The messages under way, taken in an order that a seed decides, but only in one that could have been:
 *
 * Q1. Messages of one sender to one receiver keep their order.
 * Q2. A message never overtakes one to the same receiver that may have led to it: one sent no later than what its sender had taken.
 *     What comes from outside overtakes nothing.
 */
export class SeededQueue {
  private readonly random: RandomState;
  private readonly receivers: Receiver[] = [];
  private readonly byAddress = new Map<Address, Receiver>();
  /** When the latest of what each machine has taken was sent; kept until the queue is empty. */
  private readonly heard = new Map<Address, number>();
  private taken = 0;

  constructor(seed: number) {
    this.random = createRandom([seed >>> 0, (seed / 2 ** 32) >>> 0, 0x5eed, 0x0de7]);
  }

  get isEmpty(): boolean {
    return this.receivers.length === 0;
  }

  push(envelope: Envelope): void {
    const { to, from } = envelope;
    let receiver = this.byAddress.get(to);
    if (!receiver) {
      receiver = { address: to, waiting: [], position: this.receivers.length };
      this.byAddress.set(to, receiver);
      this.receivers.push(receiver);
    }
    const after = from === OUTSIDE || from === CONNECTORS || from === INTERCEPTORS ? Infinity : (this.heard.get(from) ?? -1);
    receiver.waiting.push({ envelope, sent: this.taken, after });
  }

  /** The queue must not be empty. */
  take(): Envelope {
    const receiver = this.receivers[nextUint32(this.random) % this.receivers.length]!;
    const { waiting, address } = receiver;
    const free = deliverable(waiting);
    const index = free.length === 1 ? free[0]! : free[nextUint32(this.random) % free.length]!;
    const { envelope, sent } = waiting.splice(index, 1)[0]!;
    this.taken++;
    this.heard.set(address, Math.max(this.heard.get(address) ?? 0, sent));
    if (waiting.length === 0) this.drop(receiver);
    // With nothing under way, nothing can be overtaken.
    if (this.isEmpty) this.heard.clear();
    return envelope;
  }

  clear(): void {
    this.receivers.length = 0;
    this.byAddress.clear();
    this.heard.clear();
  }

  private drop(receiver: Receiver): void {
    this.byAddress.delete(receiver.address);
    const last = this.receivers.pop()!;
    if (last === receiver) return;
    last.position = receiver.position;
    this.receivers[receiver.position] = last;
  }
}

/** Which of the waiting messages, oldest first, may go next. The oldest always may. */
function deliverable(waiting: readonly Waiting[]): number[] {
  const oldest = waiting[0]!.sent;
  const senders = new Set<Address>();
  const free: number[] = [];
  for (let index = 0; index < waiting.length && index < WINDOW; index++) {
    const { envelope, after } = waiting[index]!;
    if (senders.has(envelope.from)) continue;
    senders.add(envelope.from);
    if (index === 0 || after < oldest) free.push(index);
  }
  return free;
}
