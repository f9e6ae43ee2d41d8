import { isJsonObject, RecordMap, type Caller, type Crypto, type DeliveryEntry, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message, type Outcome, type StepContext } from '@interstate/kernel';
import { failedItems, type BatchSource, type GiveUpCondition, type SourceItem, type StreamItem } from '@interstate/service-kit';
import { destinationRequest } from '../events/invocation-record.ts';
import { functionEvent } from './function-event.ts';
import type { MappingConfiguration, MappingNews, MappingNotice } from './mapping-record.ts';
import { mappingSource, matcherOf, type Matches } from './mapping-source.ts';
import { METRICS, NO_EVENTS, type MappingMetrics } from './metrics.ts';
import { failureRecord } from './on-failure.ts';
import { cannotWait, RECURSIVE, targetRequest, targetResult, type BatchRecord, type TargetResult } from './target.ts';

export const MAPPING_KIND = 'lambda:event-source-mapping';

/** What is journalled of deliveries is kept so far back. */
const KEPT_ENTRIES = 1_000;
/** What is said of a stream's last batch before there is one. */
export const NOTHING_YET = 'No records processed';
const BATCH = 'work:';
const DEAD = 'dead:';
const ROOT = 'root';

/**
 * Records: `root`, those of the source, `waiting:<batch>` for a batch that a Standard state machine is yet to be started with,
 * `dead:<n>` for records that the on-failure destination is yet to be told of; `metrics`, where they are asked for.
 */
export interface MappingState {
  readonly records: RecordMap;
  /** Made of the configuration's patterns when it is first needed. */
  filter: { readonly settings: MappingConfiguration['settings']; readonly matches: Matches } | undefined;
}

interface Root {
  readonly directory: string;
  readonly configuration: MappingConfiguration;
  readonly deleting: boolean;
  /** The target is a Standard state machine. */
  readonly starts: boolean;
  readonly lastResult: string;
  /** What the directory was told last. */
  readonly told: string;
  /** Records given up so far: numbers what is told of them. */
  readonly dead: number;
  /** What waits for the answer of the destination. */
  readonly sending: number;
}

type Problem = Required<Pick<DeliveryEntry, 'error' | 'reason'>>;

/** Records that the destination is told of. */
interface DeadRecord {
  readonly names: readonly string[];
  readonly attempts: number;
  readonly problem: Problem;
}

/** An event source mapping: takes batches off a queue or a stream and hands them to a function or a state machine. */
export function mappingMachine(): Machine<MappingState, DeliveryEntry> {
  return {
    kind: MAPPING_KIND,
    keptEntries: KEPT_ENTRIES,
    load: (saved) => ({ records: new RecordMap(saved), filter: undefined }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, { now, crypto }: StepContext) {
      state.records.begin();
      const mapping = new Mapping(state, now, crypto);
      mapping.receive(message);
      return { effects: mapping.effects, journal: mapping.journal };
    },
  };
}

class Mapping {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];
  readonly records: RecordMap;
  /** Made when it is first needed; anew for another configuration. */
  private made: BatchSource | undefined;
  /** What came of the batch at hand, where it failed. */
  private failure: { readonly problem: Problem; readonly response: JsonObject } | undefined;

  constructor(
    private readonly state: MappingState,
    readonly now: EpochMs,
    private readonly crypto: Crypto,
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
    else if (message.type === 'timer') this.source.timer(message.key);
    else if (message.type === 'reply') this.answered(message.callId, message.outcome);
    else return;
    this.tell();
  }

  private noticed(notice: MappingNotice): void {
    if (notice.type === 'delete') {
      this.update({ deleting: true });
      return this.source.stop();
    }
    const { configuration, directory } = notice;
    const known = this.records.get(ROOT) as unknown as Root | undefined;
    if (known?.deleting) return;
    // What stands of the source was asked by the old configuration.
    if (known) this.source.stop();
    const lastResult = configuration.type === 'sqs' ? '' : NOTHING_YET;
    const root: Root = { lastResult, told: '', dead: 0, sending: 0, ...known, directory, configuration, deleting: false, starts: false };
    this.records.set(ROOT, root as unknown as Json);
    this.made = undefined;
    const isCounted = configuration.settings.MetricsConfig !== undefined;
    if (!isCounted) this.records.delete(METRICS);
    else if (!this.records.has(METRICS)) this.records.set(METRICS, NO_EVENTS as unknown as Json);
    if (configuration.enabled) this.source.start();
  }

  private count(name: keyof MappingMetrics, events: number): void {
    const metrics = this.records.get(METRICS) as unknown as MappingMetrics | undefined;
    if (metrics && events > 0) this.records.set(METRICS, { ...metrics, [name]: metrics[name] + events } as unknown as Json);
  }

  private answered(callId: string, outcome: Outcome): void {
    const { source } = this;
    if (source.answered(callId, outcome)) return;
    if (callId.startsWith(DEAD)) return this.buried(callId, outcome);
    const batch = Number(callId.slice(BATCH.length));
    const items = source.items(batch);
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

  private finish(batch: number, items: readonly SourceItem[], outcome: Outcome): void {
    const { source } = this;
    const window = source.window(batch);
    const result = targetResult(outcome);
    const state = result.ok ? stateOf(result.answer) : undefined;
    const problem = problemOf(result, window !== undefined && state === undefined);
    // A batch without records fails as well: it ends a window.
    const failed = problem ? new Set([0, ...items.keys()]) : result.ok ? this.reported(result.answer, items) : NONE;
    this.failure = failed.size === 0 ? undefined : { problem: problem ?? REPORTED, response: responseOf(outcome) };
    this.count('InvokedEventCount', items.length);
    this.count('FailedInvokeEventCount', Math.min(failed.size, items.length));
    if (this.root.configuration.type === 'sqs') this.count('DeletedEventCount', items.length - failed.size);
    const lastResult = problem ? 'PROBLEM: Function call failed' : 'OK';
    if (lastResult !== this.root.lastResult) this.update({ lastResult });
    const settle = (again: ReadonlySet<number>): void => {
      items.forEach((item, index) => {
        if (again.has(index)) this.entry(item, 'retrying', this.failure!.problem);
        // What is neither was given up.
        else if (!failed.has(index)) this.entry(item, 'delivered');
      });
      this.failure = undefined;
    };
    source.finish(batch, failed, settle, state);
  }

  /** Which records the function says that it failed with. */
  private reported(answer: Json, items: readonly SourceItem[]): ReadonlySet<number> {
    const { FunctionResponseTypes = [] } = this.root.configuration.settings;
    return FunctionResponseTypes.length > 0 ? failedItems(named(answer), items) : NONE;
  }

  readonly dispatch = (batch: number, records: readonly JsonObject[]): void => this.call(batch, records);

  readonly polled = (events: number): void => this.count('PolledEventCount', events);

  readonly filtered = (item: SourceItem): void => {
    this.count('FilteredOutEventCount', 1);
    this.entry(item, 'filtered');
  };

  private call(batch: number, records: readonly JsonObject[]): void {
    const { configuration, starts } = this.root;
    const { targetArn } = configuration;
    const event = functionEvent(configuration, records, this.source.window(batch));
    const request = targetRequest(targetArn, event, records as readonly BatchRecord[], this.caller, starts);
    if (!request) return this.finish(batch, this.source.items(batch)!, RECURSIVE);
    // What kind of state machine it is shows in its answer only.
    if (request.action === 'StartSyncExecution') this.records.set(`waiting:${batch}`, records as unknown as Json);
    this.effects.push({ type: 'call', to: targetArn, callId: BATCH + batch, request: request as unknown as Json });
  }

  /** Records of a stream that are not tried again: told to the on-failure destination, where there is one. */
  readonly givenUp = (items: readonly StreamItem[], shardId: string, condition: GiveUpCondition, attempts: number): void => {
    const { configuration } = this.root;
    const { problem = tooOld(condition), response = UNHANDLED } = this.failure ?? {};
    const dead: DeadRecord = { names: items.map(({ alias }) => alias), attempts, problem };
    const to = configuration.settings.DestinationConfig?.OnFailure?.Destination ?? '';
    // What the source itself forgets was not dropped here.
    const isForgotten = condition === 'RecordAgeExceeded' && configuration.settings.MaximumRecordAgeInSeconds === -1;
    if (to === '') return this.settleDead(dead, 'failed', isForgotten);
    const { dead: count, sending } = this.root;
    const callId = `${DEAD}${count + 1}`;
    const record = failureRecord(configuration, { items, shardId, condition, attempts, requestId: this.requestId(callId), response }, this.now);
    this.update({ dead: count + 1, sending: sending + 1 });
    this.records.set(callId, dead as unknown as Json);
    this.effects.push({ type: 'call', to, callId, request: destinationRequest(to, record, this.caller) as unknown as Json });
  };

  private buried(key: string, outcome: Outcome): void {
    const dead = this.records.get(key) as unknown as DeadRecord | undefined;
    if (!dead) return;
    this.records.delete(key);
    this.update({ sending: this.root.sending - 1 });
    if (outcome.ok) return this.settleDead(dead, 'deadLettered');
    const { Error = 'Error', Cause = '' } = outcome.error;
    this.settleDead({ ...dead, problem: { ...dead.problem, reason: `${dead.problem.reason} The destination did not take it: ${Error}: ${Cause}` } }, 'failed');
  }

  private settleDead({ names, attempts, problem }: DeadRecord, status: 'deadLettered' | 'failed', isForgotten = false): void {
    if (!isForgotten) this.count(status === 'failed' ? 'DroppedEventCount' : 'OnFailureDestinationDeliveredEventCount', names.length);
    for (const name of names) this.entry({ name, attempt: attempts }, status, problem);
  }

  /** As a UUID. */
  private requestId(name: string): string {
    return this.crypto.hash('MD5', `${this.root.configuration.arn} ${name}`).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  private entry({ name, attempt }: Pick<SourceItem, 'name' | 'attempt'>, status: DeliveryEntry['status'], problem?: Problem): void {
    const { arn, targetArn } = this.root.configuration;
    this.journal.push({ type: 'delivery', time: this.now, by: arn, to: targetArn, messageId: name, attempt: status === 'filtered' ? 0 : attempt, status, ...problem });
  }

  private get caller(): Caller {
    const { arn } = this.root.configuration;
    return { service: 'lambda.amazonaws.com', sourceArn: arn, account: arn.split(':')[4]! };
  }

  private get source(): BatchSource {
    return (this.made ??= this.makeSource());
  }

  private makeSource(): BatchSource {
    const { configuration } = this.root;
    const { settings } = configuration;
    if (this.state.filter?.settings !== settings) this.state.filter = { settings, matches: matcherOf(settings) };
    return mappingSource(this, configuration, this.caller, this.state.filter!.matches);
  }

  /** Tells the directory what is new, and ends where nothing is left to do. */
  private tell(): void {
    const { source } = this;
    const { directory, configuration, deleting, told, sending } = this.root;
    const busy = source.open() > 0 || sending > 0;
    if ((deleting || !configuration.enabled) && busy) return;
    if (configuration.enabled && !deleting && source.awaited()) return;
    const problem = source.problem();
    const lastResult = problem === undefined ? this.root.lastResult : `PROBLEM: ${problem.reason}`;
    const news: MappingNews = { type: 'mapping', uuid: configuration.uuid, state: deleting ? 'Deleted' : configuration.enabled ? 'Enabled' : 'Disabled', lastResult };
    const text = JSON.stringify(news);
    if (text === told) return;
    this.update({ told: text });
    this.effects.push({ type: 'notice', to: directory, notice: news as unknown as Json });
    if (deleting) this.effects.push({ type: 'ended' });
  }
}

const NONE: ReadonlySet<number> = new Set();
const REPORTED: Problem = { error: 'batchItemFailures', reason: 'The function reported the message as failed.' };
const STATELESS: Problem = { error: 'InvalidResponse', reason: 'The function of a mapping with TumblingWindowInSeconds must answer { state: { … } }.' };
/** As the attempts before are told of. */
const UNHANDLED: JsonObject = { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' };

function problemOf(result: TargetResult, isStateless: boolean): Problem | undefined {
  if (!result.ok) return { error: result.error, reason: result.reason };
  return isStateless ? STATELESS : undefined;
}

/** Records of a topic are named by partition and offset: as the journal names them. */
function named(answer: Json): Json {
  const failures = isJsonObject(answer) ? answer['batchItemFailures'] : undefined;
  if (!Array.isArray(failures)) return answer;
  return {
    batchItemFailures: (failures as readonly Json[]).map((failure) => {
      const identifier = isJsonObject(failure) ? failure['itemIdentifier'] : undefined;
      if (!isJsonObject(identifier)) return failure;
      const { partition, offset } = identifier;
      return { itemIdentifier: `${String(partition).replace(/^.*-/s, '')}:${String(offset)}` };
    }),
  };
}

/** What a function leaves to its tumbling window. */
function stateOf(answer: Json): JsonObject | undefined {
  const { state } = isJsonObject(answer) ? answer : {};
  return isJsonObject(state) ? state : undefined;
}

function responseOf(outcome: Outcome): JsonObject {
  if (!outcome.ok) return { statusCode: outcome.error.Error === 'TooManyRequestsException' ? 429 : 500, executedVersion: '$LATEST' };
  const { StatusCode: statusCode = 200, ExecutedVersion: executedVersion = '$LATEST', FunctionError: functionError } = isJsonObject(outcome.value) ? outcome.value : {};
  return { statusCode, executedVersion, ...(functionError !== undefined && { functionError }) };
}

function tooOld(condition: GiveUpCondition): Problem {
  return { error: condition, reason: 'The records are older than MaximumRecordAgeInSeconds or the retention of the source.' };
}
