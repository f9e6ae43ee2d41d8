import type { EpochMs } from '@interstate/kernel';
import type { Clock } from './clock.ts';
import { addTimer, takeTimer, timersOf, type Instance } from './instance.ts';
import { TimerQueue, type Timer } from './timer-queue.ts';

/** The timers of all machines, and under a real clock what wakes the host for the next. */
export class Timers {
  private readonly queue = new TimerQueue<Instance>();
  private alarm: { readonly at: EpochMs; readonly handle: ReturnType<typeof setTimeout> } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly due: () => void,
  ) {}

  /** A second timer of the same key replaces the first. */
  set(instance: Instance, key: string, at: EpochMs, housekeeping: boolean): void {
    this.clear(instance, key);
    addTimer(instance, this.queue.set(instance, key, at, housekeeping));
  }

  clear(instance: Instance, key: string): void {
    const timer = takeTimer(instance, key);
    if (timer) this.queue.cancel(timer);
  }

  forget(instance: Instance): void {
    for (const timer of timersOf(instance)) this.queue.cancel(timer);
  }

  /** The earliest timer. */
  peek(): Timer<Instance> | undefined {
    return this.queue.peek();
  }

  /** True where timers are left that keep a run alive. */
  get isPressing(): boolean {
    return this.queue.isPressing;
  }

  /** Takes the earliest timer that is due off its machine. */
  takeDue(now: EpochMs): Timer<Instance> | undefined {
    const timer = this.queue.takeDue(now);
    if (timer) takeTimer(timer.owner, timer.key);
    return timer;
  }

  /** Real clock: sees to it that the host wakes for the earliest timer. */
  setAlarm(): void {
    if (this.clock.type === 'virtual') return;
    const timer = this.queue.peek();
    if (this.alarm && this.alarm.at === timer?.at) return;
    this.stopAlarm();
    if (!timer) return;
    const delay = Math.min(Math.max(0, timer.at - this.clock.now()), 2 ** 31 - 1);
    const handle = setTimeout(() => {
      this.alarm = undefined;
      this.due();
    }, delay);
    // Only what somebody waits for keeps the process alive.
    if (!this.queue.isPressing) (handle as { unref?: () => void }).unref?.();
    this.alarm = { at: timer.at, handle };
  }

  stopAlarm(): void {
    if (this.alarm) clearTimeout(this.alarm.handle);
    this.alarm = undefined;
  }
}
