import { recordFilter, pipesDialect } from '@interstate/event-patterns';
import { isJsonObject, RecordMap, type ApiRequest, type Caller, type DeliveryEntry, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message, type Outcome, type StepContext } from '@interstate/kernel';
import { batchItems, everyItem, failedItems, finishBatch, openBatches, pollAnswered, polledQueue, pollTimer, startPolling, stopPolling, type PollContext, type PolledItem, type PollerOptions } from '@interstate/service-kit';
import { recordInput, type RecordInput } from './input-template.ts';
import type { PipeConfiguration, PipeNews, PipeNotice } from './pipe-record.ts';
import { enrichedEvents, stageAnswer } from './stage-answer.ts';
import { targetKind } from './target-call.ts';

export const PIPE_KIND = 'pipes:pipe';

/** Bytes of a batch at most: what a function takes. */
const BATCH_BYTES = 6_291_456;
const ROOT = 'root';
const ENRICH = 'enrich:';
const TARGET = 'target:';

interface Root {
  readonly configuration: PipeConfiguration;
  readonly directory: string;
  readonly deleting: boolean;
  /** What the directory was told last. */
  readonly told: string;
}

/** Compiled from the configuration when it is first needed. */
interface Compiled {
  readonly configuration: PipeConfiguration;
  readonly matches: PollerOptions['matches'];
  readonly enrichmentInput: RecordInput;
  readonly targetInput: RecordInput;
}

/** Records: `root`, the poller's, `enriching:<batch>` and `sending:<batch>` (the places in the batch that the target's entries stand for). */
interface PipeMachineState {
  readonly records: RecordMap;
  compiled: Compiled | undefined;
}

/** A pipe: polls its source, filters, enriches, and hands batches to its target. */
export function pipeMachine(): Machine<PipeMachineState, DeliveryEntry> {
  return {
    kind: PIPE_KIND,
    keptEntries: 1000,
    load: (saved) => ({ records: new RecordMap(saved), compiled: undefined }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, { now }: StepContext) {
      state.records.begin();
      const pipe = new Pipe(state, now);
      pipe.receive(message);
      return { effects: pipe.effects, journal: pipe.journal };
    },
  };
}

type Problem = Required<Pick<DeliveryEntry, 'error' | 'reason'>>;

class Pipe implements PollContext {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];
  readonly records: RecordMap;

  constructor(
    private readonly state: PipeMachineState,
    readonly now: EpochMs,
  ) {
    this.records = state.records;
  }

  receive(message: Message): void {
    if (message.type === 'notice') this.noticed(message.notice as unknown as PipeNotice);
    else if (message.type === 'timer') pollTimer(this, this.options(), message.key);
    else if (message.type === 'reply') this.answered(message.callId, message.outcome);
    else return;
    this.tell();
  }

  private get root(): Root {
    return this.records.get(ROOT) as unknown as Root;
  }

  private update(changes: Partial<Root>): void {
    this.records.set(ROOT, { ...this.root, ...changes } as unknown as Json);
  }

  private noticed(notice: PipeNotice): void {
    const known = this.records.get(ROOT) as unknown as Root | undefined;
    if (notice.type === 'delete') {
      this.update({ deleting: true });
      return stopPolling(this, this.options());
    }
    // The name of a pipe that was deleted may be given to another.
    if (known?.deleting) this.effects.push({ type: 'resumed' });
    else if (known) stopPolling(this, this.options());
    const { configuration, directory } = notice;
    this.records.set(ROOT, { configuration, directory, deleting: false, told: '' } satisfies Root as unknown as Json);
    if (configuration.running) startPolling(this, this.options());
  }

  private answered(callId: string, outcome: Outcome): void {
    if (pollAnswered(this, this.options(), callId, outcome)) return;
    const batch = Number(callId.slice(callId.indexOf(':') + 1));
    const items = batchItems(this.records, batch);
    if (!items) return;
    if (callId.startsWith(ENRICH)) this.enriched(batch, items, outcome);
    else this.delivered(batch, items, outcome);
  }

  readonly dispatch = (batch: number, records: readonly JsonObject[]): void => {
    const { enrichment } = this.root.configuration;
    const { enrichmentInput } = this.compiled();
    if (enrichment === null) return this.send(batch, records);
    const events = inputsOf(records, enrichmentInput, this.now);
    if (!events) return this.finish(batch, NO_JSON);
    const isFunction = enrichment.includes(':lambda:');
    this.call(enrichment, ENRICH + batch, isFunction ? { action: 'Invoke', input: { FunctionName: enrichment, InvocationType: 'RequestResponse', Payload: events } } : { action: 'StartSyncExecution', input: { stateMachineArn: enrichment, input: JSON.stringify(events) } });
  };

  readonly filtered = (item: PolledItem): void => this.entry(item, 'filtered');

  private enriched(batch: number, items: readonly PolledItem[], outcome: Outcome): void {
    const answer = stageAnswer(outcome);
    if (!answer.ok) return this.finish(batch, answer);
    const events = enrichedEvents(answer.value);
    // Nothing is left to send: the records are dealt with.
    if (events.length === 0) return this.finish(batch);
    this.send(batch, events, items.length);
  }

  /** @param given events of the enrichment stand for all records of the batch, where there is another number of them */
  private send(batch: number, given: readonly Json[], records = given.length): void {
    const { configuration } = this.root;
    const kind = targetKind(configuration.target)!;
    if (given.length > (kind.maximumBatch ?? Infinity)) return this.finish(batch, { error: 'BatchTooLarge', reason: `The target takes ${kind.maximumBatch} events at once, not ${given.length}.` });
    const events = inputsOf(given, this.compiled().targetInput, this.now);
    if (!events) return this.finish(batch, NO_JSON);
    this.records.set(`sending:${batch}`, configuration.enrichment === null && given.length === records);
    this.call(configuration.target, TARGET + batch, kind.request(configuration, events, given));
  }

  private call(to: string, callId: string, request: Omit<ApiRequest, 'caller'>): void {
    this.effects.push({ type: 'call', to, callId, request: { ...request, caller: this.caller } as unknown as Json });
  }

  private delivered(batch: number, items: readonly PolledItem[], outcome: Outcome): void {
    const kind = targetKind(this.root.configuration.target)!;
    const isOneToOne = this.records.get(`sending:${batch}`) === true;
    const answer = stageAnswer(outcome);
    if (!answer.ok) return this.finish(batch, answer);
    if (kind.reportsFailures && isJsonObject(answer.value) && 'batchItemFailures' in answer.value) {
      return this.finish(batch, { error: 'batchItemFailures', reason: 'The target reported the record as failed.' }, failedItems(answer.value, items));
    }
    const value = outcome.ok && isJsonObject(outcome.value) ? outcome.value : {};
    const failures = kind.failures?.(value) ?? [];
    if (failures.length === 0) return this.finish(batch);
    // Without an enrichment an event stands for its record; else it is not known for which, and all come again.
    const failed = isOneToOne ? inOrder(items, new Set(failures)) : everyItem(items);
    this.finish(batch, { error: 'PartialFailure', reason: 'The target refused the entry.' }, failed);
  }

  private finish(batch: number, problem?: Problem, failed?: ReadonlySet<number>): void {
    const items = batchItems(this.records, batch)!;
    this.records.delete(`sending:${batch}`);
    const again = problem ? (failed ?? everyItem(items)) : new Set<number>();
    items.forEach((item, index) => (again.has(index) ? this.entry(item, 'retrying', problem) : this.entry(item, 'delivered')));
    finishBatch(this, this.options(), batch, again);
  }

  private entry({ id, receiveCount }: PolledItem, status: DeliveryEntry['status'], problem?: Problem): void {
    const { arn, target } = this.root.configuration;
    this.journal.push({ type: 'delivery', time: this.now, by: arn, to: target, messageId: id, attempt: status === 'filtered' ? 0 : receiveCount, status, ...(problem && { error: problem.error, reason: problem.reason }) });
  }

  private get caller(): Caller {
    const { arn } = this.root.configuration;
    return { service: 'pipes.amazonaws.com', sourceArn: arn, account: arn.split(':')[4]! };
  }

  private compiled(): Compiled {
    const { configuration } = this.root;
    if (this.state.compiled?.configuration === configuration) return this.state.compiled;
    const filter = recordFilter(configuration.patterns, pipesDialect);
    const matches = configuration.patterns.length === 0 || filter.type === 'fault' ? undefined : filter.matches;
    const targetInput = recordInput(configuration.targetParameters['InputTemplate'] as string | undefined, configuration);
    return (this.state.compiled = { configuration, matches, enrichmentInput: recordInput(configuration.enrichmentTemplate, configuration), targetInput });
  }

  private options(): PollerOptions {
    const { source, batchSize, windowSeconds } = this.root.configuration;
    const { matches } = this.compiled();
    return { queue: polledQueue(source)!, caller: this.caller, batchSize, windowMs: windowSeconds * 1000, maximumBytes: BATCH_BYTES, ...(matches && { matches }) };
  }

  /** Tells the directory where the pipe has got to: it stops when the batches in work are done. */
  private tell(): void {
    const { configuration, directory, deleting, told } = this.root;
    const isStopping = deleting || !configuration.running;
    if (isStopping && openBatches(this.records) > 0) return;
    const news: PipeNews = { type: 'pipe', name: configuration.name, state: deleting ? 'DELETED' : configuration.running ? 'RUNNING' : 'STOPPED' };
    if (news.state === told) return;
    this.update({ told: news.state });
    this.effects.push({ type: 'notice', to: directory, notice: news as unknown as Json });
    if (deleting) this.effects.push({ type: 'ended' });
  }
}

const NO_JSON: Problem = { error: 'InvalidInput', reason: 'The input template has not become JSON.' };

function inputsOf(records: readonly Json[], input: RecordInput, now: EpochMs): readonly Json[] | undefined {
  const inputs: Json[] = [];
  for (const record of records) {
    const made = input(record, now);
    if (made === undefined) return undefined;
    inputs.push(made);
  }
  return inputs;
}

/** Behind a record that failed nothing of its group counts as done. */
function inOrder(items: readonly PolledItem[], failed: ReadonlySet<number>): ReadonlySet<number> {
  const stopped = new Set<string>();
  const all = new Set<number>();
  items.forEach(({ group }, index) => {
    if (!failed.has(index) && !(group !== undefined && stopped.has(group))) return;
    all.add(index);
    if (group !== undefined) stopped.add(group);
  });
  return all;
}
