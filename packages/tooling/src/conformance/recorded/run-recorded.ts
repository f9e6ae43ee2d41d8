import { createProgramLibrary, detailsKey, EXECUTION_KIND, executionMachine, type ExecutionSlot, type HistoryEvent, type StartNotice } from '@interstate/core';
import type { ConnectorCall, Json, JsonObject, Machine, Outcome, TaskRequest } from '@interstate/kernel';
import { Host, MemoryStore, virtualClock } from '@interstate/runtime';
import type { HostKind } from '../suite.ts';
import type { RecordedExecution, Run } from './case.ts';
import { publishEvent } from './publish-event.ts';
import { replayTasks } from './task-replay.ts';

/** The moment that the made-up times in recorded inputs are relative to. */
const RECORDED_NOW = Date.UTC(2025, 5, 15, 12);

/** Runs a recorded execution on the engine: virtual clock, every Task ended as recorded. */
export async function runRecorded(recorded: RecordedExecution, kind: HostKind): Promise<Run> {
  const definition = (typeof recorded.definition === 'string' ? JSON.parse(recorded.definition) : recorded.definition) as JsonObject;
  const programs = createProgramLibrary();
  const start = startOf(recorded);
  programs.add(start.programId, definition);
  const connector = replayTasks(recorded, { callBack: (call, outcome) => callBack(host, call, outcome), never: (call) => never(host, call) });
  const host = new Host({
    machines: [executionMachine((id) => programs.get(id)) as Machine],
    adapters: [{ service: 'recorded', tasks: [{ resource: '*', connector }] }],
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
  const { execution } = host.stateOf(arn) as ExecutionSlot;
  const history = (host.journalOf(arn) as readonly HistoryEvent[]).map((event) => publishEvent(event, detailsKey(event.type)));
  return { status: execution!.status, output: execution!.output, error: execution!.error, cause: execution!.cause, history };
}

function startOf({ context = {}, input, type }: RecordedExecution): StartNotice {
  const prefix = 'arn:aws:states:us-east-1:111111111111';
  const {
    executionName = 'execution-0',
    stateMachineName = 'state-machine-0',
    executionArn = `${prefix}:execution:${stateMachineName}:${executionName}`,
    stateMachineArn = `${prefix}:stateMachine:${stateMachineName}`,
    roleArn = 'arn:aws:iam::111111111111:role/role',
  } = context;
  return { type: 'start', programId: stateMachineArn, input, executionArn, name: executionName, stateMachineArn, stateMachineName, roleArn, executionType: type, seed: [1, 2, 3, 4] };
}

function callBack(host: Host, call: ConnectorCall, outcome: Outcome): void {
  const { executionArn } = call.request as unknown as TaskRequest;
  const { callId } = call;
  host.notify(
    executionArn,
    outcome.ok ? { type: 'taskSuccess', callId, output: outcome.value } : { type: 'taskFailure', callId, error: outcome.error.Error ?? null, cause: outcome.error.Cause ?? null },
  );
}

function never(host: Host, call: ConnectorCall): Promise<Outcome> {
  return host.waitInside(() => new Promise((resolve) => call.signal.addEventListener('abort', () => resolve({ ok: false, error: {} }))));
}
