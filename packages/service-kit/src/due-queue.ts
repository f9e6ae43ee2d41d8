import type { EpochMs } from '@interstate/kernel';

interface Due {
  readonly at: EpochMs;
  readonly name: string;
}

/**
 * What is due when, the earliest first, equal times by name: the index behind the one timer of a machine. Never saved: `load` fills
 * it from the records. What is no longer wanted is passed over by the one who takes it.
 */
export class DueQueue {
  private readonly heap: Due[] = [];

  add(at: EpochMs, name: string): void {
    const { heap } = this;
    const due: Due = { at, name };
    let place = heap.length;
    heap.push(due);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(due, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = due;
  }

  /** When the next is due; undefined where there is none. */
  get nextAt(): EpochMs | undefined {
    return this.heap[0]?.at;
  }

  /** Takes out the next that is due by then. */
  take(now: EpochMs): string | undefined {
    const { heap } = this;
    const first = heap[0];
    if (!first || first.at > now) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) this.sink(last);
    return first.name;
  }

  private sink(due: Due): void {
    const { heap } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, due)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = due;
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.name < b.name);
}
