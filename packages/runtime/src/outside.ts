import { AsyncLocalStorage } from 'node:async_hooks';
import { hopsOf, TurnoverMap, type Address, type Connector, type EpochMs, type Json, type Outcome } from '@interstate/kernel';
import PQueue from 'p-queue';
import { HostCall } from './host-call.ts';
import { nameOfCall } from './inside-call.ts';

/** What the outside has to say. */
export interface OutsideEvents {
  readonly answered: (call: HostCall, outcome: Outcome) => void;
  readonly told: (call: HostCall, news: Json) => void;
  /** A call is no longer at work, and nobody hears of it. */
  readonly dropped: () => void;
}

/** Connectors at work, and the promises that the application holds. */
export class Outside {
  /** The outside has been given something to go on with, and has not had a turn since. */
  mayAct = false;
  private readonly working = new TurnoverMap<HostCall, HostCall>();
  private readonly tasks: PQueue | undefined;
  /** Which connector call the running code belongs to; asked under a virtual clock only, for it slows promises. */
  private readonly inside: AsyncLocalStorage<HostCall> | undefined;
  /** The same under the real clock, of calls that events brought about: those may go round for ever. Made for the first of them. */
  private broughtAbout: AsyncLocalStorage<HostCall> | undefined;
  private readonly promises = new TurnoverMap<string, (outcome: Outcome) => void>();
  private promiseNumber = 0;

  constructor(
    settings: { readonly taskConcurrency: number | undefined; readonly isVirtual: boolean },
    private readonly events: OutsideEvents,
  ) {
    this.tasks = settings.taskConcurrency === undefined ? undefined : new PQueue({ concurrency: settings.taskConcurrency });
    this.inside = settings.isVirtual ? new AsyncLocalStorage() : undefined;
  }

  // ——— connectors ———

  newCall(to: Address, from: Address, callId: string, request: Json, now: EpochMs): HostCall {
    return new HostCall(to, from, callId, request, now, this.events.told);
  }

  /** Has a connector work on a call; where there is none, the call is answered at once. */
  work(call: HostCall, connector: Connector | undefined): void {
    if (!connector) return this.events.answered(call, unanswered(call.to));
    this.working.set(call, call);
    if (this.tasks) void this.tasks.add(() => this.run(call, connector));
    else void this.run(call, connector);
  }

  /** Withdraws a call. */
  drop(call: HostCall): void {
    call.abort();
    this.working.delete(call);
    this.events.dropped();
  }

  /** Nobody asks any more which call running code belongs to: while somebody might, every promise of the process costs more. */
  close(): void {
    this.inside?.disable();
    this.broughtAbout?.disable();
  }

  get isAtWork(): boolean {
    return this.working.size > 0;
  }

  /** A connector is at work that does not itself wait for the cloud. */
  get holdsClock(): boolean {
    for (const call of this.working.values()) if (call.waits === 0) return true;
    return false;
  }

  /** As `holdsClock`, for a machine. */
  isAtWorkFor(address: Address): boolean {
    for (const call of this.working.values()) if (call.from === address && call.waits === 0) return true;
    return false;
  }

  private run(call: HostCall, connector: Connector): void | Promise<void> {
    if (call.isAborted) return;
    let answer: Outcome | Promise<Outcome>;
    this.mayAct = true;
    try {
      const inside = this.inside ?? (hopsOf(call.request) > 0 ? (this.broughtAbout ??= new AsyncLocalStorage()) : undefined);
      answer = inside ? inside.run(call, connector, call) : connector(call);
    } catch (error) {
      return this.answer(call, thrown(error));
    }
    if (!(answer instanceof Promise)) return this.answer(call, answer);
    return answer.then(
      (outcome) => this.answer(call, outcome),
      (error: unknown) => this.answer(call, thrown(error)),
    );
  }

  private answer(call: HostCall, outcome: Outcome): void {
    this.working.delete(call);
    if (call.isAborted) this.events.dropped();
    else this.events.answered(call, outcome);
  }

  // ——— the application ———

  /** The code that asks runs in a connector's call. Known under a virtual clock only. */
  get isInsideCall(): boolean {
    return this.inside?.getStore() !== undefined;
  }

  /** What that call asks for. Under the real clock known only of calls that events brought about. */
  get requestInside(): Json | undefined {
    return (this.inside ?? this.broughtAbout)?.getStore()?.request;
  }

  /**
   * A connector call whose own code waits for the cloud does not hold a virtual clock. Gives back how to end the wait:
   * at the very moment the news is there, not when the waiting code gets to run.
   */
  waitFromInside(): () => void {
    const call = this.inside?.getStore();
    return call ? waitOf(call) : () => {};
  }

  /** Notes a promise of the application; gives its name. */
  promise(settle: (outcome: Outcome) => void): string {
    const inside = this.inside?.getStore();
    const callId = nameOfCall(++this.promiseNumber, inside);
    this.promises.set(callId, inside ? afterwards(waitOf(inside), settle) : settle);
    return callId;
  }

  settle(callId: string, outcome: Outcome): void {
    const resolve = this.promises.get(callId);
    this.promises.delete(callId);
    // What the application does with the answer comes before time passes.
    this.mayAct = true;
    resolve?.(outcome);
  }
}

function afterwards(arrived: () => void, settle: (outcome: Outcome) => void): (outcome: Outcome) => void {
  return (outcome) => {
    arrived();
    settle(outcome);
  };
}

function waitOf(call: HostCall): () => void {
  call.waits++;
  return () => void call.waits--;
}

function thrown(error: unknown): Outcome {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { ok: false, error: { Error: name, Cause: message } };
}

function unanswered(to: Address): Outcome {
  return {
    ok: false,
    error: {
      Error: 'States.TaskFailed',
      Cause: `Nothing answers '${to}' in this host. Register a function, mock or adapter for this resource.`,
    },
  };
}
