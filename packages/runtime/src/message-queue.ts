/** First in, first out. Keeps its room when it empties, for it empties and fills all the time. */
export class MessageQueue<T> {
  private items: (T | undefined)[] = [];
  private head = 0;
  private tail = 0;

  get isEmpty(): boolean {
    return this.head === this.tail;
  }

  push(item: T): void {
    this.items[this.tail++] = item;
  }

  /** The oldest item. The queue must not be empty. */
  take(): T {
    const item = this.items[this.head]!;
    this.items[this.head++] = undefined;
    if (this.head === this.tail) this.head = this.tail = 0;
    else if (this.head > LONG && this.head * 2 > this.tail) this.moveUp();
    return item;
  }

  clear(): void {
    this.items = [];
    this.head = this.tail = 0;
  }

  private moveUp(): void {
    this.items = this.items.slice(this.head, this.tail);
    this.tail -= this.head;
    this.head = 0;
  }
}

const LONG = 16_384;
