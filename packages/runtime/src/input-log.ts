import type { Address, EpochMs, Json, Message } from '@interstate/kernel';

/** What came into a host from outside. */
export type Input =
  /** The clock moved. */
  | { readonly type: 'time'; readonly now: EpochMs }
  /** The timers due by then were looked for. */
  | { readonly type: 'timers' }
  /** The application called or told somebody (`from` is `outside`), or a connector answered or told something (`connectors`). */
  | { readonly type: 'message'; readonly from: Address; readonly to: Address; readonly message: Message }
  /** A machine was put at an address; its first notice is a message of its own. */
  | { readonly type: 'machine'; readonly kind: string; readonly address: Address }
  /** A machine was brought back from its records, as JSON. */
  | { readonly type: 'restored'; readonly address: Address; readonly machine: Json; readonly journal: readonly unknown[] }
  | { readonly type: 'forgotten'; readonly address: Address };

/** An input, and when it came: before what the host did as the `at`-th thing since it was made. Plain JSON. */
export type InputEntry = Input & { readonly at: number };

/** Everything that came in, in order: with the same machines, seed and order it makes the same host. */
export type InputLog = readonly InputEntry[];

/** Hands a log out, entry by entry, as its moments come. */
export class Replay {
  private next = 0;

  constructor(private readonly log: InputLog) {}

  /** The next entry of this moment, or undefined. */
  take(at: number): InputEntry | undefined {
    const entry = this.log[this.next];
    if (entry?.at !== at) return undefined;
    this.next++;
    return entry;
  }

  /** @throws Error where entries are left: their moment never came */
  assertDone(at: number): void {
    const entry = this.log[this.next];
    if (entry) throw new Error(`The log does not fit this host: entry ${this.next} came at moment ${entry.at}, the replay ended at ${at}. Were machines, seed, order or definitions different?`);
  }
}
