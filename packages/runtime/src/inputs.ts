import type { EpochMs } from '@interstate/kernel';
import type { Clock } from './clock.ts';
import { Replay, type Input, type InputEntry, type InputLog } from './input-log.ts';

/** Notes what comes in from outside, and when; or lets it come again. */
export class Inputs {
  /** Counts what the host does: messages sent, messages taken, effects performed. An input log says by it when something came. */
  private moment = 0;
  /** The time of what is being delivered. */
  time: EpochMs = -Infinity;
  private log: Replay | undefined;

  /** @param comeAgain does what an input of a replayed log did */
  constructor(
    private readonly clock: Clock,
    private readonly onInput: ((entry: InputEntry) => void) | undefined,
    private readonly comeAgain: (input: Exclude<Input, { type: 'time' }>) => void,
  ) {}

  get isReplaying(): boolean {
    return this.log !== undefined;
  }

  note(input: Input): void {
    if (this.isNoted) this.onInput!({ at: this.moment, ...input });
  }

  /** Whether anybody wants to know. */
  get isNoted(): boolean {
    return this.onInput !== undefined && this.log === undefined;
  }

  /** The time of what is done next. It is looked at once for each message, so that a log can say what it was. */
  lookAtClock(): EpochMs {
    const now = this.clock.now();
    if (now !== this.time) {
      this.time = now;
      this.note({ type: 'time', now });
    }
    return now;
  }

  /** Before whatever the host does next: what came in by now. */
  tick(): void {
    if (this.log) this.feed(this.log);
    this.moment++;
  }

  /** @param deliver takes one message, or says that there is none */
  replay(log: InputLog, reset: () => void, deliver: () => boolean): void {
    if (this.moment > 0) throw new Error('Only a fresh host can replay a log: this one has run already.');
    this.log = new Replay(log);
    try {
      reset();
      do this.feed(this.log);
      while (deliver());
      this.log.assertDone(this.moment);
    } finally {
      this.log = undefined;
    }
  }

  private feed(log: Replay): void {
    for (let entry = log.take(this.moment); entry; entry = log.take(this.moment)) {
      if (entry.type === 'time') this.setClock(entry.now);
      else this.comeAgain(entry);
    }
  }

  private setClock(now: EpochMs): void {
    if (this.clock.now() > now) throw new Error(`The log begins at ${new Date(now).toISOString()}, before this host's clock: start the clock there.`);
    this.clock.advanceTo(now);
  }
}
