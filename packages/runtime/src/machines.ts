import { TurnoverMap, type Address, type EpochMs, type Json, type Machine } from '@interstate/kernel';
import { bookkeepingOf, NOBODY, timersOf, type Instance } from './instance.ts';
import type { Store, StoredMachine } from './store.ts';

interface MachineSettings {
  readonly kinds: readonly Machine[];
  readonly store: Store | undefined;
  /** Drops a machine's state after every step. */
  readonly forget: boolean;
  /** Messages may come twice. */
  readonly remembersSenders: boolean;
}

const NO_RECORDS: ReadonlyMap<string, Json> = new Map();

/** The machines of a host: in memory, and in its store where it has one. */
export class Machines {
  private readonly kinds: ReadonlyMap<string, Machine>;
  private readonly instances = new TurnoverMap<Address, Instance>();
  /** What steps threw, by machine. */
  private readonly failures = new Map<Address, unknown>();

  constructor(private readonly settings: MachineSettings) {
    this.kinds = new Map(settings.kinds.map((machine) => [machine.kind, machine]));
  }

  get(address: Address): Instance | undefined {
    return this.instances.get(address);
  }

  has(address: Address): boolean {
    return this.instances.has(address);
  }

  addresses(): IterableIterator<Address> {
    return this.instances.keys();
  }

  /** @throws Error where the kind is unknown, or the address is taken */
  create(kind: string, address: Address): Instance {
    const machine = this.kinds.get(kind);
    if (!machine) throw new Error(`This host runs no machine of kind '${kind}'. Known: ${[...this.kinds.keys()].join(', ')}.`);
    if (this.instances.has(address)) throw new Error(`A machine lives at '${address}' already.`);
    const inbox = this.settings.remembersSenders ? new Map<Address, number>() : null;
    const instance: Instance = { address, machine, state: undefined, timer: null, calls: null, inbox, journal: NOBODY, ended: false, endListeners: NOBODY };
    this.instances.set(address, instance);
    return instance;
  }

  /** Takes a machine out of memory; the store keeps what it has. */
  remove(address: Address): void {
    this.instances.delete(address);
    this.failures.delete(address);
  }

  // ——— state ———

  /** The live state, loaded where it is only in the store. */
  stateOf(instance: Instance): unknown {
    if (instance.state !== undefined) return instance.state;
    const stored = this.settings.store?.load(instance.address);
    instance.state = instance.machine.load(stored?.records ?? NO_RECORDS);
    return instance.state;
  }

  /** A step threw: what it did to the state is not to be kept. */
  undo(instance: Instance): void {
    if (this.settings.store) instance.state = undefined;
  }

  recordsOf(instance: Instance): ReadonlyMap<string, Json> {
    return instance.machine.records(this.stateOf(instance));
  }

  noteFailure(address: Address, error: unknown): void {
    this.failures.set(address, error);
  }

  failureOf(address: Address): unknown {
    return this.failures.get(address);
  }

  // ——— the store ———

  /** Commits what a step left behind. */
  save(instance: Instance, journal: readonly unknown[], from: Address, sequence: number): void {
    const { store, forget } = this.settings;
    // Whoever heard of its end may have had it forgotten.
    if (!store || this.instances.get(instance.address) !== instance) return;
    store.commit({
      address: instance.address,
      kind: instance.machine.kind,
      changes: instance.machine.changes(instance.state),
      received: [from, sequence],
      bookkeeping: bookkeepingOf(instance),
      journal,
    });
    if (forget) instance.state = undefined;
  }

  stored(address: Address): StoredMachine | undefined {
    return this.settings.store?.load(address);
  }

  /** Takes a machine out of the store. */
  erase(address: Address): void {
    this.settings.store?.delete(address);
  }

  snapshot(instance: Instance): StoredMachine {
    const { machine, inbox } = instance;
    return { kind: machine.kind, records: this.recordsOf(instance), inbox: inbox ?? new Map(), bookkeeping: bookkeepingOf(instance) };
  }

  // ——— what they wait for ———

  /** When the next timer of a machine is due that is not housekeeping. */
  nextTimerOf(address: Address): EpochMs | undefined {
    const instance = this.instances.get(address);
    const times = instance ? timersOf(instance).flatMap(({ at, kind }) => (kind === 'housekeeping' ? [] : [at])) : [];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Machines that have not ended, with what they wait for. */
  *unfinished(): Generator<{ readonly address: Address; readonly timers: readonly string[]; readonly calls: readonly Address[] }> {
    for (const instance of [...this.instances.values()]) {
      const { address, ended, calls } = instance;
      if (ended) continue;
      yield { address, timers: timersOf(instance).map(({ key }) => key), calls: [...(calls ?? [])].map(({ to }) => to) };
    }
  }
}
