import type { Json, JsonObject, RecordChange } from '@interstate/kernel';
import type { Program, StateGroup } from '../program/program.ts';
import { Execution, forgetDropped, type Chance, type ExecutionEnding, type ExecutionStatus, type Redrives, type StartNotice } from './execution.ts';
import { createFrame, frameTree, TOUCHED_DATA, TOUCHED_FRAME, type Frame, type Join, type MapItem, type Retries, type Waiting } from './frame.ts';
import type { StateFailure } from './failure.ts';
import { AWS_LIMITS } from './limits.ts';

/*
 * How an execution is kept as records:
 *   start            the notice it was started with; written once
 *   root             counters, status, the order of frames that can run
 *   frame:<id>       where a frame stands and what it waits for
 *   data:<id>        its payloads: input, variables, items of a join
 *   result:<id>:<n>  the result of child n of a join
 * A step writes the records it touched; their bytes do not grow with the number of frames.
 */

interface RootRecord {
  readonly startTime: number;
  readonly status: ExecutionStatus;
  readonly ending: ExecutionEnding | null;
  readonly redrives: Redrives | null;
  readonly chance: Chance | null;
  readonly lastEventId: number;
  readonly nextFrameId: number;
  readonly nextCallNumber: number;
  readonly bounded: boolean;
  readonly ready: readonly number[];
  readonly failing: readonly number[];
}

interface FrameRecord {
  readonly parent: number | null;
  readonly group: number;
  readonly index: number;
  readonly state: string;
  readonly entered: boolean;
  readonly chain: number;
  readonly chainBeforeEntered: number;
  readonly enteredEventId: number;
  readonly enteredTime: number;
  readonly retries: Retries | null;
  readonly waiting: Waiting | null;
  readonly join: JoinRecord | null;
  readonly mapRun: Frame['mapRun'];
  readonly ended: boolean;
}

type JoinRecord = Pick<Join, 'count' | 'maxConcurrency' | 'next' | 'running' | 'lastEventId' | 'failedFrameId'> & { readonly failure: StateFailure | null };

interface DataRecord {
  readonly input: Json;
  readonly variables: JsonObject | null;
  readonly item: MapItem | null;
  readonly items: readonly Json[] | null;
  readonly joinInput: Json;
}

/** Every record of an execution. */
export function executionRecords(execution: Execution): Map<string, Json> {
  execution.startTouched = true;
  forgetDropped(execution);
  for (const frame of frameTree(execution.root)) {
    frame.touched = TOUCHED_FRAME | TOUCHED_DATA;
    if (frame.join) frame.join.touchedResults = [...frame.join.results.keys()].filter((index) => index in frame.join!.results);
  }
  return new Map(executionChanges(execution) as [string, Json][]);
}

/** The records touched since the last call. */
export function executionChanges(execution: Execution): RecordChange[] {
  const changes: RecordChange[] = [...droppedKeys(execution)].map((key) => [key, undefined] as const);
  forgetDropped(execution);
  if (execution.startTouched) changes.push(['start', execution.start as unknown as Json]);
  execution.startTouched = false;
  changes.push(['root', rootRecord(execution) as unknown as Json]);
  for (const frame of frameTree(execution.root)) {
    if (frame.touched & TOUCHED_FRAME) changes.push([`frame:${frame.id}`, frameRecord(frame) as unknown as Json]);
    if (frame.touched & TOUCHED_DATA) changes.push([`data:${frame.id}`, dataRecord(frame) as unknown as Json]);
    frame.touched = 0;
    if (!frame.join) continue;
    for (const index of frame.join.touchedResults) changes.push([`result:${frame.id}:${index}`, frame.join.results[index]!]);
    frame.join.touchedResults = [];
  }
  return changes;
}

function* droppedKeys({ offspring }: Execution): Generator<string> {
  if (!offspring?.dropped) return;
  const { frames, joins } = offspring.dropped;
  for (const id of frames) {
    yield `frame:${id}`;
    yield `data:${id}`;
  }
  for (const [id, results] of joins) for (let index = 0; index < results; index++) yield `result:${id}:${index}`;
}

function rootRecord(execution: Execution): RootRecord {
  const { chance } = execution;
  return {
    startTime: execution.startTime,
    status: execution.status,
    ending: execution.ending,
    redrives: execution.redrives,
    chance: chance && ownChance(chance),
    lastEventId: execution.lastEventId,
    nextFrameId: execution.offspring?.nextId ?? 1,
    nextCallNumber: execution.nextCallNumber,
    bounded: execution.bounded,
    ready: (execution.ready ?? []).map(({ id }) => id),
    failing: (execution.offspring?.failing ?? []).map(({ id }) => id),
  };
}

/** A generator goes on in place; a record must not go on with it, nor the execution with a record. */
function ownChance({ random, tokenKey }: Chance): Chance {
  return { random: [...random], tokenKey };
}

function frameRecord(frame: Frame): FrameRecord {
  const { join } = frame;
  return {
    parent: frame.parent?.id ?? null,
    group: frame.group.index,
    index: frame.index,
    state: frame.state.name,
    entered: frame.entered,
    chain: frame.chain,
    chainBeforeEntered: frame.chainBeforeEntered,
    enteredEventId: frame.enteredEventId,
    enteredTime: frame.enteredTime,
    retries: frame.retries && { count: frame.retries.count, byRetrier: [...frame.retries.byRetrier] },
    waiting: frame.waiting,
    mapRun: frame.mapRun,
    ended: frame.ended,
    join: join && {
      count: join.count,
      maxConcurrency: join.maxConcurrency,
      next: join.next,
      running: join.running,
      lastEventId: join.lastEventId,
      failure: join.failure,
      failedFrameId: join.failedFrameId,
    },
  };
}

function dataRecord(frame: Frame): DataRecord {
  return {
    input: frame.input,
    variables: frame.variables,
    item: frame.item,
    items: frame.join?.items ?? null,
    joinInput: frame.join?.input ?? null,
  };
}

/** The execution these records hold. @throws Error where records are missing or name states the program does not have. */
export function loadExecution(records: ReadonlyMap<string, Json>, programOf: (id: string) => Program): Execution {
  const start = records.get('start') as unknown as StartNotice;
  const root = records.get('root') as unknown as RootRecord;
  const program = programOf(start.programId);
  const frames = loadFrames(records, program.groups);
  const { ready, failing, chance, nextFrameId, ...counters } = root;
  const others = new Map([...frames].filter(([id]) => id !== 0));
  const framesNamed = (ids: readonly number[]): Frame[] => ids.flatMap((id) => frames.get(id) ?? []);
  return Object.assign(new Execution(), counters, {
    start,
    program,
    limits: start.limits ? { ...AWS_LIMITS, ...start.limits } : AWS_LIMITS,
    chance: chance && ownChance(chance),
    root: frames.get(0)!,
    ready: ready.length === 0 ? null : framesNamed(ready),
    offspring: nextFrameId === 1 ? null : { nextId: nextFrameId, frames: others, failing: failing.length === 0 ? null : framesNamed(failing), dropped: null },
    startTouched: false,
  });
}

function loadFrames(records: ReadonlyMap<string, Json>, groups: readonly StateGroup[]): Map<number, Frame> {
  const ids = [...records.keys()].flatMap((key) => (key.startsWith('frame:') ? [Number(key.slice(6))] : [])).sort((a, b) => a - b);
  const frames = new Map<number, Frame>();
  // A parent is always older than its children, so it is there when they come.
  for (const id of ids) {
    const record = records.get(`frame:${id}`) as unknown as FrameRecord;
    const parent = record.parent === null ? null : frames.get(record.parent)!;
    const frame = loadFrame(id, record, records.get(`data:${id}`) as unknown as DataRecord, parent, groups);
    frames.set(id, frame);
    parent?.join?.children.set(id, frame);
  }
  for (const [key, value] of records) {
    if (!key.startsWith('result:')) continue;
    const [, id, index] = key.split(':');
    const join = frames.get(Number(id))?.join;
    if (join) join.results[Number(index)] = value;
  }
  return frames;
}

function loadFrame(id: number, record: FrameRecord, data: DataRecord, parent: Frame | null, groups: readonly StateGroup[]): Frame {
  const group = groups[record.group]!;
  const state = group.states.get(record.state);
  if (!state) throw new Error(`The checkpoint stands at state '${record.state}', which this definition does not have.`);
  const frame = createFrame(id, parent, group, record.index, data.input, record.chain);
  const { join, parent: _parent, group: _group, index: _index, ...rest } = record;
  Object.assign(frame, rest, { state, touched: 0, item: data.item });
  frame.variables = data.variables && Object.assign(Object.create(null) as Record<string, Json>, data.variables);
  frame.join = join && { ...join, items: data.items ?? [], input: data.joinInput, results: [], touchedResults: [], children: new Map() };
  return frame;
}
