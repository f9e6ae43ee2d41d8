import { createRandom, jsonBytes, nextUint32, nextUuid, RecordMap, type Effect, type Failure, type Json, type JsonObject, type Machine, type Message, type RandomState, type StepContext } from '@interstate/kernel';
import { EXECUTION_KIND, MAP_RUN_KIND, mapRunFault, mapRunProcessor, selectMapRunItem, type ExecutionEnd, type MapRunStart, type Program, type StartNotice } from '@interstate/core';
import { STATES_LIMITS } from '../limits.ts';
import { executionArnOf } from '../names.ts';
import { nextBatch } from './batch.ts';
import { isBroken } from './tolerance.ts';
import { resultRecord, shapeResults } from './results.ts';

/** Where items come from and results go to, when not in the state itself. */
const ITEMS = 'interstate:s3:items';
const RESULTS = 'interstate:s3:results';
/** Items asked for at once, and result records sent at once. */
const PAGE_ITEMS = 100;

type RunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** The run's own record: cursor and counts. Children are records of their own, under `child:<arn>`. */
interface RunRecord {
  readonly status: RunStatus;
  /** Items read and not yet given to a child, with the index of the first. */
  readonly pending: readonly { readonly value: Json; readonly source?: string }[];
  readonly firstPending: number;
  readonly cursor: Json;
  readonly exhausted: boolean;
  readonly reading: boolean;
  readonly started: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly itemsFailed: number;
  readonly callNumber: number;
  readonly positions: { readonly [part: string]: Json };
  /** Result records sent and not yet confirmed. */
  readonly writing: number;
  readonly random: RandomState;
}

interface ChildRecord {
  readonly index: number;
  readonly items: number;
  readonly name: string;
  readonly startTime: number;
}

interface MapRunState {
  readonly records: RecordMap;
}

/**
 * A distributed Map run: reads items page by page, keeps at most MaxConcurrency child executions going, counts how they
 * end, and answers the execution that started it. Its state holds a cursor and counts; items and results pass through.
 */
export function mapRunMachine(programOf: (id: string) => Program): Machine<MapRunState> {
  return {
    kind: MAP_RUN_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, context) {
      state.records.begin();
      const run = new MapRunStep(state.records, context, programOf);
      run.receive(message);
      return { effects: run.effects, journal: [] };
    },
  };
}

class MapRunStep {
  readonly effects: Effect[] = [];
  private run: { -readonly [K in keyof RunRecord]: RunRecord[K] };

  constructor(
    private readonly records: RecordMap,
    private readonly context: StepContext,
    private readonly programOf: (id: string) => Program,
  ) {
    this.run = { ...(records.get('run') as unknown as RunRecord | undefined ?? NEW_RUN) };
  }

  private get start(): MapRunStart {
    return this.records.get('start') as unknown as MapRunStart;
  }

  receive(message: Message): void {
    if (message.type === 'call') this.begin(message.request as unknown as MapRunStart);
    else if (!this.records.has('start') || this.run.status !== 'RUNNING') return;
    else if (message.type === 'reply') this.answered(message.callId, message.outcome);
    else if (message.type === 'notice') this.childEnded(message.notice as unknown as ExecutionEnd);
    else if (message.type === 'cancelled') this.abort();
    if (this.run.status === 'RUNNING') this.advance();
    this.records.set('run', this.run as unknown as Json);
  }

  private begin(request: MapRunStart): void {
    const { items, ...start } = request;
    this.records.set('start', { ...start, items: null } as unknown as Json);
    this.run = { ...NEW_RUN, random: createRandom(request.seed) };
    const maxItems = request.reader?.ReaderConfig['MaxItems'];
    if (typeof maxItems === 'number' && maxItems < 0) {
      return this.fail({ Error: 'States.ItemReaderFailed', Cause: 'field MaxItems must be positive' });
    }
    if (request.reader) return;
    // Items in hand are kept in pages too, so that no record grows with their number as they are used up.
    items!.forEach((value, index) => this.records.set(`item:${index}`, value));
    this.run.cursor = items!.length;
  }

  private advance(): void {
    if (!this.fill()) return;
    while (this.run.status === 'RUNNING' && this.run.running < this.concurrency() && this.startChild());
    if (this.run.status === 'RUNNING' && this.isDone()) this.finish();
  }

  private concurrency(): number {
    const { maxConcurrency } = this.start;
    return maxConcurrency === 0 ? STATES_LIMITS.mapRunConcurrency : Math.min(maxConcurrency, STATES_LIMITS.mapRunConcurrency);
  }

  private isDone(): boolean {
    return this.run.exhausted && this.run.pending.length === 0 && this.run.running === 0 && this.run.writing === 0;
  }

  /** Sees to it that items are at hand; false while they are on their way. */
  private fill(): boolean {
    const { run, start } = this;
    if (run.reading) return false;
    const wanted = Math.max(PAGE_ITEMS, start.batcher?.MaxItemsPerBatch ?? 0);
    if (run.exhausted || run.pending.length >= wanted) return true;
    if (!start.reader) {
      const from = run.firstPending + run.pending.length;
      const pending = [...run.pending];
      for (let index = from; index < (run.cursor as number) && pending.length < wanted; index++) {
        pending.push({ value: this.records.get(`item:${index}`)! });
        this.records.delete(`item:${index}`);
      }
      run.pending = pending;
      run.exhausted = run.firstPending + pending.length >= (run.cursor as number);
      return true;
    }
    const maxItems = (start.reader.ReaderConfig['MaxItems'] as number | undefined) ?? 0;
    const left = maxItems > 0 ? maxItems - run.firstPending - run.pending.length : Infinity;
    if (left <= 0) {
      run.exhausted = true;
      return true;
    }
    run.reading = true;
    this.call(ITEMS, 'read', { action: 'read', reader: start.reader as unknown as Json, cursor: run.cursor, maxItems: Math.min(left, wanted) });
    return false;
  }

  private answered(callId: string, outcome: { ok: true; value: Json } | { ok: false; error: Failure }): void {
    const [kind] = callId.split('.');
    if (!outcome.ok) return this.fail(outcome.error);
    const value = outcome.value as JsonObject;
    if (kind === 'read') {
      const source = value['source'] as string | undefined;
      const items = value['items'] as readonly Json[];
      this.run.pending = [...this.run.pending, ...items.map((item) => ({ value: item, ...(source !== undefined && { source }) }))];
      this.run.cursor = value['cursor']!;
      this.run.exhausted = value['cursor'] === null;
      this.run.reading = false;
    } else if (kind === 'write') {
      this.run.positions = { ...this.run.positions, [callId.split('.')[1]!]: value['position']! };
      this.run.writing = 0;
      this.flush();
    } else if (kind === 'manifest') {
      this.succeed({ MapRunArn: this.start.mapRunArn, ResultWriterDetails: value });
    }
  }

  private call(to: string, name: string, request: JsonObject): void {
    this.run.callNumber++;
    this.effects.push({ type: 'call', to, callId: `${name}.${this.run.callNumber}`, request });
  }

  /** Starts one child on the next item or batch; false where there is none. */
  private startChild(): boolean {
    const { run, start } = this;
    if (run.pending.length === 0) return false;
    const program = this.programOf(start.programId);
    let batch;
    try {
      batch = nextBatch(start, run.pending, (offset) => {
        const { value, source } = run.pending[offset]!;
        const item = { index: run.firstPending + offset, value, ...(source !== undefined && { source }) };
        return selectMapRunItem(program, start, item, run.random, this.context);
      });
    } catch (error) {
      this.fail(mapRunFault(error));
      return false;
    }
    const index = run.started++;
    run.running++;
    run.firstPending += batch.items;
    run.pending = run.pending.slice(batch.items);
    this.spawn(index, batch.items, batch.input, program);
    if (run.pending.length === 0 && !run.exhausted) return this.fill() && run.pending.length > 0;
    return true;
  }

  private spawn(index: number, items: number, input: Json, program: Program): void {
    const { start, run } = this;
    const { execution: parent } = start;
    const name = nextUuid(run.random);
    const stateMachineArn = `${parent.stateMachineArn}/${start.label}`;
    const executionArn = executionArnOf(stateMachineArn, name, start.executionType === 'EXPRESS' ? nextUuid(run.random) : undefined);
    const child: ChildRecord = { index, items, name, startTime: this.context.now };
    this.records.set(`child:${executionArn}`, child as unknown as Json);
    const notice: StartNotice = {
      type: 'start',
      programId: start.programId,
      group: mapRunProcessor(program, start),
      input,
      executionArn,
      name,
      stateMachineArn,
      stateMachineName: `${parent.stateMachineName}/${start.label}`,
      roleArn: parent.roleArn,
      executionType: start.executionType,
      seed: [nextUint32(run.random), nextUint32(run.random), nextUint32(run.random), nextUint32(run.random)],
      notify: [start.mapRunArn],
      mapRunArn: start.mapRunArn,
      ...(parent.directory !== undefined && { directory: parent.directory }),
      ...(parent.limits !== undefined && { limits: parent.limits }),
      ...(parent.asOf !== undefined && { asOf: parent.asOf }),
    };
    this.effects.push({ type: 'spawn', kind: EXECUTION_KIND, address: executionArn, notice: notice as unknown as Json });
  }

  private childEnded(end: ExecutionEnd): void {
    const { run, start } = this;
    const key = `child:${end.executionArn}`;
    const child = this.records.get(key) as unknown as ChildRecord | undefined;
    if (!child) return;
    this.records.delete(key);
    run.running--;
    const succeeded = end.status === 'SUCCEEDED';
    if (succeeded) run.succeeded++;
    else {
      run.failed++;
      run.itemsFailed += child.items;
    }
    this.records.set(`result:${String(child.index).padStart(9, '0')}`, resultRecord(end, child) as Json);
    const total = run.exhausted ? run.firstPending + run.pending.length : null;
    if (!succeeded && isBroken(start, run.itemsFailed, total)) {
      return this.fail({ Error: 'States.ExceedToleratedFailureThreshold', Cause: 'The specified tolerated failure threshold was exceeded' });
    }
    this.flush();
  }

  /** Sends ended children's records to the ResultWriter, some at a time. */
  private flush(): void {
    const { run, start } = this;
    if (!start.writer?.Resource || run.writing > 0) return;
    const ended = [...this.records.entries('result:')].sort(([a], [b]) => (a < b ? -1 : 1));
    if (ended.length === 0) return;
    const part = (ended[0]![1] as JsonObject)['Status'] === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
    const chosen = ended.filter(([, record]) => ((record as JsonObject)['Status'] === 'SUCCEEDED') === (part === 'SUCCEEDED')).slice(0, PAGE_ITEMS);
    if (chosen.length < PAGE_ITEMS && !(run.exhausted && run.pending.length === 0 && run.running === 0)) return;
    for (const [key] of chosen) this.records.delete(key);
    run.writing = chosen.length;
    this.call(RESULTS, `write.${part}`, {
      action: 'write',
      writer: start.writer as unknown as Json,
      mapRunArn: start.mapRunArn,
      part,
      position: run.positions[part] ?? null,
      records: chosen.map(([, record]) => record),
    });
  }

  private finish(): void {
    const { run, start } = this;
    if (isBroken(start, run.itemsFailed, run.firstPending)) {
      return this.fail({ Error: 'States.ExceedToleratedFailureThreshold', Cause: 'The specified tolerated failure threshold was exceeded' });
    }
    if (start.writer?.Resource) {
      run.writing = -1;
      this.call(RESULTS, 'manifest', {
        action: 'write',
        writer: start.writer as unknown as Json,
        mapRunArn: start.mapRunArn,
        part: 'MANIFEST',
        positions: run.positions,
      });
      return;
    }
    // Children end in any order; their results stand in the order of the items.
    const inOrder = [...this.records.entries('result:')].sort(([a], [b]) => (a < b ? -1 : 1));
    const results = inOrder.map(([, record]) => record as JsonObject);
    this.succeed(shapeResults(results, start.writer?.WriterConfig));
  }

  private succeed(value: Json): void {
    this.end('SUCCEEDED');
    this.effects.push({ type: 'reply', to: this.start.replyTo, outcome: { ok: true, value } });
  }

  private fail(error: Failure): void {
    this.stopChildren();
    this.end('FAILED');
    this.effects.push({ type: 'reply', to: this.start.replyTo, outcome: { ok: false, error } });
  }

  private abort(): void {
    this.stopChildren();
    this.end('ABORTED');
  }

  private stopChildren(): void {
    // In the order of the items: records may have been loaded in any.
    const children = [...this.records.entries('child:')] as unknown as [string, ChildRecord][];
    for (const [key] of children.sort(([, a], [, b]) => a.index - b.index)) {
      this.effects.push({ type: 'notice', to: key.slice('child:'.length), notice: { type: 'stop' } });
      this.records.delete(key);
    }
  }

  private end(status: RunStatus): void {
    this.run.status = status;
    this.run.pending = [];
    for (const [key] of [...this.records.entries('item:'), ...this.records.entries('result:')]) this.records.delete(key);
    this.effects.push({ type: 'ended' });
  }
}

const NEW_RUN: RunRecord = {
  status: 'RUNNING',
  pending: [],
  firstPending: 0,
  cursor: null,
  exhausted: false,
  reading: false,
  started: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  itemsFailed: 0,
  callNumber: 0,
  positions: {},
  writing: 0,
  random: [1, 0, 0, 0],
};

