import { MemoryStore } from '@interstate/runtime';
import type { Adapter, JsonObject } from '@interstate/kernel';
import { s3 } from '@interstate/s3';
import { runOutcomes, type OutcomesRun, type Run } from '@interstate/testing/internal';
import type { HostKind } from '../suite.ts';
import type { RecordedExecution } from './case.ts';
import { recordedOutcomes } from './task-replay.ts';

/** The moment that the made-up times in recorded inputs are relative to. */
export const RECORDED_NOW = Date.UTC(2025, 5, 15, 12);

/** Runs a recorded execution on the engine: virtual clock, every Task ended as recorded. */
export function runRecorded(original: RecordedExecution, kind: HostKind): Promise<Run> {
  const recorded = withMadeUpValues(original);
  return runOutcomes({
    ...surroundingsOf(recorded),
    ...recordedOutcomes(recorded),
    definition: definitionOf(recorded),
    input: recorded.input,
    startTime: RECORDED_NOW,
    ...(recorded.outcome?.status === 'ABORTED' && { stop: 'waiting' }),
    ...(kind === 'crash' && { host: { store: new MemoryStore(), forget: true, deliveries: 2 } }),
  });
}

export function definitionOf({ definition }: RecordedExecution): JsonObject {
  return (typeof definition === 'string' ? JSON.parse(definition) : definition) as JsonObject;
}

/** Names, type, date and objects of a case. */
export function surroundingsOf(recorded: RecordedExecution): Required<Pick<OutcomesRun, 'type' | 'names' | 'asOf' | 'adapters'>> {
  return { type: recorded.type, names: namesOf(recorded), asOf: Date.parse(recorded.recorded), adapters: [objectsOf(recorded)] };
}

/** Gives numbered placeholders plain values to run with: `<api-endpoint:1>` is no endpoint that a service would take. */
export function withMadeUpValues(recorded: RecordedExecution): RecordedExecution {
  const { definition, input } = recorded;
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(/<([A-Za-z][\w.-]*):(\d+)>/g, '$1-$2')) as T;
  return { ...recorded, definition: plain(definition), input: plain(input) };
}

/** The object store as a Map's ItemReader and ResultWriter see it: the recorded objects, and every bucket that is named. */
function objectsOf({ s3Objects = [], definition, input }: RecordedExecution): Adapter {
  const buckets: Record<string, Record<string, string>> = {};
  for (const [, bucket = ''] of JSON.stringify([definition, input]).matchAll(/"Bucket":"([a-z0-9][^"{]*)"/g)) buckets[bucket] ??= {};
  for (const { bucket, key, body } of s3Objects) (buckets[bucket] ??= {})[key] = body;
  const { connectors } = s3({ buckets, now: () => RECORDED_NOW });
  return { service: 's3', ...(connectors && { connectors }) };
}

function namesOf({ context = {} }: RecordedExecution): OutcomesRun['names'] {
  const prefix = 'arn:aws:states:us-east-1:111111111111';
  const {
    executionName: name = 'execution-0',
    stateMachineName = 'state-machine-0',
    executionArn = `${prefix}:execution:${stateMachineName}:${name}`,
    stateMachineArn = `${prefix}:stateMachine:${stateMachineName}`,
    roleArn = 'arn:aws:iam::111111111111:role/role',
  } = context;
  return { executionArn, stateMachineArn, roleArn };
}
