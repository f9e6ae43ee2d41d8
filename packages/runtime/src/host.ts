import { createRandom, nextUint32, seedFrom, type Address, type Crypto, type EpochMs, type Json, type Outcome, type RandomState } from '@interstate/kernel';
import { EventEmitter } from 'eventemitter3';
import { realClock, type Clock } from './clock.ts';
import { Delivery } from './delivery.ts';
import { CallMessage, CONNECTORS, OUTSIDE } from './envelope.ts';
import { HostCall } from './host-call.ts';
import type { HostOptions } from './host-options.ts';
import type { Input, InputLog } from './input-log.ts';
import { Inputs } from './inputs.ts';
import { NOBODY, type Bookkeeping } from './instance.ts';
import { Loop } from './loop.ts';
import { entriesOf } from './journal.ts';
import { Machines } from './machines.ts';
import { nodeCrypto } from './node-crypto.ts';
import type { HostEvents } from './observe.ts';
import { MachineCall, OpenCalls } from './open-calls.ts';
import { Outside } from './outside.ts';
import { PassingTime } from './passing-time.ts';
import { Post } from './post.ts';
import { createRouter } from './router.ts';
import { machineAsJson, machineFromJson, type StoredMachine } from './store.ts';
import { Timers } from './timers.ts';

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
  private readonly crypto: Crypto;
  private readonly seed: readonly [number, number, number, number];
  private readonly random: RandomState;
  private readonly inputs: Inputs;
  private readonly post: Post;
  private readonly machines: Machines;
  private readonly timers: Timers;
  private readonly outside: Outside;
  private readonly delivery: Delivery;
  private readonly loop: Loop;
  private readonly passing: PassingTime;

  constructor(options: HostOptions) {
    const { store, deliveries = 1, order = 'sequence', interceptors = [] } = options;
    this.clock = options.clock ?? realClock();
    this.crypto = options.crypto ?? nodeCrypto;
    this.seed = options.seed ?? (crypto.getRandomValues(new Uint32Array(4)) as unknown as [number, number, number, number]);
    this.random = createRandom(this.seed);
    this.inputs = new Inputs(this.clock, options.onInput, (input) => this.comeAgain(input));
    this.post = new Post(order, deliveries, this.inputs);
    this.machines = new Machines({ kinds: options.machines, store, forget: options.forget ?? false, remembersSenders: store !== undefined || deliveries > 1 });
    this.timers = new Timers(this.clock, () => {
      this.fireDue();
      this.loop.schedule();
    });
    this.outside = new Outside(
      { taskConcurrency: options.taskConcurrency, isVirtual: this.clock.type === 'virtual' },
      { answered: this.answered, told: this.told, dropped: () => this.loop.wake() },
    );
    this.delivery = new Delivery({
      inputs: this.inputs,
      post: this.post,
      machines: this.machines,
      timers: this.timers,
      outside: this.outside,
      route: createRouter(options.adapters ?? []),
      crypto: this.crypto,
      events: this.events,
      interceptors,
      isPumping: () => this.loop.isPumping,
      settle: (callId, outcome) => this.settle(callId, outcome),
    });
    this.loop = new Loop(
      this.post,
      (envelope) => this.delivery.deliver(envelope),
      () => this.timers.setAlarm(),
    );
    const { clock, loop, machines, timers, outside } = this;
    this.passing = new PassingTime({ clock, loop, machines, timers, outside, fireDue: () => this.fireDue() });
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
    this.machines.create(kind, address);
    this.inputs.note({ type: 'machine', kind, address });
    this.notify(address, notice);
  }

  /** Calls back when it is this work's turn to be begun: until then it takes no more room than the callback, which must not throw. */
  whenAdmitted(begin: () => void): void {
    this.loop.whenAdmitted(begin);
  }

  notify(address: Address, notice: Json): void {
    this.loop.arrive(address, { type: 'notice', from: OUTSIDE, notice });
  }

  /** Calls a machine or connector. The promise settles with the outcome, modelled failures included. */
  call(to: Address, request: Json): Promise<Outcome> {
    return new Promise((resolve) => this.ask(to, request, resolve));
  }

  /** As `call`, without a promise. @param settle must not throw */
  ask(to: Address, request: Json, settle: (outcome: Outcome) => void): void {
    this.loop.arrive(to, new CallMessage(OUTSIDE, this.outside.promise(settle), request));
  }

  /** Removes a machine with all it has open, from the store as well. */
  forget(address: Address): void {
    if (!this.machines.has(address)) return;
    this.inputs.note({ type: 'forgotten', address });
    this.remove(address);
    this.machines.erase(address);
  }

  /** Forgets every machine and withdraws every call and timer. What a store keeps, it keeps. */
  close(): void {
    for (const address of [...this.machines.addresses()]) this.remove(address);
    this.loop.clear();
    this.timers.stopAlarm();
    this.outside.close();
  }

  private remove(address: Address): void {
    const instance = this.machines.get(address)!;
    this.machines.remove(address);
    this.timers.forget(instance);
    for (const call of instance.calls ?? []) if (call instanceof HostCall) this.outside.drop(call);
  }

  // ——— what there is to see ———

  has(address: Address): boolean {
    return this.machines.has(address);
  }

  /** Where machines live. */
  addresses(): IterableIterator<Address> {
    return this.machines.addresses();
  }

  /** The live state of a machine, to look at and not to change. */
  stateOf(address: Address): unknown {
    const instance = this.machines.get(address);
    return instance && this.machines.stateOf(instance);
  }

  /** The journal of a machine: an execution's history. */
  journalOf(address: Address): readonly unknown[] {
    return this.journalReader(address)();
  }

  /** Reads the journal of a machine whenever it is called, also when the machine has been forgotten. */
  journalReader(address: Address): () => readonly unknown[] {
    const journal = this.machines.get(address)?.journal ?? [];
    return () => entriesOf(journal);
  }

  /** All records of a machine, as a store would hold them. */
  recordsOf(address: Address): ReadonlyMap<string, Json> {
    const instance = this.machines.get(address);
    return instance ? this.machines.recordsOf(instance) : new Map();
  }

  /** What a step of the machine threw, if one did: the machine has ended with it. */
  failureOf(address: Address): unknown {
    return this.machines.failureOf(address);
  }

  isEnded(address: Address): boolean {
    return this.machines.get(address)?.ended ?? false;
  }

  /** Settles when the machine has ended; at once where it has. */
  ended(address: Address): Promise<void> {
    return this.isEnded(address) ? Promise.resolve() : new Promise((resolve) => this.whenEnded(address, resolve));
  }

  /** Calls back when the machine ends, once. @throws Error where no machine lives at the address */
  whenEnded(address: Address, listener: () => void): void {
    const instance = this.machines.get(address);
    if (!instance) throw new Error(`No machine lives at '${address}'.`);
    if (instance.endListeners === NOBODY) instance.endListeners = [listener];
    else instance.endListeners.push(listener);
  }

  /** Machines that have not ended, with what they wait for. */
  unfinished(): ReturnType<Machines['unfinished']> {
    return this.machines.unfinished();
  }

  /** When the next timer of a machine is due that is not housekeeping. */
  nextTimerOf(address: Address): EpochMs | undefined {
    return this.machines.nextTimerOf(address);
  }

  // ——— time ———

  /** Delivers what is waiting and, under a virtual clock, lets time pass until the condition holds. False where it never can. */
  runUntil(isDone: () => boolean, { until }: { readonly until?: EpochMs } = {}): Promise<boolean> {
    return this.passing.runUntil(isDone, until);
  }

  /** Settles when the machine has ended, or nothing but time or the outside can bring it on: no message and no call of its own is under way. */
  runUntilQuiet(address: Address): Promise<void> {
    return this.passing.runUntilQuiet(address);
  }

  /** Virtual clock: lets time pass by this much. */
  async advance(milliseconds: number): Promise<void> {
    await this.runUntil(() => false, { until: this.now() + milliseconds });
  }

  /** Virtual clock: lets time pass until nothing but housekeeping is left. */
  async runUntilIdle(): Promise<void> {
    await this.runUntil(() => false);
  }

  /** Somebody lets time pass right now. */
  get isDriven(): boolean {
    return this.passing.isDriven;
  }

  /** Virtual clock: the code that asks runs in a connector's call. */
  get isInsideCall(): boolean {
    return this.outside.isInsideCall;
  }

  /** The request of the connector's call in which the code that asks runs. Real clock: only where events brought that call about. */
  get requestInside(): Json | undefined {
    return this.outside.requestInside;
  }

  private fireDue(): void {
    const now = this.inputs.lookAtClock();
    if ((this.timers.peek()?.at ?? Infinity) > now) return;
    this.inputs.note({ type: 'timers' });
    for (let timer = this.timers.takeDue(now); timer; timer = this.timers.takeDue(now)) {
      const { owner, key, kind } = timer;
      if (!owner.ended || kind === 'housekeeping') this.post.send(owner.address, owner.address, { type: 'timer', key });
    }
  }

  // ——— machines that come and go ———

  /** Brings a machine back from the store. False where the store has none, or it lives here already. */
  revive(address: Address): boolean {
    const stored = this.machines.stored(address);
    if (!stored || this.machines.has(address)) return false;
    this.restore(address, stored);
    return true;
  }

  /** A machine as a store would hold it, to be brought back by `restore` in this host or another. */
  snapshot(address: Address): StoredMachine | undefined {
    const instance = this.machines.get(address);
    return instance && this.machines.snapshot(instance);
  }

  /**
   * Brings a machine to life from its records: its timers run, and calls of connectors that were open are made again.
   * @throws Error where a machine lives at the address already
   */
  restore(address: Address, machine: StoredMachine, journal: readonly unknown[] = []): void {
    const { kind, records, inbox, bookkeeping } = machine;
    const { ended, timers, calls } = bookkeeping as unknown as Bookkeeping;
    const instance = this.machines.create(kind, address);
    this.inputs.note({ type: 'restored', address, machine: machineAsJson(machine), journal: [...journal] });
    instance.state = instance.machine.load(records);
    instance.ended = ended;
    instance.journal = [...journal];
    if (instance.inbox) for (const [sender, last] of inbox) instance.inbox.set(sender, last);
    for (const [key, at, housekeeping] of timers) this.timers.set(instance, key, at, housekeeping);
    this.inputs.lookAtClock();
    for (const [callId, to, request] of calls) {
      if (request === null) (instance.calls ??= new OpenCalls()).add(new MachineCall(callId, to));
      else this.delivery.callFrom(instance, to, callId, request);
    }
    this.loop.schedule();
  }

  /**
   * Makes this host what another was, from all that came into that one: steps the same machines through the same messages at the same
   * times, and then through those still under way. No connector is called: what they answered is in the log. Calls still open at its end
   * stay open. The clock must be a virtual one that starts no later than the log. A host must be fresh: what it was given when it was made
   * is in the log as well.
   * @throws Error where the host has run already, or the log does not fit it
   */
  replay(log: InputLog): void {
    this.inputs.replay(
      log,
      () => this.close(),
      () => this.loop.deliverNext(),
    );
  }

  private comeAgain(input: Exclude<Input, { type: 'time' }>): void {
    switch (input.type) {
      case 'timers':
        return this.fireDue();
      case 'message':
        return this.post.send(input.from, input.to, input.message);
      case 'machine':
        return void this.machines.create(input.kind, input.address);
      case 'restored':
        return this.restore(input.address, machineFromJson(input.machine), input.journal);
      case 'forgotten':
        return this.forget(input.address);
      default:
        return input satisfies never;
    }
  }

  // ——— what the outside says ———

  private readonly answered = ({ from, callId }: HostCall, outcome: Outcome): void => {
    if (from === OUTSIDE) this.settle(callId, outcome);
    else this.post.takeIn(CONNECTORS, from, { type: 'reply', callId, outcome });
    this.loop.schedule();
  };

  private readonly told = ({ from, callId }: HostCall, news: Json): void => {
    if (from === OUTSIDE) return;
    this.post.takeIn(CONNECTORS, from, { type: 'progress', callId, news });
    this.loop.schedule();
  };

  private settle(callId: string, outcome: Outcome): void {
    this.outside.settle(callId, outcome);
    this.loop.wake();
  }
}
