import { pipesDialect, recordFilter } from '@interstate/event-patterns';
import { executionSuffix, formatTimestamp, isJsonObject, lineageOf, MAX_HOPS, type Caller, type Crypto, type DeliveryEntry, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message, type Outcome, type StepContext } from '@interstate/kernel';
import { everyItem, failedItems, SealedRecordMap, streamBatchInfo, type BatchSource, type GiveUpCondition, type Kms, type PollerOptions, type SourceItem, type StreamItem } from '@interstate/service-kit';
import { deadLetterCall, deadLetterRetryMs, type DeadBatch } from './dead-letter.ts';
import { enrichmentKind } from './enrichment.ts';
import { ExecutionLog, type ExecutionStep } from './execution-log.ts';
import { recordInput, type RecordInput } from './input-template.ts';
import type { PipeConfiguration, PipeNews, PipeNotice } from './pipe-record.ts';
import { pipeSource } from './source/pipe-source.ts';
import { enrichedEvents, stageAnswer } from './stage-answer.ts';
import { STAGE_TIMEOUT_MS, type OperationCall, type StageCall } from './stage-call.ts';
import { targetKind } from './target-call.ts';

export const PIPE_KIND = 'pipes:pipe';

const ROOT = 'root';
const ENRICH = 'enrich:';
const TARGET = 'target:';
const TIMEOUT = 'timeout:';
const DEAD = 'dead:';
const LOG = 'log:';

interface Root {
  readonly configuration: PipeConfiguration;
  readonly directory: string;
  readonly deleting: boolean;
  /** What the directory was told last, as text. */
  readonly told: string;
  /** Calls to dead-letter queues and logs so far. */
  readonly calls: number;
}

/** Compiled from the configuration when it is first needed. */
interface Compiled {
  readonly configuration: PipeConfiguration;
  readonly matches: PollerOptions['matches'];
  readonly enrichmentInput: RecordInput;
  readonly targetInput: RecordInput;
}

/**
 * Records: `root`, those of the source, `working:<batch>` for a batch that an enrichment or the target has, and `dead:<n>` for what
 * is on its way to the dead-letter queue. What holds records of the source is sealed where the pipe has a key.
 */
interface PipeMachineState {
  readonly records: SealedRecordMap;
  compiled: Compiled | undefined;
}

const SECRETS = { 'gathered:': [], 'held:': [], 'batch:': [] };

/** A batch that was handed on. `events` stand for its records one to one, or nobody knows for which. */
interface WorkingRecord {
  readonly stage: 'enrichment' | 'target';
  readonly isOneToOne: boolean;
  /** How many events in a row brought the batch about. */
  readonly hops: number;
}

/** A pipe: reads its source, filters, enriches, and hands batches to its target. @param kms undefined: nothing is sealed */
export function pipeMachine(kms?: Kms): Machine<PipeMachineState, DeliveryEntry> {
  return {
    kind: PIPE_KIND,
    keptEntries: 1000,
    load: (saved) => ({ records: new SealedRecordMap(saved, SECRETS), compiled: undefined }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, { now, crypto }: StepContext) {
      const { arn = '', kmsKey } = (state.records.get(ROOT) as unknown as Root | undefined)?.configuration ?? {};
      state.records.beginSealed(crypto, kms, arn, kmsKey);
      const pipe = new Pipe(state, now, crypto);
      pipe.receive(message);
      return { effects: pipe.effects, journal: pipe.journal };
    },
  };
}

type Problem = Required<Pick<DeliveryEntry, 'error' | 'reason'>>;

class Pipe {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];
  readonly records: SealedRecordMap;
  private source!: BatchSource;
  private log!: ExecutionLog;
  /** Why the batch at hand failed. */
  private problem: Problem | undefined;

  constructor(
    private readonly state: PipeMachineState,
    readonly now: EpochMs,
    private readonly crypto: Crypto,
  ) {
    this.records = state.records;
  }

  receive(message: Message): void {
    if (message.type === 'notice') this.noticed(message.notice as unknown as PipeNotice);
    else if (message.type === 'timer' || message.type === 'reply') {
      this.settle();
      if (message.type === 'timer') this.due(message.key);
      else this.answered(message.callId, message.outcome);
    } else return;
    this.tell();
    for (const call of this.log.calls(this.root.calls)) this.call(LOG + this.nextCall(), call);
  }

  private get root(): Root {
    return this.records.get(ROOT) as unknown as Root;
  }

  private update(changes: Partial<Root>): void {
    this.records.set(ROOT, { ...this.root, ...changes } as unknown as Json);
  }

  private nextCall(): number {
    const calls = this.root.calls + 1;
    this.update({ calls });
    return calls;
  }

  /** What the configuration brings with it. */
  private settle(): void {
    const { configuration } = this.root;
    this.source = pipeSource(this, configuration, this.caller, this.compiled().matches);
    this.log = new ExecutionLog(configuration, this.now, (batch) => executionId(this.crypto, configuration.arn, batch));
  }

  private noticed(notice: PipeNotice): void {
    const known = this.records.get(ROOT) as unknown as Root | undefined;
    if (known) this.settle();
    if (notice.type === 'delete') {
      this.update({ deleting: true });
      return this.source.stop();
    }
    if (known) this.source.stop();
    // The name of a pipe that was deleted may be given to another.
    if (known?.deleting) {
      this.effects.push({ type: 'resumed' });
      this.source.forget();
    }
    const { configuration, directory } = notice;
    this.records.set(ROOT, { calls: 0, ...known, configuration, directory, deleting: false, told: '' } satisfies Root as unknown as Json);
    this.settle();
    if (configuration.running) this.source.start();
  }

  private due(key: string): void {
    if (this.source.timer(key)) return;
    if (key.startsWith(DEAD)) return this.bury(key);
    const batch = Number(key.slice(TIMEOUT.length));
    const working = this.working(batch);
    if (!working) return;
    this.effects.push({ type: 'cancel', callId: (working.stage === 'target' ? TARGET : ENRICH) + batch });
    this.log.add(batch, 'EXECUTION_TIMEOUT');
    this.stageFailed(batch, working.stage, { error: 'Timeout', reason: `The ${working.stage} did not answer within ${STAGE_TIMEOUT_MS / 1000} seconds.` });
  }

  private answered(callId: string, outcome: Outcome): void {
    if (callId.startsWith(LOG)) return this.logged(callId, outcome);
    if (this.source.answered(callId, outcome)) return;
    if (callId.startsWith(DEAD)) return this.buried(callId, outcome);
    const batch = Number(callId.slice(callId.indexOf(':') + 1));
    const working = this.working(batch);
    if (!working || (working.stage === 'target') !== callId.startsWith(TARGET)) return;
    this.effects.push({ type: 'clearTimer', key: TIMEOUT + batch });
    if (working.stage === 'enrichment') this.enriched(batch, outcome, working);
    else this.delivered(batch, outcome, working.isOneToOne);
  }

  /** What a log does not take is told in the journal, and nowhere else. */
  private logged(callId: string, outcome: Outcome): void {
    if (outcome.ok) return;
    const { Error = 'Error', Cause = '' } = outcome.error;
    this.entry({ name: callId, attempt: 1 }, 'failed', { error: Error, reason: `The log destination did not take it: ${Cause}` });
  }

  private working(batch: number): WorkingRecord | undefined {
    return this.records.get(`working:${batch}`) as unknown as WorkingRecord | undefined;
  }

  readonly dispatch = (batch: number, records: readonly JsonObject[]): void => {
    const { configuration } = this.root;
    const { enrichment } = configuration;
    const hops = hopsOfBatch(records);
    this.log.add(batch, 'EXECUTION_STARTED', { payload: records });
    if (enrichment === null) return this.send(batch, records, true, hops);
    this.log.add(batch, 'ENRICHMENT_STAGE_ENTERED', { payload: records });
    const events = inputsOf(records, this.compiled().enrichmentInput, this.now);
    if (!events) return this.stageFailed(batch, 'enrichment', NO_JSON, 'ENRICHMENT_TRANSFORMATION_FAILED');
    const call = enrichmentKind(enrichment)!.call(configuration, enrichment, events, records);
    this.log.add(batch, 'ENRICHMENT_INVOCATION_STARTED', { payload: events, awsRequest: call });
    this.hand(batch, { stage: 'enrichment', isOneToOne: false, hops }, ENRICH, call);
  };

  readonly filtered = (item: SourceItem): void => this.entry({ ...item, attempt: 0 }, 'filtered');

  private hand(batch: number, working: WorkingRecord, prefix: string, call: StageCall): void {
    // A function says so itself.
    if (working.hops > MAX_HOPS && !('http' in call) && call.action !== 'Invoke') return this.stageFailed(batch, working.stage, LOOP);
    this.records.set(`working:${batch}`, working as unknown as Json);
    this.effects.push({ type: 'timer', key: TIMEOUT + batch, at: this.now + STAGE_TIMEOUT_MS });
    this.call(prefix + batch, 'http' in call ? call : this.counted(batch, call, working.hops));
  }

  /** Code that is run counts for itself; what else is sent is one event more. */
  private counted(batch: number, call: OperationCall, hops: number): OperationCall {
    if (hops === 0) return call;
    if (call.action === 'Invoke') return { ...call, hops };
    if (!call.action.startsWith('Start')) return { ...call, hops: hops + 1 };
    const id = executionId(this.crypto, this.root.configuration.arn, batch);
    return { ...call, hops, input: { ...call.input, name: `${id}_${executionSuffix(id, hops)}` } };
  }

  private call(callId: string, call: StageCall): void {
    const request = 'http' in call ? call.http : { action: call.action, input: call.input, caller: this.caller, ...(call.hops !== undefined && { hops: call.hops }) };
    this.effects.push({ type: 'call', to: call.to, callId, request: request as unknown as Json });
  }

  private enriched(batch: number, outcome: Outcome, { hops }: WorkingRecord): void {
    const answer = stageAnswer(outcome);
    if (!answer.ok) return this.stageFailed(batch, 'enrichment', answer, 'ENRICHMENT_INVOCATION_FAILED');
    const events = enrichedEvents(answer.value);
    this.log.add(batch, 'ENRICHMENT_INVOCATION_SUCCEEDED', { awsResponse: answer.value });
    this.log.add(batch, 'ENRICHMENT_STAGE_SUCCEEDED', { payload: events });
    if (events.length > 0) return this.send(batch, events, false, hops);
    // Nothing is left to send: the records are dealt with.
    this.log.add(batch, 'TARGET_STAGE_SKIPPED');
    this.finish(batch);
  }

  /** @param isOneToOne events stand for the records of the batch; those of an enrichment may stand for any */
  private send(batch: number, given: readonly Json[], isOneToOne: boolean, hops: number): void {
    const { configuration } = this.root;
    const kind = targetKind(configuration.target)!;
    this.log.add(batch, 'TARGET_STAGE_ENTERED', { payload: given });
    if (given.length > (kind.maximumBatch ?? Infinity)) return this.stageFailed(batch, 'target', { error: 'BatchTooLarge', reason: `The target takes ${kind.maximumBatch} events at once, not ${given.length}.` });
    const events = inputsOf(given, this.compiled().targetInput, this.now);
    if (!events) return this.stageFailed(batch, 'target', NO_JSON, 'TARGET_TRANSFORMATION_FAILED');
    const call = kind.call(configuration, events, given, this.now);
    this.log.add(batch, 'TARGET_INVOCATION_STARTED', { payload: events, awsRequest: call });
    this.hand(batch, { stage: 'target', isOneToOne, hops }, TARGET, call);
  }

  private delivered(batch: number, outcome: Outcome, isOneToOne: boolean): void {
    const kind = targetKind(this.root.configuration.target)!;
    const items = this.source.items(batch)!;
    const answer = stageAnswer(outcome);
    if (!answer.ok) return this.stageFailed(batch, 'target', answer, 'TARGET_INVOCATION_FAILED');
    const awsResponse = outcome.ok ? outcome.value : null;
    if (kind.reportsFailures && isJsonObject(answer.value) && 'batchItemFailures' in answer.value) {
      return this.partlyDelivered(batch, { error: 'batchItemFailures', reason: 'The target reported the record as failed.' }, failedItems(answer.value, items), awsResponse);
    }
    const failures = kind.failures?.(isJsonObject(awsResponse) ? awsResponse : {}) ?? [];
    // Without an enrichment an event stands for its record; else it is not known for which, and all come again.
    const failed = failures.length === 0 || isOneToOne ? new Set(failures) : everyItem(items);
    this.partlyDelivered(batch, { error: 'PartialFailure', reason: 'The target refused the entry.' }, failed, awsResponse);
  }

  private partlyDelivered(batch: number, problem: Problem, failed: ReadonlySet<number>, awsResponse: Json): void {
    if (failed.size === this.source.items(batch)!.length) return this.stageFailed(batch, 'target', problem, 'TARGET_INVOCATION_FAILED');
    const isPartial = failed.size > 0;
    const error = isPartial ? { error: { message: problem.error, details: problem.reason } } : {};
    this.log.add(batch, isPartial ? 'TARGET_INVOCATION_PARTIALLY_FAILED' : 'TARGET_INVOCATION_SUCCEEDED', { awsResponse, ...error });
    this.log.add(batch, isPartial ? 'TARGET_STAGE_PARTIALLY_FAILED' : 'TARGET_STAGE_SUCCEEDED', error);
    if (isPartial) this.finish(batch, problem, failed);
    else this.finish(batch);
  }

  /** @param step which of the stage it was */
  private stageFailed(batch: number, stage: WorkingRecord['stage'], { error, reason }: Problem, step?: ExecutionStep): void {
    const data = { error: { message: error, details: reason } };
    if (step) this.log.add(batch, step, data);
    this.log.add(batch, stage === 'target' ? 'TARGET_STAGE_FAILED' : 'ENRICHMENT_STAGE_FAILED', data);
    this.finish(batch, { error, reason });
  }

  private finish(batch: number, problem?: Problem, given?: ReadonlySet<number>): void {
    const items = this.source.items(batch)!;
    const failed = problem ? (given ? inOrder(items, given) : everyItem(items)) : new Set<number>();
    this.records.delete(`working:${batch}`);
    this.log.add(batch, !problem ? 'EXECUTION_SUCCEEDED' : failed.size < items.length ? 'EXECUTION_PARTIALLY_FAILED' : 'EXECUTION_FAILED', problem ? { error: { message: problem.error, details: problem.reason } } : {});
    this.problem = problem;
    this.source.finish(batch, failed, (again) => {
      items.forEach((item, index) => {
        if (again.has(index)) this.entry(item, 'retrying', problem);
        // What is neither was given up.
        else if (!failed.has(index)) this.entry(item, 'delivered');
      });
      this.problem = undefined;
    });
  }

  /** Records of a stream that are not tried again: told to the dead-letter queue, where there is one. */
  readonly givenUp = (items: readonly StreamItem[], shardId: string, condition: GiveUpCondition, attempts: number): void => {
    const { configuration } = this.root;
    const problem = this.problem ?? { error: condition, reason: 'The records are older than MaximumRecordAgeInSeconds or the retention of the source.' };
    const dead: DeadBatch = {
      names: items.map(({ alias }) => alias),
      info: streamBatchInfo(configuration.source, shardId, items),
      condition,
      attempts,
      time: formatTimestamp(this.now),
      problem,
      sends: 0,
    };
    if (deadLetterCall(configuration, dead)) {
      const key = DEAD + this.nextCall();
      this.records.set(key, dead as unknown as Json);
      this.bury(key);
    } else this.settleDead(dead, 'failed', problem);
  };

  private bury(key: string): void {
    const dead = this.records.get(key) as unknown as DeadBatch;
    this.records.set(key, { ...dead, sends: dead.sends + 1 } as unknown as Json);
    this.call(key, deadLetterCall(this.root.configuration, dead)!);
  }

  private buried(key: string, outcome: Outcome): void {
    const dead = this.records.get(key) as unknown as DeadBatch | undefined;
    if (!dead) return;
    const retryMs = outcome.ok ? undefined : deadLetterRetryMs(outcome.error, dead.sends);
    if (retryMs !== undefined) return void this.effects.push({ type: 'timer', key, at: this.now + retryMs });
    this.records.delete(key);
    if (outcome.ok) return this.settleDead(dead, 'deadLettered', dead.problem);
    const { Error = 'Error', Cause = '' } = outcome.error;
    this.settleDead(dead, 'failed', { error: dead.problem.error, reason: `${dead.problem.reason} The dead-letter queue did not take it: ${Error}: ${Cause}` });
  }

  private settleDead({ names, attempts }: DeadBatch, status: 'deadLettered' | 'failed', problem: Problem): void {
    for (const name of names) this.entry({ name, attempt: attempts }, status, problem);
  }

  private entry({ name, attempt }: Pick<SourceItem, 'name' | 'attempt'>, status: DeliveryEntry['status'], problem?: Problem): void {
    const { arn, target } = this.root.configuration;
    this.journal.push({ type: 'delivery', time: this.now, by: arn, to: target, messageId: name, attempt, status, ...(problem && { error: problem.error, reason: problem.reason }) });
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
    const inputOf = ({ InputTemplate }: JsonObject): RecordInput => recordInput(InputTemplate as string | undefined, configuration);
    return (this.state.compiled = { configuration, matches, enrichmentInput: inputOf(configuration.enrichmentParameters), targetInput: inputOf(configuration.targetParameters) });
  }

  /** Tells the directory where the pipe has got to: it stops when the batches in work are done, and runs when its source is there. */
  private tell(): void {
    const { source } = this;
    const { configuration, directory, deleting, told } = this.root;
    const isStopping = deleting || !configuration.running;
    if (isStopping ? source.open() > 0 : source.awaited()) return;
    const problem = isStopping ? undefined : source.problem();
    if (problem?.fatal) source.stop();
    const state = deleting ? 'DELETED' : !configuration.running ? 'STOPPED' : problem?.fatal ? 'FAILED' : 'RUNNING';
    const news: PipeNews = { type: 'pipe', name: configuration.name, state, ...(problem && { reason: problem.reason }) };
    const text = JSON.stringify(news);
    if (text === told) return;
    this.update({ told: text });
    this.effects.push({ type: 'notice', to: directory, notice: news as unknown as Json });
    if (deleting) this.effects.push({ type: 'ended' });
  }
}

const LOOP: Problem = { error: 'LOOP_DETECTED', reason: 'The records were brought about by too many events in a row: the pipe fills its own source.' };
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

/** How many events in a row brought a batch about, as its messages tell; that it comes off a queue is one. 0: records of a stream do not tell. */
function hopsOfBatch(records: readonly JsonObject[]): number {
  return Math.max(0, ...records.map(({ attributes }) => (isJsonObject(attributes) ? Math.max(1, lineageOf(attributes['AWSTraceHeader'] as string | undefined)) : 0)));
}

/** Behind a record that failed nothing of its group counts as done. */
function inOrder(items: readonly SourceItem[], failed: ReadonlySet<number>): ReadonlySet<number> {
  const stopped = new Set<string>();
  const all = new Set<number>();
  items.forEach(({ group }, index) => {
    if (!failed.has(index) && !(group !== undefined && stopped.has(group))) return;
    all.add(index);
    if (group !== undefined) stopped.add(group);
  });
  return all;
}

/** Names the execution of a batch, as a UUID. */
function executionId(crypto: Crypto, arn: string, batch: number): string {
  return crypto.hash('MD5', `${arn} ${batch}`).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
