import type { ExecutionRecord, VersionRecord } from './directory-state.ts';
import { SortedList } from './sorted-list.ts';

type ArnList = SortedList<number, string>;

/** Executions of one state machine in the order of their start, and the same filtered, made when first asked for. Held by ARN. */
export class ExecutionList {
  private readonly all: ArnList;
  private views: Map<string, { readonly matches: (record: ExecutionRecord) => boolean; readonly list: ArnList }> | null = null;
  running = 0;

  constructor(private readonly recordOf: (executionArn: string) => ExecutionRecord) {
    this.all = this.newList();
  }

  get size(): number {
    return this.all.size;
  }

  /** The record stands already. */
  add(executionArn: string, record: ExecutionRecord): void {
    this.all.add(executionArn);
    if (record.status === 'RUNNING') this.running++;
    if (this.views) for (const { matches, list } of this.views.values()) if (matches(record)) list.add(executionArn);
  }

  /** The new record stands already in the place of the one before. */
  change(executionArn: string, before: ExecutionRecord, record: ExecutionRecord): void {
    this.running += Number(record.status === 'RUNNING') - Number(before.status === 'RUNNING');
    if (!this.views) return;
    for (const { matches, list } of this.views.values()) {
      if (matches(before) === matches(record)) continue;
      if (matches(record)) list.add(executionArn);
      else list.remove(record.sequence);
    }
  }

  /** The record still stands. */
  remove({ sequence, status }: ExecutionRecord): void {
    if (status === 'RUNNING') this.running--;
    this.all.remove(sequence);
    if (this.views) for (const { list } of this.views.values()) list.remove(sequence);
  }

  /** Those with this status, version or alias (undefined: any), newest first, started before `before`. */
  newestFirst(status: string | undefined, qualifiedArn: string | undefined, before: number | undefined, count: number): string[] {
    const list = status === undefined && qualifiedArn === undefined ? this.all : this.view(status, qualifiedArn);
    return list.descending(before, count);
  }

  private view(status: string | undefined, qualifiedArn: string | undefined): ArnList {
    const key = `${status ?? ''} ${qualifiedArn ?? ''}`;
    this.views ??= new Map();
    const known = this.views.get(key);
    if (known) return known.list;
    const matches = (record: ExecutionRecord): boolean =>
      (status === undefined || record.status === status) && (qualifiedArn === undefined || record.versionArn === qualifiedArn || record.aliasArn === qualifiedArn);
    const list = this.newList();
    for (const executionArn of this.all) if (matches(this.recordOf(executionArn))) list.add(executionArn);
    this.views.set(key, { matches, list });
    return list;
  }

  private newList(): ArnList {
    return new SortedList<number, string>((executionArn) => this.recordOf(executionArn).sequence);
  }
}

/** What belongs to one state machine. */
export interface StateMachineIndex {
  readonly versions: SortedList<number, VersionRecord>;
  /** Names of aliases. */
  readonly aliases: SortedList<string, string>;
  readonly executions: ExecutionList;
  /** What ARNs of its executions begin with. */
  readonly executionPrefix: string;
}

/** Everything the directory lists, derived from its records. */
export class DirectoryIndex {
  /** Names. */
  readonly stateMachines = new SortedList<string, string>((name) => name);
  readonly activities = new SortedList<string, string>((name) => name);
  /** Ended executions that are still kept, in the order of their end. */
  readonly ended: Readonly<Record<'STANDARD' | 'EXPRESS', EndedQueue>> = { STANDARD: new EndedQueue(), EXPRESS: new EndedQueue() };
  /** Executions that went on after their end, and so stand in the queue more than once. */
  readonly redriven = new Map<string, number>();
  /** Whose call of somebody else's is under way, by caller. */
  readonly waiting = new Map<string, string>();
  /** Which execution a Task waits for, by the Task's call. */
  readonly watchers = new Map<string, string>();
  /** Callers who wait for the end of an execution. */
  watched = 0;
  /** Tokens that executions have given out. */
  readonly tokens = new Map<string, string[]>();
  /** State machines that are being deleted. */
  deleting = 0;
  /** Executions that run. */
  running = 0;
  /** Who every execution tells of its end: shared, so that it is made once. */
  notify: readonly string[] = [];
  private readonly machines = new Map<string, StateMachineIndex>();

  constructor(private readonly recordOf: (executionArn: string) => ExecutionRecord) {}

  of(stateMachineArn: string): StateMachineIndex {
    let index = this.machines.get(stateMachineArn);
    if (!index) {
      index = this.newIndex(stateMachineArn);
      this.machines.set(stateMachineArn, index);
    }
    return index;
  }

  /** Drops what a deleted state machine had, but for its executions. */
  forgetQualifiers(stateMachineArn: string): void {
    const index = this.machines.get(stateMachineArn);
    if (!index) return;
    if (index.executions.size === 0) this.machines.delete(stateMachineArn);
    else this.machines.set(stateMachineArn, { ...this.newIndex(stateMachineArn), executions: index.executions });
  }

  private newIndex(stateMachineArn: string): StateMachineIndex {
    return {
      versions: new SortedList<number, VersionRecord>(({ number }) => number),
      aliases: new SortedList<string, string>((name) => name),
      executions: new ExecutionList(this.recordOf),
      executionPrefix: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:`,
    };
  }
}

/** First in, first out, without moving what is left. */
export class EndedQueue {
  private items: string[] = [];
  private head = 0;

  get isEmpty(): boolean {
    return this.head === this.items.length;
  }

  first(): string | undefined {
    return this.items[this.head];
  }

  push(executionArn: string): void {
    this.items.push(executionArn);
  }

  shift(): void {
    this.head++;
    if (this.head < 1024 || this.head * 2 < this.items.length) return;
    this.items = this.items.slice(this.head);
    this.head = 0;
  }
}
