/** Messages that wait for those before them: in order, per subscription and message group. The first of each is under way. */
export class GroupQueues {
  private readonly queues = new Map<string, { items: number[]; head: number }>();

  /** True where nothing is before the message. */
  push(subscription: number, groupId: string, message: number): boolean {
    const key = `${subscription}/${groupId}`;
    const queue = this.queues.get(key);
    if (!queue) {
      this.queues.set(key, { items: [message], head: 0 });
      return true;
    }
    queue.items.push(message);
    return false;
  }

  /** Takes the first message out; gives the one after it. */
  shift(subscription: number, groupId: string): number | undefined {
    const key = `${subscription}/${groupId}`;
    const queue = this.queues.get(key);
    if (!queue) return undefined;
    queue.head++;
    if (queue.head === queue.items.length) {
      this.queues.delete(key);
      return undefined;
    }
    // Moved now and then only, so that each costs next to nothing.
    if (queue.head > 32 && queue.head * 2 > queue.items.length) {
      queue.items = queue.items.slice(queue.head);
      queue.head = 0;
    }
    return queue.items[queue.head];
  }

  /** The messages of a subscription that wait behind another, which are forgotten; those under way stay. */
  dropWaiting(subscription: number): number[] {
    const dropped: number[] = [];
    for (const [key, queue] of this.queues) {
      if (!key.startsWith(`${subscription}/`)) continue;
      dropped.push(...queue.items.slice(queue.head + 1));
      queue.items = [queue.items[queue.head]!];
      queue.head = 0;
    }
    return dropped.sort((a, b) => a - b);
  }
}
