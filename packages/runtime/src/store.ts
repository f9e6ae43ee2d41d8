import type { Address, Json, RecordChange } from '@interstate/kernel';

/** What one step left behind; committed whole or not at all. */
export interface Transaction {
  readonly address: Address;
  readonly kind: string;
  /** Records of the machine that changed; undefined where gone. */
  readonly changes: readonly RecordChange[];
  /** The message this step has taken: who sent it, and its number there. The last number of each sender is the inbox. */
  readonly received: readonly [sender: Address, sequence: number];
  /** What the host itself keeps for the machine: timers and open calls. */
  readonly bookkeeping: Json;
  /** Entries to append to the machine's journal. */
  readonly journal: readonly unknown[];
}

/** A machine as a store holds it. */
export interface StoredMachine {
  readonly kind: string;
  readonly records: ReadonlyMap<string, Json>;
  /** The last number taken from each sender. */
  readonly inbox: ReadonlyMap<Address, number>;
  readonly bookkeeping: Json;
}

/** A machine as plain JSON. */
export function machineAsJson({ kind, records, inbox, bookkeeping }: StoredMachine): Json {
  return { kind, records: [...records] as unknown as Json, inbox: [...inbox] as unknown as Json, bookkeeping };
}

export function machineFromJson(json: Json): StoredMachine {
  const { kind, records, inbox, bookkeeping } = json as unknown as { kind: string; records: [string, Json][]; inbox: [Address, number][]; bookkeeping: Json };
  return { kind, records: new Map(records), inbox: new Map(inbox), bookkeeping };
}

/** The port between a host and whatever keeps its machines. */
export interface Store {
  load(address: Address): StoredMachine | undefined;
  commit(transaction: Transaction): void;
  /** Nothing of the machine is kept any more. Where there is none, nothing happens. */
  delete(address: Address): void;
}

interface KeptMachine {
  readonly kind: string;
  readonly records: Map<string, string>;
  readonly inbox: Map<Address, number>;
  bookkeeping: string;
}

/** Keeps every record as JSON text, the way a database would; nothing in it shares memory with a machine. */
export class MemoryStore implements Store {
  private readonly machines = new Map<Address, KeptMachine>();
  /** Bytes written by the last commit, for measuring. */
  lastCommitBytes = 0;

  load(address: Address): StoredMachine | undefined {
    const machine = this.machines.get(address);
    if (!machine) return undefined;
    const records = new Map<string, Json>();
    for (const [key, text] of machine.records) records.set(key, JSON.parse(text) as Json);
    return { kind: machine.kind, records, inbox: new Map(machine.inbox), bookkeeping: JSON.parse(machine.bookkeeping) as Json };
  }

  commit({ address, kind, changes, received, bookkeeping }: Transaction): void {
    let machine = this.machines.get(address);
    if (!machine) this.machines.set(address, (machine = { kind, records: new Map(), inbox: new Map(), bookkeeping: 'null' }));
    this.lastCommitBytes = 0;
    for (const [key, value] of changes) {
      if (value === undefined) {
        machine.records.delete(key);
        continue;
      }
      const text = JSON.stringify(value);
      this.lastCommitBytes += text.length;
      machine.records.set(key, text);
    }
    machine.inbox.set(received[0], received[1]);
    machine.bookkeeping = JSON.stringify(bookkeeping);
  }

  delete(address: Address): void {
    this.machines.delete(address);
  }
}
