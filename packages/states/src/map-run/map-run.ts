import { createRandom, RecordMap, type ItemsPage, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReplyTo } from '@interstate/kernel';
import { MAP_RUN_KIND, type ExecutionEnd, type MapRunStart, type Program } from '@interstate/core';
import { STATES_LIMITS, type StatesLimits } from '../limits.ts';
import { childEnded, forgetAll, startChildren } from './children.ts';
import { answerOperation } from './describe.ts';
import { keepItems, takePage } from './items.ts';
import { resultsWritten } from './results.ts';
import { finishWhereDone, redrive, tellDirectory } from './run-end.ts';
import { MapRun, NEW_RUN, type RunRecord } from './run-state.ts';

interface MapRunState {
  readonly records: RecordMap;
}

/**
 * A distributed Map run: reads items page by page, keeps at most MaxConcurrency child executions going, counts how they
 * end, and answers the execution that started it. Its state holds a cursor and counts; items and results pass through.
 * It is called with a MapRunStart, with `{ type: 'redrive' }`, and with DescribeMapRun, ListExecutions and UpdateMapRun.
 */
export function mapRunMachine(programOf: (id: string) => Program, limits: StatesLimits = STATES_LIMITS): Machine<MapRunState> {
  return {
    kind: MAP_RUN_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step({ records }, message, context) {
      records.begin();
      const start = startRequest(message);
      const begins = start !== undefined && !records.has('start');
      if (begins) begin(records, start, (message as { readonly replyTo: ReplyTo }).replyTo, context.now);
      if (!records.has('start')) return { effects: [], journal: [] };
      const mapRun = new MapRun(records, context, programOf, limits);
      if (begins) begun(mapRun, start);
      else receive(mapRun, message);
      advance(mapRun);
      records.set('run', mapRun.run as unknown as Json);
      return { effects: mapRun.effects, journal: [] };
    },
  };
}

function advance(mapRun: MapRun): void {
  const { run } = mapRun;
  if (run.status === 'RUNNING') {
    startChildren(mapRun);
    finishWhereDone(mapRun);
  }
  // A redrive that came too early has waited for the end.
  if (run.status === 'RUNNING' || run.redriveBy === null) return;
  redrive(mapRun, run.redriveBy);
  run.redriveBy = null;
  advance(mapRun);
}

function startRequest(message: Message): MapRunStart | undefined {
  const request = message.type === 'call' ? (message.request as unknown as MapRunStart) : undefined;
  return request?.type === 'start' ? request : undefined;
}

function begin(records: RecordMap, start: MapRunStart, replyTo: ReplyTo, now: number): void {
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage, seed } = start;
  const run: RunRecord = { ...NEW_RUN, replyTo, startDate: now, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage, random: createRandom(seed) };
  records.set('start', { ...start, items: null } as unknown as Json);
  records.set('run', run as unknown as Json);
}

function begun(mapRun: MapRun, { items, reader }: MapRunStart): void {
  const maxItems = reader?.ReaderConfig['MaxItems'];
  if (typeof maxItems === 'number' && maxItems < 0) mapRun.close('FAILED', { Error: 'States.ItemReaderFailed', Cause: 'field MaxItems must be positive' });
  else if (!reader) keepItems(mapRun, items!);
  tellDirectory(mapRun);
}

function receive(mapRun: MapRun, message: Message): void {
  const { run, effects } = mapRun;
  switch (message.type) {
    case 'call': {
      const request = message.request as { readonly type?: string; readonly action: string; readonly input: JsonObject };
      if (request.type === 'redrive') return redrive(mapRun, message.replyTo);
      effects.push({ type: 'reply', to: message.replyTo, outcome: answerOperation(mapRun, request) });
      return;
    }
    case 'reply':
      return answered(mapRun, message.callId, message.outcome);
    case 'notice': {
      const notice = message.notice as unknown as ExecutionEnd | { readonly type: 'forget' } | null;
      if (notice?.type === 'forget') return forgetAll(mapRun);
      return notice?.type === 'executionEnded' ? childEnded(mapRun, notice) : undefined;
    }
    case 'cancelled':
      if (run.redriveBy?.callId === message.replyTo.callId) run.redriveBy = null;
      if (run.status !== 'RUNNING' || run.replyTo?.callId !== message.replyTo.callId) return;
      // Nobody waits for the answer any more.
      run.replyTo = null;
      return mapRun.close('ABORTED', {});
  }
}

function answered(mapRun: MapRun, callId: string, outcome: Outcome): void {
  const { run } = mapRun;
  const isRead = callId.startsWith('read.');
  if (isRead) run.reading = null;
  else if (!outcome.ok) {
    run.writing = null;
    run.unwritable = true;
  }
  if (!outcome.ok) return mapRun.close('FAILED', outcome.error);
  if (isRead) takePage(mapRun, outcome.value as unknown as ItemsPage);
  else resultsWritten(mapRun, outcome.value as JsonObject);
}
