import type { Address, Message } from '@interstate/kernel';
import { Envelope } from './envelope.ts';
import type { MessageOrder } from './host-options.ts';
import type { Inputs } from './inputs.ts';
import { MessageQueue } from './message-queue.ts';
import { SeededQueue } from './seeded-queue.ts';

/** The messages under way. */
export class Post {
  private readonly queue: MessageQueue<Envelope> | SeededQueue;
  private sequence = 0;

  /** @param deliveries how often each message is delivered */
  constructor(
    order: MessageOrder,
    private readonly deliveries: number,
    private readonly inputs: Inputs,
  ) {
    this.queue = order === 'sequence' ? new MessageQueue() : new SeededQueue(order.seed);
  }

  get isEmpty(): boolean {
    return this.queue.isEmpty;
  }

  send(from: Address, to: Address, message: Message): void {
    this.inputs.tick();
    const envelope = new Envelope(to, message, from, this.nextSequence());
    for (let time = 0; time < this.deliveries; time++) this.queue.push(envelope);
  }

  /** Sends what came from outside. */
  takeIn(from: Address, to: Address, message: Message): void {
    if (this.inputs.isNoted) this.inputs.note({ type: 'message', from, to, message });
    this.send(from, to, message);
  }

  /** The message whose turn it is. There must be one. */
  take(): Envelope {
    this.inputs.lookAtClock();
    this.inputs.tick();
    return this.queue.take();
  }

  nextSequence(): number {
    return ++this.sequence;
  }

  clear(): void {
    this.queue.clear();
  }
}
