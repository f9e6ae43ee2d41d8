import type { Address, EpochMs } from '@interstate/kernel';
import type { Clock } from './clock.ts';
import { othersTurn, type Loop } from './loop.ts';
import type { Machines } from './machines.ts';
import type { Outside } from './outside.ts';
import type { Timers } from './timers.ts';

interface PassingTimeParts {
  readonly clock: Clock;
  readonly loop: Loop;
  readonly machines: Machines;
  readonly timers: Timers;
  readonly outside: Outside;
  /** Sends what timers that are due have to say. */
  readonly fireDue: () => void;
}

/** Runs the host until something holds, and under a virtual clock lets time pass for it. */
export class PassingTime {
  /** How many runs let time pass right now. */
  private drivers = 0;

  constructor(private readonly parts: PassingTimeParts) {}

  get isDriven(): boolean {
    return this.drivers > 0;
  }

  /** @param until the latest time to let pass; without, no time passes for housekeeping alone */
  async runUntil(isDone: () => boolean, until: EpochMs | undefined): Promise<boolean> {
    const arrived = this.parts.outside.waitFromInside();
    this.drivers++;
    try {
      return await this.run(isDone, until);
    } finally {
      this.drivers--;
      arrived();
    }
  }

  private async run(isDone: () => boolean, until: EpochMs | undefined): Promise<boolean> {
    const { clock, loop, timers, outside, fireDue } = this.parts;
    for (;;) {
      // No await between an empty queue and the decision to let time pass: news must not slip in between.
      for (let rest = loop.pump(); rest !== 'done'; rest = loop.pump()) await othersTurn(rest);
      if (isDone()) return true;
      if (outside.holdsClock) {
        await loop.nextNews();
        continue;
      }
      if (clock.type === 'real') {
        if (!timers.peek() && !outside.isAtWork) return false;
        await loop.nextNews();
        continue;
      }
      if (outside.mayAct) {
        // What an answered connector set going (a SendTaskSuccess, say) comes before time passes.
        outside.mayAct = false;
        await othersTurn('events');
        continue;
      }
      const timer = timers.peek();
      if (until !== undefined && (timer === undefined || timer.at > until)) {
        clock.advanceTo(until);
        return isDone();
      }
      if (timer === undefined || (until === undefined && !timers.isPressing)) return isDone();
      clock.advanceTo(timer.at);
      fireDue();
    }
  }

  /** Settles when the machine has ended, or no message and no call of its own is under way. */
  async runUntilQuiet(address: Address): Promise<void> {
    const { clock, loop, machines, outside, fireDue } = this.parts;
    for (;;) {
      if (clock.type === 'real') fireDue();
      for (let rest = loop.pump(); rest !== 'done'; rest = loop.pump()) await othersTurn(rest);
      const instance = machines.get(address);
      if (!instance || instance.ended || !outside.isAtWorkFor(address)) return;
      await loop.nextNews();
    }
  }
}
