import { recordFilter } from '@interstate/event-patterns';
import { RecordMap, type Caller, type DeliveryEntry, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message, type Outcome, type StepContext } from '@interstate/kernel';
import { batchItems, everyItem, failedItems, finishBatch, openBatches, pollAnswered, polledQueue, pollProblem, pollTimer, startPolling, stopPolling, type PollContext, type PolledItem, type PollerOptions } from '@interstate/service-kit';
import type { MappingConfiguration, MappingNews, MappingNotice } from './mapping-record.ts';
import { cannotWait, RECURSIVE, targetRequest, targetResult, type SqsRecord } from './target.ts';

export const MAPPING_KIND = 'lambda:event-source-mapping';

/** What is journalled of deliveries is kept so far back. */
const KEPT_ENTRIES = 1_000;
/** Most a function takes at once. */
const PAYLOAD_BYTES = 6_291_456;
/** What stands around the records of an event. */
const ENVELOPE_BYTES = 100;
const BATCH = 'work:';
const ROOT = 'root';

/** Records: `root`, the poller's, and `waiting:<batch>` for a batch that a Standard state machine is yet to be started with. */
interface MappingState {
  readonly records: RecordMap;
  /** Made of the configuration's patterns when it is first needed. */
  filter: { readonly patterns: readonly string[]; readonly matches: PollerOptions['matches'] } | undefined;
}

interface Root {
  readonly uuid: string;
  readonly directory: string;
  readonly configuration: MappingConfiguration;
  readonly deleting: boolean;
  /** The target is a Standard state machine. */
  readonly starts: boolean;
  readonly lastResult: string;
  /** What the directory was told last. */
  readonly told: string;
}

/** An event source mapping: polls a queue and hands batches of its messages to a function or a state machine. */
export function mappingMachine(): Machine<MappingState, DeliveryEntry> {
  return {
    kind: MAPPING_KIND,
    keptEntries: KEPT_ENTRIES,
    load: (saved) => ({ records: new RecordMap(saved), filter: undefined }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, { now }: StepContext) {
      state.records.begin();
      const mapping = new Mapping(state, now);
      mapping.receive(message);
      return { effects: mapping.effects, journal: mapping.journal };
    },
  };
}

class Mapping implements PollContext {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];
  readonly records: RecordMap;

  constructor(
    private readonly state: MappingState,
    readonly now: EpochMs,
  ) {
    this.records = state.records;
  }

  private get root(): Root {
    return this.records.get(ROOT) as unknown as Root;
  }

  private update(changes: Partial<Root>): void {
    this.records.set(ROOT, { ...this.root, ...changes } as unknown as Json);
  }

  receive(message: Message): void {
    if (message.type === 'notice') this.noticed(message.notice as unknown as MappingNotice);
    else if (message.type === 'timer') pollTimer(this, this.options(), message.key);
    else if (message.type === 'reply') this.answered(message.callId, message.outcome);
    else return;
    this.tell();
  }

  private noticed(notice: MappingNotice): void {
    if (notice.type === 'delete') {
      this.update({ deleting: true });
      return stopPolling(this, this.options());
    }
    const { configuration, directory, uuid } = notice;
    const known = this.records.get(ROOT) as unknown as Root | undefined;
    if (known?.deleting) return;
    // A receive that stands was made by the old configuration.
    if (known) stopPolling(this, this.options());
    const root: Root = { lastResult: '', told: '', ...known, uuid, directory, configuration, deleting: false, starts: false };
    this.records.set(ROOT, root as unknown as Json);
    if (configuration.enabled) startPolling(this, this.options());
  }

  private answered(callId: string, outcome: Outcome): void {
    if (pollAnswered(this, this.options(), callId, outcome)) return;
    const batch = Number(callId.slice(BATCH.length));
    const items = batchItems(this.records, batch);
    if (!items) return;
    const waiting = `waiting:${batch}`;
    const records = this.records.get(waiting) as readonly JsonObject[] | undefined;
    this.records.delete(waiting);
    if (records && cannotWait(outcome)) {
      this.update({ starts: true });
      return this.call(batch, records);
    }
    this.finish(batch, items, outcome);
  }

  private finish(batch: number, items: readonly PolledItem[], outcome: Outcome): void {
    const { reportsItemFailures } = this.root.configuration;
    const result = targetResult(outcome);
    const failed = !result.ok ? everyItem(items) : reportsItemFailures ? failedItems(result.answer, items) : NONE;
    const problem = result.ok ? { error: 'batchItemFailures', reason: 'The function reported the message as failed.' } : { error: result.error, reason: result.reason };
    items.forEach((item, index) => (failed.has(index) ? this.entry(item, 'retrying', problem) : this.entry(item, 'delivered')));
    const lastResult = result.ok ? 'OK' : 'PROBLEM: Function call failed';
    if (lastResult !== this.root.lastResult) this.update({ lastResult });
    finishBatch(this, this.options(), batch, failed);
  }

  readonly dispatch = (batch: number, records: readonly JsonObject[]): void => this.call(batch, records);

  readonly filtered = (item: PolledItem): void => this.entry(item, 'filtered');

  private call(batch: number, records: readonly JsonObject[]): void {
    const { configuration, starts } = this.root;
    const { targetArn } = configuration;
    const request = targetRequest(targetArn, records as readonly SqsRecord[], this.caller, starts);
    if (!request) return this.finish(batch, batchItems(this.records, batch)!, RECURSIVE);
    // What kind of state machine it is shows in its answer only.
    if (request.action === 'StartSyncExecution') this.records.set(`waiting:${batch}`, records as unknown as Json);
    this.effects.push({ type: 'call', to: targetArn, callId: BATCH + batch, request: request as unknown as Json });
  }

  private entry({ id, receiveCount }: PolledItem, status: DeliveryEntry['status'], problem?: Pick<DeliveryEntry, 'error' | 'reason'>): void {
    const { arn, targetArn } = this.root.configuration;
    this.journal.push({ type: 'delivery', time: this.now, by: arn, to: targetArn, messageId: id, attempt: status === 'filtered' ? 0 : receiveCount, status, ...problem });
  }

  private get caller(): Caller {
    const { arn } = this.root.configuration;
    return { service: 'lambda.amazonaws.com', sourceArn: arn, account: arn.split(':')[4]! };
  }

  private options(): PollerOptions {
    const { queueArn, batchSize, windowSeconds, maximumConcurrency, patterns } = this.root.configuration;
    if (this.state.filter?.patterns !== patterns) this.state.filter = { patterns, matches: matcherOf(patterns) };
    const { matches } = this.state.filter!;
    return {
      queue: polledQueue(queueArn)!,
      caller: this.caller,
      batchSize,
      windowMs: windowSeconds * 1000,
      maximumBytes: PAYLOAD_BYTES - ENVELOPE_BYTES,
      ...(maximumConcurrency !== null && { maximumConcurrency }),
      ...(matches && { matches }),
    };
  }

  /** Tells the directory what is new, and ends where nothing is left to do. */
  private tell(): void {
    const { uuid, directory, configuration, deleting, told } = this.root;
    const busy = openBatches(this.records) > 0;
    if (!configuration.enabled && !deleting && busy) return;
    if (deleting && busy) return;
    const problem = pollProblem(this.records);
    const lastResult = problem === undefined ? this.root.lastResult : `PROBLEM: ${problem}`;
    const news: MappingNews = { type: 'mapping', uuid, state: deleting ? 'Deleted' : configuration.enabled ? 'Enabled' : 'Disabled', lastResult };
    const text = JSON.stringify(news);
    if (text === told) return;
    this.update({ told: text });
    this.effects.push({ type: 'notice', to: directory, notice: news as unknown as Json });
    if (deleting) this.effects.push({ type: 'ended' });
  }
}

/** Undefined where every record is wanted. The directory has read the patterns: they are good. */
function matcherOf(patterns: readonly string[]): PollerOptions['matches'] {
  const filter = recordFilter(patterns);
  return patterns.length === 0 || filter.type === 'fault' ? undefined : filter.matches;
}

const NONE: ReadonlySet<number> = new Set();
