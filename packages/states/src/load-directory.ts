import { RecordMap, type Json, type JsonObject, type RandomState } from '@interstate/kernel';
import type { DirectoryOptions } from './action.ts';
import { DirectoryIndex } from './directory-index.ts';
import type { ActivityRecord, AliasRecord, DirectoryState, ExecutionRecord, RevisionRecord, StateMachineRecord, TokenRecord, VersionRecord, WaitingRecord, WatchRecord } from './directory-state.ts';
import { addToken } from './execution-news.ts';
import { callerKey } from './waiting.ts';

/** Key of what every step may change: the generator's four words, and the counters. */
export const ROOT = 'root';

type RootRecord = readonly [...RandomState, started: number, calls: number];

const UNSEEDED: RootRecord = [1, 0, 0, 0, 0, 0];

export function rootRecord({ random, started, calls }: DirectoryState): Json {
  return [...random, started, calls];
}

/** The directory these records hold: what it lists is put together from them, and definitions are known to the library again. */
export function loadDirectory(saved: ReadonlyMap<string, Json>, { directory, programs }: DirectoryOptions): DirectoryState {
  const [a, b, c, d, started, calls] = (saved.get(ROOT) as unknown as RootRecord | undefined) ?? UNSEEDED;
  const records = new RecordMap([...saved].filter(([key]) => key !== ROOT));
  const index = new DirectoryIndex((executionArn) => records.get(executionArn) as unknown as ExecutionRecord);
  index.notify = [directory];
  const executions: LoadedExecution[] = [];
  for (const [key, value] of saved) {
    if (key.startsWith('waiting:')) index.waiting.set(callerKey((value as unknown as WaitingRecord).replyTo), key.slice('waiting:'.length));
    else if (key.startsWith('watch:')) {
      const { replyTo, pattern } = value as unknown as WatchRecord;
      index.watched++;
      if (pattern !== 'api') index.watchers.set(callerKey(replyTo), key.slice('watch:'.length));
    } else if (key.startsWith('revision:')) {
      const { programId, definition } = value as unknown as RevisionRecord;
      if (!programs.has(programId)) programs.add(programId, JSON.parse(definition) as JsonObject);
    } else if (key.startsWith('token:')) addToken(index, (value as unknown as TokenRecord).executionArn, key.slice('token:'.length));
    else if (key.startsWith('arn:')) loadResource(key, value, index, executions);
  }
  loadExecutions(executions, index);
  return { records, random: [a, b, c, d], started, calls, eventBus: saved.get('eventBus') as string | undefined, index };
}

interface LoadedExecution {
  readonly executionArn: string;
  readonly record: ExecutionRecord;
}

function loadResource(arn: string, value: Json, index: DirectoryIndex, executions: LoadedExecution[]): void {
  const record = value as JsonObject;
  if ('sequence' in record) executions.push({ executionArn: arn, record: record as unknown as ExecutionRecord });
  else if ('revisions' in record) {
    const { name, deleting } = record as unknown as StateMachineRecord;
    index.stateMachines.add(name);
    if (deleting) index.deleting++;
  }
  else if ('number' in record) index.of((record as unknown as VersionRecord).stateMachineArn).versions.add(record as unknown as VersionRecord);
  else if ('routing' in record) index.of((record as unknown as AliasRecord).stateMachineArn).aliases.add((record as unknown as AliasRecord).name);
  else index.activities.add((record as unknown as ActivityRecord).name);
}

/** Executions in the order of their start; those ended in the order of their end. */
function loadExecutions(executions: LoadedExecution[], index: DirectoryIndex): void {
  executions.sort((a, b) => a.record.sequence - b.record.sequence);
  for (const { executionArn, record } of executions) {
    const list = index.of(record.stateMachineArn).executions;
    if (record.status === 'RUNNING') index.running++;
    if (!record.express) list.add(executionArn, record);
    else if (record.status === 'RUNNING') list.running++;
  }
  const ended = executions.filter(({ record }) => record.status !== 'RUNNING').sort((a, b) => a.record.stopTime! - b.record.stopTime!);
  for (const { executionArn, record } of ended) index.ended[record.express ? 'EXPRESS' : 'STANDARD'].push(executionArn);
}
