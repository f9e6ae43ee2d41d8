import { createProgramLibrary, detailsKey, EXECUTION_KIND, executionMachine, type Execution, type HistoryEvent, type StartNotice, type Watcher } from '@interstate/core';
import { http } from '@interstate/http';
import type { Adapter, ConnectorCall, EpochMs, Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';
import { createTaskCheck, Host, virtualClock, type HostOptions } from '@interstate/runtime';
import { states } from '@interstate/states';
import type { Coverage } from '../coverage/coverage.ts';
import { TIMER_ADDRESS, TIMER_KIND, timerMachine } from '../timer-machine.ts';
import { publishEvent } from './publish-event.ts';
import type { Run, TaskOutcome } from './recorded-event.ts';
import { answerAsRecorded, type TaskWorld } from './task-answers.ts';

/** An execution whose Tasks end as somebody says. */
export interface OutcomesRun {
  readonly definition: JsonObject;
  readonly input: Json;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly names: Pick<StartNotice, 'executionArn' | 'stateMachineArn' | 'roleArn'>;
  readonly startTime: EpochMs;
  /** Behave as the service did at this time. */
  readonly asOf?: EpochMs;
  readonly outcomes: readonly TaskOutcome[];
  readonly unrecorded: TaskWorld['unrecorded'];
  readonly tooLarge?: TaskWorld['tooLarge'];
  /** So many milliseconds after its start, or 'waiting': once it waits, the execution is stopped. */
  readonly stop?: number | 'waiting';
  /** An object store, say. */
  readonly adapters?: readonly Adapter[];
  /** Is shown what the execution does. */
  readonly watcher?: Watcher;
  /** Counts what runs of the definition. */
  readonly coverage?: Coverage;
  readonly host?: Pick<HostOptions, 'store' | 'forget' | 'deliveries'>;
}

/** Runs a definition on the engine: virtual clock, every Task ended as it is said. */
export async function runOutcomes(run: OutcomesRun): Promise<Run> {
  const counting = run.coverage?.parts();
  const programs = createProgramLibrary(counting?.probeOf);
  const { executionArn, stateMachineArn } = run.names;
  programs.add(stateMachineArn, run.definition);
  const { unrecorded, tooLarge } = run;
  const connector = answerAsRecorded(run.outcomes, {
    unrecorded,
    ...(tooLarge && { tooLarge }),
    callBack: (call, outcome) => callBack(host, call, outcome),
    sleep: async (ms) => void (await host.call(TIMER_ADDRESS, { ms })),
  });
  const [, , , region = '', account = ''] = stateMachineArn.split(':');
  const host = new Host({
    // Parameters are checked as a real cloud would; Tasks are all replayed.
    machines: [executionMachine((id) => programs.get(id), createTaskCheck([http()]), run.watcher), ...states({ region, account, programs }).machines, timerMachine],
    adapters: [{ service: 'recorded', tasks: [{ resource: '*', connector }] }, ...(run.adapters ?? [])],
    clock: virtualClock(run.startTime),
    seed: [1, 2, 3, 4],
    interceptors: counting ? [counting.interceptor] : [],
    ...run.host,
  });
  host.spawn(TIMER_KIND, TIMER_ADDRESS, null);
  const { definition: _definition, input, type, names, asOf } = run;
  const start: StartNotice = { type: 'start', programId: stateMachineArn, input, ...names, executionType: type, seed: [1, 2, 3, 4], ...(asOf !== undefined && { asOf }) };
  host.spawn(EXECUTION_KIND, executionArn, start as unknown as Json);
  if (run.stop !== undefined) {
    if (run.stop === 'waiting') await host.runUntil(() => true);
    else await host.advance(run.stop);
    host.notify(executionArn, { type: 'stop' });
  }
  await host.runUntil(() => host.isEnded(executionArn));
  const { status, ending } = host.stateOf(executionArn) as Execution;
  const history = (host.journalOf(executionArn) as readonly HistoryEvent[]).map((event) => publishEvent(event, detailsKey(event.type)));
  host.close();
  return { status, output: ending?.output, error: ending?.error, cause: ending?.cause, history };
}

function callBack(host: Host, call: ConnectorCall, outcome: Outcome): void {
  const { executionArn } = call.request as unknown as TaskRequest;
  const { callId } = call;
  host.notify(
    executionArn,
    outcome.ok ? { type: 'taskSuccess', callId, output: outcome.value } : { type: 'taskFailure', callId, error: outcome.error.Error ?? null, cause: outcome.error.Cause ?? null },
  );
}
