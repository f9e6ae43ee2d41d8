/** A queue as one would explain it: a list of messages, looked through from the beginning. */
export interface ModelMessage {
  readonly number: number;
  readonly body: string;
  readonly group: string;
  readonly sentAt: number;
  /** Nobody gets it before. */
  visibleAt: number;
  /** Times it was received here. */
  count: number;
  handle: string | undefined;
  /** Held by a consumer until `visibleAt`. */
  isHeld: boolean;
}

export class ModelQueue {
  messages: ModelMessage[] = [];
  private numbers = 0;
  private readonly accepted = new Map<string, { readonly until: number; readonly number: number }>();

  constructor(
    readonly isFifo: boolean,
    readonly retentionMs: number,
    readonly visibilityMs: number,
    /** Received so often, a message goes there instead of being received again. */
    readonly deadLetters?: { readonly queue: ModelQueue; readonly after: number },
  ) {}

  /** Time has come to `now`. */
  tick(now: number): void {
    this.messages = this.messages.filter(({ sentAt }) => sentAt + this.retentionMs > now);
    for (const message of this.messages) if (message.visibleAt <= now) message.isHeld = false;
  }

  /** The number of the message, or of the one it is a duplicate of. */
  send(now: number, body: string, group: string, delayMs: number, deduplicationId?: string): number {
    const known = deduplicationId === undefined ? undefined : this.accepted.get(deduplicationId);
    if (known !== undefined && known.until > now) return known.number;
    const number = ++this.numbers;
    if (deduplicationId !== undefined) this.accepted.set(deduplicationId, { until: now + 300_000, number });
    this.messages.push({ number, body, group, sentAt: now, visibleAt: now + delayMs, count: 0, handle: undefined, isHeld: false });
    return number;
  }

  /** What a receive must give, in order. */
  receive(now: number, most: number, visibilityMs = this.visibilityMs): ModelMessage[] {
    const given: ModelMessage[] = [];
    for (let next = this.next(now, given); given.length < most && next !== undefined; next = this.next(now, given)) {
      const { deadLetters } = this;
      if (deadLetters !== undefined && next.count >= deadLetters.after) {
        this.remove(next);
        deadLetters.queue.take(now, next);
        continue;
      }
      given.push(next);
      next.count++;
      next.isHeld = true;
      next.visibleAt = now + visibilityMs;
    }
    return given;
  }

  /** The first that can be had. FIFO: of the group just given from while it has more, else of a group of which none is held. */
  private next(now: number, given: readonly ModelMessage[]): ModelMessage | undefined {
    const free = this.messages.filter((message) => !message.isHeld && message.visibleAt <= now && !given.includes(message));
    if (!this.isFifo) return free[0];
    const last = given.at(-1);
    const more = last && free.find(({ group }) => group === last.group);
    return more ?? free.find(({ group }) => !this.messages.some((other) => other.group === group && other.isHeld));
  }

  /** A dead letter comes. */
  private take(now: number, { body, group, sentAt }: ModelMessage): void {
    this.messages.push({ number: ++this.numbers, body, group, sentAt: this.isFifo ? now : sentAt, visibleAt: now, count: 0, handle: undefined, isHeld: false });
    this.tick(now);
  }

  remove(message: ModelMessage): void {
    this.messages = this.messages.filter((other) => other !== message);
  }

  counts(now: number): { readonly ready: number; readonly held: number; readonly delayed: number } {
    const held = this.messages.filter(({ isHeld }) => isHeld).length;
    const delayed = this.messages.filter((message) => !message.isHeld && message.visibleAt > now).length;
    return { ready: this.messages.length - held - delayed, held, delayed };
  }
}
