import { createProgramLibrary, detailsKey, EXECUTION_KIND, executionMachine, type Execution, type HistoryEvent, type StartNotice } from '@interstate/core';
import { http } from '@interstate/http';
import type { Adapter, ConnectorCall, Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';
import { createTaskCheck, Host, MemoryStore, virtualClock } from '@interstate/runtime';
import { s3 } from '@interstate/s3';
import { states } from '@interstate/states';
import { publishEvent, type Run } from '@interstate/testing/internal';
import type { HostKind } from '../suite.ts';
import type { RecordedExecution } from './case.ts';
import { replayTasks } from './task-replay.ts';

/** The moment that the made-up times in recorded inputs are relative to. */
const RECORDED_NOW = Date.UTC(2025, 5, 15, 12);

/** Runs a recorded execution on the engine: virtual clock, every Task ended as recorded. */
export async function runRecorded(original: RecordedExecution, kind: HostKind): Promise<Run> {
  const recorded = withMadeUpValues(original);
  const definition = (typeof recorded.definition === 'string' ? JSON.parse(recorded.definition) : recorded.definition) as JsonObject;
  const programs = createProgramLibrary();
  const start = startOf(recorded);
  programs.add(start.programId, definition);
  const connector = replayTasks(recorded, (call, outcome) => callBack(host, call, outcome));
  // Parameters are checked as a real cloud would, Tasks are all replayed.
  const check = createTaskCheck([http()]);
  const host = new Host({
    machines: [executionMachine((id) => programs.get(id), check), ...states({ region: 'us-east-1', account: '111111111111', programs }).machines],
    adapters: [{ service: 'recorded', tasks: [{ resource: '*', connector }] }, objectsOf(recorded)],
    clock: virtualClock(RECORDED_NOW),
    seed: [1, 2, 3, 4],
    ...(kind === 'crash' && { store: new MemoryStore(), forget: true, deliveries: 2 }),
  });
  const arn = start.executionArn;
  host.spawn(EXECUTION_KIND, arn, start as unknown as Json);
  if (recorded.outcome?.status === 'ABORTED') {
    await host.runUntil(() => true);
    host.notify(arn, { type: 'stop' });
  }
  await host.runUntil(() => host.isEnded(arn));
  const { status, ending } = host.stateOf(arn) as Execution;
  const history = (host.journalOf(arn) as readonly HistoryEvent[]).map((event) => publishEvent(event, detailsKey(event.type)));
  return { status, output: ending?.output, error: ending?.error, cause: ending?.cause, history };
}

/** Gives numbered placeholders plain values to run with: `<api-endpoint:1>` is no endpoint that a service would take. */
function withMadeUpValues(recorded: RecordedExecution): RecordedExecution {
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

function startOf({ context = {}, input, type, recorded }: RecordedExecution): StartNotice {
  const prefix = 'arn:aws:states:us-east-1:111111111111';
  const {
    executionName = 'execution-0',
    stateMachineName = 'state-machine-0',
    executionArn = `${prefix}:execution:${stateMachineName}:${executionName}`,
    stateMachineArn = `${prefix}:stateMachine:${stateMachineName}`,
    roleArn = 'arn:aws:iam::111111111111:role/role',
  } = context;
  return { type: 'start', programId: stateMachineArn, input, executionArn, stateMachineArn, roleArn, executionType: type, seed: [1, 2, 3, 4], asOf: Date.parse(recorded) };
}

function callBack(host: Host, call: ConnectorCall, outcome: Outcome): void {
  const { executionArn } = call.request as unknown as TaskRequest;
  const { callId } = call;
  host.notify(
    executionArn,
    outcome.ok ? { type: 'taskSuccess', callId, output: outcome.value } : { type: 'taskFailure', callId, error: outcome.error.Error ?? null, cause: outcome.error.Cause ?? null },
  );
}
