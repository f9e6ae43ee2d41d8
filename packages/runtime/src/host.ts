import { AsyncLocalStorage } from 'node:async_hooks';
import { createRandom, nextUint32, seedFrom, type Adapter, type Address, type Connector, type Crypto, type Effect, type EpochMs, type Json, type Machine, type Message, type Outcome, type RandomState, type Step, type StepContext } from '@interstate/kernel';
import { EventEmitter } from 'eventemitter3';
import PQueue from 'p-queue';
import { realClock, type Clock } from './clock.ts';
import { CONNECTORS, INTERCEPTORS, OUTSIDE, type Envelope } from './envelope.ts';
import { HostCall } from './host-call.ts';
import { Replay, type Input, type InputEntry, type InputLog } from './input-log.ts';
import { addTimer, bookkeepingOf, takeTimer, timersOf, type Bookkeeping, type Instance } from './instance.ts';
import { nodeCrypto } from './node-crypto.ts';
import { MessageQueue } from './message-queue.ts';
import { OpenCalls } from './open-calls.ts';
import type { HostEvents, Interceptor, Passage } from './observe.ts';
import { createRouter, type Router } from './router.ts';
import { SeededQueue } from './seeded-queue.ts';
import { machineAsJson, machineFromJson, type Store, type StoredMachine } from './store.ts';
import { TimerQueue } from './timer-queue.ts';
import { TurnoverMap } from './turnover-map.ts';

export interface HostOptions {
  /** The kinds of machine this host runs. */
  readonly machines: readonly Machine[];
  readonly adapters?: readonly Adapter[];
  /** Default: the real clock. */
  readonly clock?: Clock;
  /** Default: Node's. */
  readonly crypto?: Crypto;
  /** 128-bit seed as four unsigned 32-bit words. Default: from the operating system. */
  readonly seed?: readonly [number, number, number, number];
  /**
   * In which order messages that are under way at the same time are delivered: as they were sent (`sequence`, the default), or as a
   * seed decides, among the orders that could have been. Other seeds show what an application takes for granted.
   */
  readonly order?: MessageOrder;
  /** Told everything that comes in from outside, in order: `replay` makes the same host from it. */
  readonly onInput?: (entry: InputEntry) => void;
  /** How many connector calls run at once. Default: no bound. */
  readonly taskConcurrency?: number;
  readonly interceptors?: readonly Interceptor[];
  /** Where machines are kept after every step. Default: in memory only, as live objects. */
  readonly store?: Store;
  /** Drops a machine from memory after every step and loads it again: proves that nothing is kept outside the store. */
  readonly forget?: boolean;
  /** How often each message is delivered (default 1); more proves that redelivery is harmless. */
  readonly deliveries?: number;
}

export type MessageOrder = 'sequence' | { readonly seed: number };

/** Shared by machines that have none yet; never changed. */
const NONE: never[] = [];
const NO_RECORDS: ReadonlyMap<string, Json> = new Map();
/** Deliveries between two looks at the time, and milliseconds after which others get the event loop. */
const LOOK_EVERY = 64;
const SLICE_MS = 12;
/** New work let in before code that awaits gets its turn, and deliveries after which some is let in though others run. */
const ADMIT_AT_ONCE = 32;
const ADMIT_AFTER = 64;

/**
 * Owns machines, time and the outside world: delivers messages, performs effects, feeds results back.
 *
 * H1. Messages are delivered in the order of (time, sequence), or of time and a seed; the application's own after those of what
 *     runs already. The clock stands still while any is left.
 * H2. A step's changes, journal and effects are taken together; if it throws, none of them is.
 * H3. A message that comes twice is taken once.
 * H4. The same seeds and the same input log make the same host.
 */
export class Host {
  readonly clock: Clock;
  readonly events = new EventEmitter<HostEvents>();
  private readonly kinds: ReadonlyMap<string, Machine>;
  private readonly crypto: Crypto;
  private readonly random: RandomState;
  private readonly seed: readonly [number, number, number, number];
  private readonly route: Router;
  private readonly tasks: PQueue | undefined;
  private readonly instances = new TurnoverMap<Address, Instance>();
  /** What steps threw, by machine. */
  private readonly failures = new Map<Address, unknown>();
  private readonly timers = new TimerQueue<Instance>();
  private readonly promises = new TurnoverMap<string, (outcome: Outcome) => void>();
  private readonly working = new TurnoverMap<HostCall, HostCall>();
  /** A connector ran, or a call of the application was answered, since the outside last had a turn. */
  private outsideMayAct = false;
  /** Which connector call the running code belongs to; asked under a virtual clock only, for it slows promises. */
  private readonly inside: AsyncLocalStorage<HostCall> | undefined;
  private readonly pass: ((passage: Passage) => void) | undefined;
  private readonly queue: MessageQueue<Envelope> | SeededQueue;
  /** What the application has asked for and is not begun. */
  private readonly arrivals = new MessageQueue<Arrival | (() => void)>();
  private admitting = false;
  private sliceBegan = 0;
  private sequence = 0;
  /** The time of what is being delivered. */
  private time: EpochMs = -Infinity;
  /** Counts what the host does: messages sent, messages taken, effects performed. An input log says by it when something came. */
  private moment = 0;
  private replaying: Replay | undefined;
  private promiseNumber = 0;
  private pumping = false;
  /** The envelope that is with the interceptors. */
  private passing: Envelope | undefined;
  private scheduled = false;
  private alarm: { readonly at: EpochMs; readonly handle: ReturnType<typeof setTimeout> } | undefined;
  private idle: (() => void)[] = [];
  /** How many runs let time pass right now. */
  private drivers = 0;

  constructor(private readonly options: HostOptions) {
    this.clock = options.clock ?? realClock();
    this.crypto = options.crypto ?? nodeCrypto;
    this.kinds = new Map(options.machines.map((machine) => [machine.kind, machine]));
    this.route = createRouter(options.adapters ?? []);
    this.seed = options.seed ?? (crypto.getRandomValues(new Uint32Array(4)) as unknown as [number, number, number, number]);
    this.random = createRandom(this.seed);
    const { order = 'sequence' } = options;
    this.queue = order === 'sequence' ? new MessageQueue() : new SeededQueue(order.seed);
    this.tasks = options.taskConcurrency === undefined ? undefined : new PQueue({ concurrency: options.taskConcurrency });
    this.inside = this.clock.type === 'virtual' ? new AsyncLocalStorage() : undefined;
    const { interceptors = [] } = options;
    if (interceptors.length > 0) {
      this.pass = interceptors.reduceRight<(passage: Passage) => void>(
        (next, interceptor) => (passage) => interceptor(passage, next),
        (passage) => this.passed(passage),
      );
    }
  }

  now(): EpochMs {
    return this.clock.now();
  }

  /** A seed for a machine of this name; the same in every host with the same seed. */
  seedFor(name: string): [number, number, number, number] {
    return seedFrom(this.seed, name);
  }

  /** SHA-256 in hex: names things by their content. */
  hash(text: string): string {
    return this.crypto.hash('SHA-256', text);
  }

  /** A seed from the host's own seeded generator. */
  nextSeed(): [number, number, number, number] {
    const { random } = this;
    return [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  }

  // ——— what the application does ———

  /** Puts a machine at an address; its first message is this notice. @throws Error where the address is taken */
  spawn(kind: string, address: Address, notice: Json): void {
    this.create(kind, address);
    this.note({ type: 'machine', kind, address });
    this.notify(address, notice);
  }

  /** Calls back when it is this work's turn to be begun: until then it takes no more room than the callback, which must not throw. */
  whenAdmitted(begin: () => void): void {
    this.arrivals.push(begin);
    this.schedule();
  }

  notify(address: Address, notice: Json): void {
    this.fromOutside(address, { type: 'notice', from: OUTSIDE, notice });
  }

  /** Calls a machine or connector. The promise settles with the outcome, modelled failures included. */
  call(to: Address, request: Json): Promise<Outcome> {
    const callId = String(++this.promiseNumber);
    const arrived = this.waitFromInside();
    return new Promise((resolve) => {
      this.promises.set(callId, (outcome) => {
        arrived();
        resolve(outcome);
      });
      this.fromOutside(to, { type: 'call', replyTo: { address: OUTSIDE, callId }, request });
    });
  }

  has(address: Address): boolean {
    return this.instances.has(address);
  }

  /** The live state of a machine, to look at and not to change. */
  stateOf(address: Address): unknown {
    const instance = this.instances.get(address);
    return instance && this.liveState(instance);
  }

  /** The journal of a machine: an execution's history. */
  journalOf(address: Address): readonly unknown[] {
    return this.instances.get(address)?.journal ?? [];
  }

  /** All records of a machine, as a store would hold them. */
  recordsOf(address: Address): ReadonlyMap<string, Json> {
    const instance = this.instances.get(address);
    return instance ? instance.machine.records(this.liveState(instance)) : new Map();
  }

  /** What a step of the machine threw, if one did: the machine has ended with it. */
  failureOf(address: Address): unknown {
    return this.failures.get(address);
  }

  isEnded(address: Address): boolean {
    return this.instances.get(address)?.ended ?? false;
  }

  /** Settles when the machine has ended; at once where it has. */
  ended(address: Address): Promise<void> {
    return this.isEnded(address) ? Promise.resolve() : new Promise((resolve) => this.whenEnded(address, resolve));
  }

  /** Calls back when the machine ends, once. @throws Error where no machine lives at the address */
  whenEnded(address: Address, listener: () => void): void {
    const instance = this.instances.get(address);
    if (!instance) throw new Error(`No machine lives at '${address}'.`);
    if (instance.endListeners === NONE) instance.endListeners = [listener];
    else instance.endListeners.push(listener);
  }

  /** Removes a machine with all it has open. */
  forget(address: Address): void {
    const instance = this.instances.get(address);
    if (!instance) return;
    this.note({ type: 'forgotten', address });
    this.instances.delete(address);
    this.failures.delete(address);
    for (const timer of timersOf(instance)) this.timers.cancel(timer);
    for (const call of instance.calls ?? []) if (call instanceof HostCall) this.drop(call);
  }

  /** Forgets every machine and withdraws every call and timer. */
  close(): void {
    for (const address of [...this.instances.keys()]) this.forget(address);
    this.queue.clear();
    this.arrivals.clear();
    if (this.alarm) clearTimeout(this.alarm.handle);
    this.alarm = undefined;
  }

  /** Where machines live. */
  addresses(): IterableIterator<Address> {
    return this.instances.keys();
  }

  /** Machines that have not ended, with what they wait for. */
  *unfinished(): Generator<{ readonly address: Address; readonly timers: readonly string[]; readonly calls: readonly Address[] }> {
    for (const instance of [...this.instances.values()]) {
      const { address, ended, calls } = instance;
      if (ended) continue;
      yield { address, timers: timersOf(instance).map(({ key }) => key), calls: [...(calls ?? [])].map(({ to }) => to) };
    }
  }

  // ——— time ———

  /** Delivers what is waiting and, under a virtual clock, lets time pass until the condition holds. False where it never can. */
  async runUntil(isDone: () => boolean, options: { readonly until?: EpochMs } = {}): Promise<boolean> {
    const { until } = options;
    const arrived = this.waitFromInside();
    this.drivers++;
    try {
      for (;;) {
        // No await between an empty queue and the decision to let time pass: news must not slip in between.
        for (let rest = this.pump(); rest !== 'done'; rest = this.pump()) await othersTurn(rest);
        if (isDone()) return true;
        if (this.holdsClock()) {
          await this.nextNews();
          continue;
        }
        if (this.clock.type === 'real') {
          if (!this.timers.peek() && this.working.size === 0) return false;
          await this.nextNews();
          continue;
        }
        if (this.outsideMayAct) {
          // What an answered connector set going (a SendTaskSuccess, say) comes before time passes.
          this.outsideMayAct = false;
          await othersTurn('events');
          continue;
        }
        const timer = this.timers.peek();
        if (until !== undefined && (timer === undefined || timer.at > until)) {
          this.clock.advanceTo(until);
          return isDone();
        }
        if (timer === undefined || (until === undefined && !this.timers.isPressing)) return isDone();
        this.clock.advanceTo(timer.at);
        this.fireDue();
      }
    } finally {
      this.drivers--;
      arrived();
    }
  }

  /** Somebody lets time pass right now. */
  get isDriven(): boolean {
    return this.drivers > 0;
  }

  /** Virtual clock: the code that asks runs in a connector's call. */
  get isInsideCall(): boolean {
    return this.inside?.getStore() !== undefined;
  }

  /** Virtual clock: the request of the connector's call in which the code that asks runs. */
  get requestInside(): Json | undefined {
    return this.inside?.getStore()?.request;
  }

  /** Settles when the machine has ended, or nothing but time or the outside can bring it on: no message and no call of its own is under way. */
  async runUntilQuiet(address: Address): Promise<void> {
    for (;;) {
      if (this.clock.type === 'real') this.fireDue();
      for (let rest = this.pump(); rest !== 'done'; rest = this.pump()) await othersTurn(rest);
      const instance = this.instances.get(address);
      if (!instance || instance.ended || ![...this.working.values()].some(({ from, waits }) => from === address && waits === 0)) return;
      await this.nextNews();
    }
  }

  /** When the next timer of a machine is due that is not housekeeping. */
  nextTimerOf(address: Address): EpochMs | undefined {
    const instance = this.instances.get(address);
    const times = instance ? timersOf(instance).flatMap(({ at, kind }) => (kind === 'housekeeping' ? [] : [at])) : [];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Virtual clock: lets time pass by this much. */
  async advance(milliseconds: number): Promise<void> {
    await this.runUntil(() => false, { until: this.now() + milliseconds });
  }

  /** Virtual clock: lets time pass until nothing but housekeeping is left. */
  async runUntilIdle(): Promise<void> {
    await this.runUntil(() => false);
  }

  /**
   * A connector call whose own code waits for the cloud does not hold a virtual clock. Gives back how to end the wait:
   * at the very moment the news is there, not when the waiting code gets to run.
   */
  private waitFromInside(): () => void {
    const call = this.inside?.getStore();
    if (!call) return () => {};
    call.waits++;
    return () => void call.waits--;
  }

  private holdsClock(): boolean {
    for (const call of this.working.values()) if (call.waits === 0) return true;
    return false;
  }

  private nextNews(): Promise<void> {
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private fireDue(): void {
    const now = this.lookAtClock();
    if ((this.timers.peek()?.at ?? Infinity) > now) return;
    this.note({ type: 'timers' });
    for (let timer = this.timers.takeDue(now); timer; timer = this.timers.takeDue(now)) {
      const { owner, key } = timer;
      takeTimer(owner, key);
      if (owner.ended && timer.kind !== 'housekeeping') continue;
      this.enqueue(owner.address, { type: 'timer', key }, owner.address);
    }
  }

  private setAlarm(): void {
    if (this.clock.type === 'virtual') return;
    const timer = this.timers.peek();
    if (this.alarm && this.alarm.at === timer?.at) return;
    if (this.alarm) clearTimeout(this.alarm.handle);
    this.alarm = undefined;
    if (!timer) return;
    const delay = Math.min(Math.max(0, timer.at - this.now()), 2 ** 31 - 1);
    const handle = setTimeout(() => {
      this.alarm = undefined;
      this.fireDue();
      this.schedule();
    }, delay);
    // Only what somebody waits for keeps the process alive.
    if (!this.timers.isPressing) (handle as { unref?: () => void }).unref?.();
    this.alarm = { at: timer.at, handle };
  }

  // ——— what comes in, as a log ———

  /**
   * Makes this host what another was, from all that came into that one: steps the same machines through the same messages at the same
   * times. No connector is called: what they answered is in the log. Calls still open at its end stay open. The clock must be a virtual
   * one that starts no later than the log. A host must be fresh: what it was given when it was made is in the log as well.
   * @throws Error where the host has run already, or the log does not fit it
   */
  replay(log: InputLog): void {
    if (this.moment > 0) throw new Error('Only a fresh host can replay a log: this one has run already.');
    const replay = new Replay(log);
    this.replaying = replay;
    this.close();
    this.pumping = true;
    try {
      for (this.feed(replay); !this.queue.isEmpty; this.feed(replay)) this.takeNext();
      replay.assertDone(this.moment);
    } finally {
      this.pumping = false;
      this.replaying = undefined;
    }
  }

  /** Before whatever the host does next: what came in by now. */
  private tick(): void {
    if (this.replaying) this.feed(this.replaying);
    this.moment++;
  }

  private feed(replay: Replay): void {
    for (let entry = replay.take(this.moment); entry; entry = replay.take(this.moment)) this.comeAgain(entry);
  }

  private comeAgain(input: Input): void {
    switch (input.type) {
      case 'time':
        if (this.now() > input.now) throw new Error(`The log begins at ${new Date(input.now).toISOString()}, before this host's clock: start the clock there.`);
        return this.clock.advanceTo(input.now);
      case 'timers':
        return this.fireDue();
      case 'message':
        return this.enqueue(input.to, input.message, input.from);
      case 'machine':
        return void this.create(input.kind, input.address);
      case 'restored':
        return this.restore(input.address, machineFromJson(input.machine), input.journal);
      case 'forgotten':
        return this.forget(input.address);
      default:
        return input satisfies never;
    }
  }

  private note(input: Input): void {
    if (this.options.onInput && !this.replaying) this.options.onInput({ at: this.moment, ...input });
  }

  /** The time of what is done next. It is looked at once for each message, so that a log can say what it was. */
  private lookAtClock(): EpochMs {
    const now = this.now();
    if (now !== this.time) {
      this.time = now;
      this.note({ type: 'time', now });
    }
    return now;
  }

  // ——— the loop ———

  private fromOutside(to: Address, message: Message): void {
    if (this.admitting) this.takeIn(OUTSIDE, to, message);
    else this.arrivals.push({ to, message });
    this.schedule();
  }

  private takeIn(from: Address, to: Address, message: Message): void {
    this.note({ type: 'message', from, to, message });
    this.enqueue(to, message, from);
  }

  private enqueue(to: Address, message: Message, from: Address): void {
    this.tick();
    const envelope: Envelope = { to, message, from, sequence: ++this.sequence };
    const times = this.options.deliveries ?? 1;
    for (let time = 0; time < times; time++) this.queue.push(envelope);
  }

  private schedule(): void {
    if (this.scheduled || this.pumping) return;
    this.scheduled = true;
    queueMicrotask(() => this.turn());
  }

  private turn(): void {
    this.scheduled = false;
    const rest = this.pump();
    if (this.idle.length > 0) {
      const { idle } = this;
      this.idle = [];
      for (const resolve of idle) resolve();
    }
    if (rest === 'done') return this.setAlarm();
    this.scheduled = true;
    void othersTurn(rest).then(() => this.turn());
  }

  /**
   * Delivers what is queued. What runs goes before what arrives: new work is let in a little at a time, so that what it
   * begins can end before more is begun, however much arrives at once. Says who must have a turn before it is called again.
   */
  private pump(): Rest {
    if (this.pumping) return 'done';
    this.pumping = true;
    let admitted = 0;
    let count = 0;
    try {
      for (;;) {
        if (this.queue.isEmpty || count % ADMIT_AFTER === ADMIT_AFTER - 1) {
          if (!this.arrivals.isEmpty) {
            if (admitted++ === ADMIT_AT_ONCE) return this.sliceIsOver() ? 'events' : 'promises';
            this.admit(this.arrivals.take());
            if (this.queue.isEmpty) continue;
          } else if (this.queue.isEmpty) return 'done';
        }
        this.takeNext();
        if (++count % LOOK_EVERY === 0 && this.sliceIsOver()) return 'events';
      }
    } finally {
      this.pumping = false;
    }
  }

  private takeNext(): void {
    this.lookAtClock();
    this.tick();
    const envelope = this.queue.take();
    if (this.pass) this.intercept(envelope, this.pass);
    else this.deliver(envelope);
  }

  private admit(arrival: Arrival | (() => void)): void {
    if (typeof arrival !== 'function') return this.takeIn(OUTSIDE, arrival.to, arrival.message);
    this.admitting = true;
    arrival();
    this.admitting = false;
  }

  /** True once in a while: then timers and sockets must have their turn. */
  private sliceIsOver(): boolean {
    const now = performance.now();
    if (now - this.sliceBegan < SLICE_MS) return false;
    this.sliceBegan = now;
    return true;
  }

  private intercept(envelope: Envelope, pass: (passage: Passage) => void): void {
    this.passing = envelope;
    pass({ type: 'message', to: envelope.to, message: envelope.message });
    this.passing = undefined;
  }

  private passed(passage: Passage): void {
    if (passage.type === 'message') {
      // The first time an interceptor lets a message through it is still the one that was sent; after that it is news.
      const { from = INTERCEPTORS, sequence = ++this.sequence } = this.passing ?? {};
      this.passing = undefined;
      if (!this.pumping) this.lookAtClock();
      this.deliver({ to: passage.to, message: passage.message, from, sequence });
    } else {
      const instance = this.instances.get(passage.from);
      if (instance) this.perform(instance, passage.effect);
    }
  }

  private deliver({ to, message, from, sequence }: Envelope): void {
    const instance = this.instances.get(to);
    if (!instance) return this.deliverElsewhere(to, message);
    if (instance.inbox) {
      if (sequence <= (instance.inbox.get(from) ?? 0)) return;
      instance.inbox.set(from, sequence);
    }
    if (message.type === 'reply') {
      // A reply to a call that is no longer open came twice, or too late.
      if (!instance.calls?.take(message.callId)) return;
    }
    this.step(instance, message, [from, sequence]);
  }

  private step(instance: Instance, message: Message, received: readonly [Address, number]): void {
    const context: StepContext = { now: this.time, crypto: this.crypto };
    let taken: Step;
    try {
      taken = instance.machine.step(this.liveState(instance), message, context);
    } catch (error) {
      return this.broke(instance, message, error);
    }
    const { effects, journal } = taken;
    if (journal.length > 0) {
      // Arrays that grow keep room to spare; most journals stay short.
      if (instance.journal.length === 0) instance.journal = journal.slice();
      else for (const entry of journal) instance.journal.push(entry);
      const { keptEntries } = instance.machine;
      if (keptEntries !== undefined && instance.journal.length > 2 * keptEntries) instance.journal.splice(0, instance.journal.length - keptEntries);
      if (this.events.listenerCount('journal') > 0) this.events.emit('journal', { address: instance.address, entries: journal });
    }
    for (const effect of effects) {
      if (this.pass) this.pass({ type: 'effect', from: instance.address, effect });
      else this.perform(instance, effect);
    }
    if (this.options.store) this.save(instance, journal, received);
  }

  /** A step that throws is a fault of a machine, not of what it runs. Nothing of the step is taken, and nobody is left waiting. */
  private broke(instance: Instance, message: Message, error: unknown): void {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.events.emit('problem', { address: instance.address, problem: `A step failed. ${problem}` });
    if (this.options.store) instance.state = undefined;
    if (message.type === 'call') {
      const { address, callId } = message.replyTo;
      return this.sendReply(instance, address, callId, { ok: false, error: { Error: 'InternalFailure', Cause: problem } });
    }
    this.failures.set(instance.address, error);
    this.end(instance);
  }

  private save(instance: Instance, journal: readonly unknown[], received: readonly [Address, number]): void {
    const { store, forget } = this.options;
    store!.commit({
      address: instance.address,
      kind: instance.machine.kind,
      changes: instance.machine.changes(instance.state),
      received,
      bookkeeping: bookkeepingOf(instance),
      journal,
    });
    if (forget) instance.state = undefined;
  }

  private liveState(instance: Instance): unknown {
    if (instance.state !== undefined) return instance.state;
    const stored = this.options.store?.load(instance.address);
    instance.state = instance.machine.load(stored?.records ?? NO_RECORDS);
    return instance.state;
  }

  /** Brings a machine back from the store. False where the store has none, or it lives here already. */
  revive(address: Address): boolean {
    const stored = this.options.store?.load(address);
    if (!stored || this.instances.has(address)) return false;
    this.restore(address, stored);
    return true;
  }

  /** A machine as a store would hold it, to be brought back by `restore` in this host or another. */
  snapshot(address: Address): StoredMachine | undefined {
    const instance = this.instances.get(address);
    if (!instance) return undefined;
    const { machine, inbox } = instance;
    return { kind: machine.kind, records: machine.records(this.liveState(instance)), inbox: inbox ?? new Map(), bookkeeping: bookkeepingOf(instance) };
  }

  /**
   * Brings a machine to life from its records: its timers run, and calls of connectors that were open are made again.
   * @throws Error where a machine lives at the address already
   */
  restore(address: Address, machine: StoredMachine, journal: readonly unknown[] = []): void {
    const { kind, records, inbox, bookkeeping } = machine;
    const { ended, timers, calls } = bookkeeping as unknown as Bookkeeping;
    const instance = this.create(kind, address);
    if (this.options.onInput) this.note({ type: 'restored', address, machine: machineAsJson(machine), journal: [...journal] });
    instance.state = instance.machine.load(records);
    instance.ended = ended;
    instance.journal = [...journal];
    if (instance.inbox) for (const [sender, last] of inbox) instance.inbox.set(sender, last);
    for (const [key, at, housekeeping] of timers) this.setTimer(instance, key, at, housekeeping);
    for (const [callId, to, request] of calls) {
      if (request === null) (instance.calls ??= new OpenCalls()).add({ callId, to });
      else this.callFrom(instance, to, callId, request);
    }
    this.schedule();
  }

  private create(kind: string, address: Address): Instance {
    const machine = this.kinds.get(kind);
    if (!machine) throw new Error(`This host runs no machine of kind '${kind}'. Known: ${[...this.kinds.keys()].join(', ')}.`);
    if (this.instances.has(address)) throw new Error(`A machine lives at '${address}' already.`);
    const inbox = this.options.store || (this.options.deliveries ?? 1) > 1 ? new Map<Address, number>() : null;
    const instance: Instance = { address, machine, state: undefined, timer: null, calls: null, inbox, journal: NONE, ended: false, endListeners: NONE };
    this.instances.set(address, instance);
    return instance;
  }

  // ——— effects ———

  private perform(instance: Instance, effect: Effect): void {
    this.tick();
    const { address } = instance;
    switch (effect.type) {
      case 'timer':
        this.clearTimer(instance, effect.key);
        this.setTimer(instance, effect.key, effect.at, effect.housekeeping ?? false);
        return;
      case 'clearTimer':
        return this.clearTimer(instance, effect.key);
      case 'call':
        return this.callFrom(instance, effect.to, effect.callId, effect.request);
      case 'cancel':
        return this.cancel(instance, effect.callId);
      case 'reply':
        return this.sendReply(instance, effect.to.address, effect.to.callId, effect.outcome);
      case 'progress':
        if (effect.to.address === OUTSIDE) return;
        return this.enqueue(effect.to.address, { type: 'progress', callId: effect.to.callId, news: effect.news }, address);
      case 'notice':
        return this.enqueue(effect.to, { type: 'notice', from: address, notice: effect.notice }, address);
      case 'spawn':
        if (!this.instances.has(effect.address)) this.create(effect.kind, effect.address);
        return this.enqueue(effect.address, { type: 'notice', from: address, notice: effect.notice }, address);
      case 'continue':
        return this.enqueue(address, { type: 'continue' }, address);
      case 'ended':
        return this.end(instance);
      case 'resumed':
        instance.ended = false;
        return;
      default:
        return effect satisfies never;
    }
  }

  private sendReply(from: Instance, to: Address, callId: string, outcome: Outcome): void {
    if (to === OUTSIDE) this.settle(callId, outcome);
    else this.enqueue(to, { type: 'reply', callId, outcome }, from.address);
  }

  private end(instance: Instance): void {
    instance.ended = true;
    if (this.events.listenerCount('ended') > 0) this.events.emit('ended', { address: instance.address });
    const { endListeners } = instance;
    instance.endListeners = NONE;
    for (const resolve of endListeners) resolve();
  }

  private setTimer(instance: Instance, key: string, at: EpochMs, housekeeping: boolean): void {
    addTimer(instance, this.timers.set(instance, key, at, housekeeping));
  }

  private clearTimer(instance: Instance, key: string): void {
    const timer = takeTimer(instance, key);
    if (timer) this.timers.cancel(timer);
  }

  private callFrom(instance: Instance, to: Address, callId: string, request: Json): void {
    instance.calls ??= new OpenCalls();
    const destination = this.instances.has(to) ? { forward: to } : this.route(to);
    if (destination && 'forward' in destination) {
      instance.calls.add({ callId, to: destination.forward });
      this.enqueue(destination.forward, { type: 'call', replyTo: { address: instance.address, callId }, request }, instance.address);
      return;
    }
    const work = new HostCall(to, instance.address, callId, request, this.now(), this.tell);
    instance.calls.add(work);
    if (this.replaying) return;
    if (destination) this.work(work, destination.connector);
    else this.answer(work, unanswered(to));
  }

  private cancel(instance: Instance, callId: string): void {
    const call = instance.calls?.take(callId);
    if (!call) return;
    if (call instanceof HostCall) this.drop(call);
    else this.enqueue(call.to, { type: 'cancelled', replyTo: { address: instance.address, callId } }, instance.address);
  }

  /** Calls to addresses no machine lives at: connectors answer promises of the application too. */
  private deliverElsewhere(to: Address, message: Message): void {
    if (message.type !== 'call') {
      if (message.type === 'notice') this.events.emit('problem', { address: to, problem: 'A notice reached nobody.', detail: message.notice });
      return;
    }
    const { address, callId } = message.replyTo;
    const destination = this.route(to);
    if (destination && 'forward' in destination) return this.enqueue(destination.forward, message, address === OUTSIDE ? CONNECTORS : address);
    if (this.replaying) return;
    if (!destination) return this.reply(address, callId, unanswered(to));
    this.work(new HostCall(to, address, callId, message.request, this.now(), this.tell), destination.connector);
  }

  // ——— the outside ———

  private work(call: HostCall, connector: Connector): void {
    this.working.set(call, call);
    if (this.tasks) void this.tasks.add(() => this.run(call, connector));
    else void this.run(call, connector);
  }

  private run(call: HostCall, connector: Connector): void | Promise<void> {
    if (call.isAborted) return;
    let answer: Outcome | Promise<Outcome>;
    this.outsideMayAct = true;
    try {
      answer = this.inside ? this.inside.run(call, connector, call) : connector(call);
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
    if (call.isAborted) return this.wake();
    this.reply(call.from, call.callId, outcome);
    this.schedule();
  }

  private reply(address: Address, callId: string, outcome: Outcome): void {
    if (address === OUTSIDE) return this.settle(callId, outcome);
    this.takeIn(CONNECTORS, address, { type: 'reply', callId, outcome });
  }

  private readonly tell = (call: HostCall, news: Json): void => {
    if (call.from === OUTSIDE) return;
    this.takeIn(CONNECTORS, call.from, { type: 'progress', callId: call.callId, news });
    this.schedule();
  };

  private drop(call: HostCall): void {
    call.abort();
    this.working.delete(call);
    this.wake();
  }

  private wake(): void {
    if (this.idle.length > 0) this.schedule();
  }

  private settle(callId: string, outcome: Outcome): void {
    const resolve = this.promises.get(callId);
    this.promises.delete(callId);
    // What the application does with the answer comes before time passes.
    this.outsideMayAct = true;
    resolve?.(outcome);
    this.wake();
  }
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

/** What the application has asked for. */
interface Arrival {
  readonly to: Address;
  readonly message: Message;
}

/** Who must have a turn before more is delivered: nobody, code that awaits, or timers and sockets. */
type Rest = 'done' | 'promises' | 'events';

function othersTurn(rest: Rest): Promise<void> {
  if (rest === 'promises') return Promise.resolve();
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
