import { createRandom, nextUuid, RecordMap, type Caller, type Effect, type EpochMs, type Json, type JsonObject, type RandomState, type ReplyTo } from '@interstate/kernel';
import type { DeliveryEntry } from '@interstate/kernel';
import { DueQueue } from '@interstate/service-kit';
import type { EventRecord } from '../events/event-record.ts';
import type { MappingRecord } from '../mapping/mapping-record.ts';

/*
 * Records of the directory:
 *   root                      its chance
 *   mapping:<uuid>            an event source mapping: MappingRecord
 *   creating:<callId>         a mapping whose source is asked whether it is there
 *   config:<function ARN>     how events for a function, version or alias are dealt with: EventInvokeConfig
 *   recursion:<function ARN>  `Allow`, where the function may run in a loop
 *   event:<request id>        an event in the queue of a function: EventRecord
 */
export interface DirectoryState {
  readonly records: RecordMap;
  readonly random: RandomState;
  readonly mappings: Map<string, MappingRecord>;
  /** Events that wait to be tried again, by request id. */
  readonly due: DueQueue;
}

/** What the directory must know of the functions there are; they live outside of all machines. */
export interface FunctionDirectory {
  /** True where a function answers for this ARN. */
  has(functionArn: string): boolean;
}

export interface LambdaDirectoryOptions {
  readonly region: string;
  readonly account: string;
  readonly functions: FunctionDirectory;
}

/** What an action may draw on while it answers one call. */
export interface DirectoryContext {
  readonly options: LambdaDirectoryOptions;
  readonly state: DirectoryState;
  readonly now: EpochMs;
  readonly effects: Effect[];
  readonly journal: DeliveryEntry[];
  readonly replyTo: ReplyTo | undefined;
}

const ROOT = 'root';

export function loadDirectory(saved: ReadonlyMap<string, Json>): DirectoryState {
  const records = new RecordMap(saved);
  const random = ((saved.get(ROOT) as JsonObject | undefined)?.['random'] ?? createRandom([0, 0, 0, 0])) as unknown as RandomState;
  const state: DirectoryState = { records, random: [...random], mappings: new Map(), due: new DueQueue() };
  for (const [key, value] of records.entries('mapping:')) state.mappings.set(key.slice('mapping:'.length), value as unknown as MappingRecord);
  for (const [key, value] of records.entries('event:')) {
    const { dueAt } = value as unknown as EventRecord;
    if (dueAt !== null) state.due.add(dueAt, key.slice('event:'.length));
  }
  return state;
}

export function openDirectory({ records, random }: DirectoryState, seed: readonly [number, number, number, number]): void {
  createRandom(seed).forEach((word, index) => (random[index] = word));
  saveRoot({ records, random });
}

function saveRoot({ records, random }: Pick<DirectoryState, 'records' | 'random'>): void {
  records.set(ROOT, { random: [...random] });
}

export function newUuid(state: DirectoryState): string {
  const uuid = nextUuid(state.random);
  saveRoot(state);
  return uuid;
}

export function keepMapping({ state }: DirectoryContext, record: MappingRecord): void {
  state.mappings.set(record.uuid, record);
  state.records.set(`mapping:${record.uuid}`, record as unknown as Json);
}

/** In whose name Lambda calls other services. */
export function callerFor({ account }: LambdaDirectoryOptions, sourceArn: string): Caller {
  return { service: 'lambda.amazonaws.com', sourceArn, account };
}

export function directoryAddress(region: string, account: string): string {
  return `arn:aws:lambda:${region}:${account}:directory`;
}
