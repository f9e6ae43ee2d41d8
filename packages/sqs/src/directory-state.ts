import type { Crypto, Effect, EpochMs, Json, JsonObject, RecordMap, ReplyTo } from '@interstate/kernel';
import { fault } from './faults.ts';
import type { SqsLimits } from './limits.ts';
import { arnOfUrl, nameOfArn, queueArn, type Place } from './names.ts';
import { SQS_SERVICE } from './queue-kind.ts';
import { readRedrivePolicy, type QueueAttributes } from './settings.ts';

export interface DirectoryOptions extends Place {
  readonly directory: string;
  readonly limits: SqsLimits;
}

/** A queue as its directory knows it. Under its name. */
export interface QueueEntry {
  readonly attributes: QueueAttributes;
}

const QUEUE = 'q:';
/** Names of deleted queues, with the time: `g:<name>`. */
const GONE = 'g:';
/** Whom to answer when a queue has answered: `c:<callId>`. */
const CALL = 'c:';
export const ROOT = 'root';

export interface DirectoryRoot {
  readonly seed: string;
  readonly calls: number;
  readonly opened: number;
}

/** The live directory of an account and region. `now` and what follows belongs to the step that runs. */
export class DirectoryState {
  /** In order. */
  readonly names: string[] = [];
  /** Dead-letter queues with the names of the queues whose messages they get. */
  private readonly sources = new Map<string, Set<string>>();
  /** Names of deleted queues that may not be used again yet, and when they went; in order. */
  private readonly gone: Map<string, EpochMs>;
  now: EpochMs = 0;
  crypto!: Crypto;
  effects: Effect[] = [];
  replyTo: ReplyTo | null = null;

  constructor(
    readonly options: DirectoryOptions,
    readonly records: RecordMap,
  ) {
    for (const [key, value] of records.entries(QUEUE)) {
      this.names.push(key.slice(QUEUE.length));
      this.link(key.slice(QUEUE.length), (value as unknown as QueueEntry).attributes, true);
    }
    this.names.sort(compare);
    const gone = [...records.entries(GONE)].map(([key, time]) => [key.slice(GONE.length), time as number] as const);
    this.gone = new Map(gone.sort(([, a], [, b]) => a - b));
  }

  get root(): DirectoryRoot {
    return (this.records.get(ROOT) ?? { seed: '', calls: 0, opened: 0 }) as unknown as DirectoryRoot;
  }

  changeRoot(change: Partial<DirectoryRoot>): DirectoryRoot {
    const root = { ...this.root, ...change };
    this.records.set(ROOT, root as unknown as Json);
    return root;
  }

  arnOf(name: string): string {
    return queueArn(this.options, name);
  }

  find(name: string): QueueEntry | undefined {
    return this.records.get(QUEUE + name) as unknown as QueueEntry | undefined;
  }

  findByArn(arn: string): QueueEntry | undefined {
    const name = nameOfArn(arn);
    return arn === this.arnOf(name) ? this.find(name) : undefined;
  }

  /** The queue a request names. @throws ServiceFault */
  named(input: JsonObject): { readonly name: string; readonly arn: string; readonly entry: QueueEntry } {
    const url = input['QueueUrl'];
    const arn = arnOfUrl(this.options.region, url);
    if (arn === undefined) throw fault('InvalidAddress', { url: String(url).slice(0, 1000) });
    const entry = this.findByArn(arn);
    if (entry === undefined) throw fault('QueueDoesNotExist');
    return { name: nameOfArn(arn), arn, entry };
  }

  write(name: string, attributes: QueueAttributes): void {
    const known = this.find(name);
    if (known) this.link(name, known.attributes, false);
    else this.names.splice(lowerBound(this.names, name), 0, name);
    this.link(name, attributes, true);
    this.records.set(QUEUE + name, { attributes });
    this.forget(name);
  }

  remove(name: string): void {
    this.link(name, this.find(name)!.attributes, false);
    this.names.splice(lowerBound(this.names, name), 1);
    this.records.delete(QUEUE + name);
    if (this.options.limits.deletedQueueSeconds === 0) return;
    for (const [old, time] of this.gone) {
      if (this.isTaken(time)) break;
      this.forget(old);
    }
    this.gone.set(name, this.now);
    this.records.set(GONE + name, this.now);
  }

  private forget(name: string): void {
    if (this.gone.delete(name)) this.records.delete(GONE + name);
  }

  /** Whether a name may not be used again yet. */
  isDeletedRecently(name: string): boolean {
    const time = this.gone.get(name);
    return time !== undefined && this.isTaken(time);
  }

  private isTaken(time: number): boolean {
    return this.now < time + this.options.limits.deletedQueueSeconds * 1000;
  }

  /** Names of the queues that have this dead-letter queue, in order. */
  sourcesOf(arn: string): readonly string[] {
    return [...(this.sources.get(arn) ?? [])].sort(compare);
  }

  /** Asks a queue; its answer is the caller's. */
  ask(to: string, action: string, input: JsonObject): undefined {
    const { account, directory } = this.options;
    const { calls } = this.changeRoot({ calls: this.root.calls + 1 });
    this.records.set(CALL + calls, this.replyTo as unknown as Json);
    const caller = { service: SQS_SERVICE, sourceArn: directory, account };
    this.effects.push({ type: 'call', to, callId: String(calls), request: { action, input, caller } });
  }

  /** Whom an answer is for. */
  takeCall(callId: string): ReplyTo | undefined {
    const replyTo = this.records.get(CALL + callId) as unknown as ReplyTo | undefined;
    this.records.delete(CALL + callId);
    return replyTo;
  }

  private link(name: string, { RedrivePolicy: policy }: QueueAttributes, isThere: boolean): void {
    if (policy === undefined) return;
    const { targetArn } = readRedrivePolicy(policy);
    const names = this.sources.get(targetArn) ?? new Set();
    if (isThere) names.add(name);
    else names.delete(name);
    if (names.size === 0) this.sources.delete(targetArn);
    else this.sources.set(targetArn, names);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where a name stands in a sorted list, or would. */
export function lowerBound(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle]! < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
