import { createProgramLibrary, EXECUTION_KIND, executionEnd, executionMachine, validateDefinition, type ExecutionLimits, type Execution, type HistoryEvent, type ProbeOf, type StartNotice } from '@interstate/core';
import type { ConnectorCall, Effect, Json, Machine, Outcome, TaskRequest } from '@interstate/kernel';
import { createTinyHost, type Answer, type Delivery } from '@interstate/kernel/testing';
import { Host, nodeCrypto, virtualClock, type HostOptions, type InputLog } from '@interstate/runtime';
import { DIRECTORY_KIND, states } from '@interstate/states';
import type { GeneratedMachine, PlannedOutcome } from './machine-writer.ts';

const REGION = 'us-east-1';
const ACCOUNT = '123456789012';
const PROGRAM = 'generated';
export const EXECUTION = `arn:aws:states:${REGION}:${ACCOUNT}:execution:generated:run`;

/** What came of a run, and all it let out. */
export interface Ran {
  readonly end: ReturnType<typeof executionEnd>;
  readonly history: readonly HistoryEvent[];
  /** Histories of child executions, by ARN. */
  readonly children: Readonly<Record<string, readonly HistoryEvent[]>>;
  readonly effects: readonly (readonly [from: string, effect: Effect])[];
  readonly ended: boolean;
}

/** A run whose machines' scripts can be held against the machine contract. */
export interface TinyRun extends Ran {
  readonly scripts: readonly { readonly kind: string; readonly address: string; readonly script: readonly Delivery[] }[];
  readonly machines: () => readonly Machine[];
}

export interface RunSetting {
  readonly limits?: Partial<ExecutionLimits>;
  readonly seed?: readonly [number, number, number, number];
  readonly probeOf?: ProbeOf;
}

/** @throws Error where the definition is not valid: the generator is wrong then, or the validator */
export function assertValid({ definition }: GeneratedMachine): void {
  const { result, diagnostics } = validateDefinition(definition);
  if (result === 'FAIL') throw new Error(`${JSON.stringify(diagnostics)}\n${JSON.stringify(definition)}`);
}

function machinesFor({ definition }: GeneratedMachine, { probeOf }: RunSetting): { machines: () => readonly Machine[]; directory: string; forwards: Record<string, string> } {
  const make = () => {
    const programs = createProgramLibrary(probeOf);
    programs.add(PROGRAM, definition);
    const adapter = states({ region: REGION, account: ACCOUNT, programs });
    return { machines: [executionMachine((id) => programs.get(id)), ...adapter.machines] as readonly Machine[], adapter };
  };
  const { adapter } = make();
  const forwards = Object.fromEntries((adapter.forwards ?? []).map(({ resource, to }) => [`arn:aws:states:::${resource}`, to]));
  return { machines: () => make().machines, directory: adapter.directory, forwards };
}

function startOf({ input }: GeneratedMachine, directory: string, { limits, seed = [1, 2, 3, 4] }: RunSetting): StartNotice {
  return {
    type: 'start',
    programId: PROGRAM,
    input,
    executionArn: EXECUTION,
    stateMachineArn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:generated`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/role`,
    directory,
    seed,
    ...(limits && { limits }),
  };
}

/** What the attempt a request makes was planned to come to. */
function planned({ tasks }: GeneratedMachine, request: TaskRequest): PlannedOutcome {
  const outcomes = tasks[request.stateName] ?? [];
  return outcomes[Math.min(request.retryCount, outcomes.length - 1)] ?? { value: null, afterMs: 0 };
}

function outcomeOf(plan: Exclude<PlannedOutcome, { never: true }>): Outcome {
  return 'error' in plan ? { ok: false, error: { Error: plan.error, Cause: 'as planned' } } : { ok: true, value: plan.value };
}

/** A call that carries a task token is answered at once; what was planned comes by the token. */
function callbackOf(request: TaskRequest, outcome: Outcome): Json {
  const { attemptId: callId } = request;
  if (outcome.ok) return { type: 'taskSuccess', callId, output: outcome.value };
  return { type: 'taskFailure', callId, error: outcome.error.Error ?? null, cause: outcome.error.Cause ?? null };
}

/** Runs on the tiny host, with the delays planned. */
export function runTiny(machine: GeneratedMachine, setting: RunSetting & { readonly cut?: boolean; readonly maxSteps?: number } = {}): TinyRun {
  const { machines, directory, forwards } = machinesFor(machine, setting);
  const answer = (given: Json): Answer => {
    const request = given as unknown as TaskRequest;
    const plan = planned(machine, request);
    const sent: Outcome = { ok: true, value: { MessageId: 'm' } };
    if (request.pattern === 'waitForTaskToken') {
      if ('never' in plan) return { outcome: sent };
      return { outcome: sent, notice: { to: request.executionArn, value: callbackOf(request, outcomeOf(plan)), afterMs: plan.afterMs } };
    }
    return 'never' in plan ? undefined : { outcome: outcomeOf(plan), afterMs: plan.afterMs };
  };
  const host = createTinyHost({ machines, crypto: nodeCrypto, answer, forwards, cut: setting.cut ?? false });
  host.spawn(DIRECTORY_KIND, directory, { type: 'open', seed: [5, 6, 7, 8] });
  host.spawn(EXECUTION_KIND, EXECUTION, startOf(machine, directory, setting) as unknown as Json);
  host.run(setting.maxSteps);
  const all = [...host.machines];
  const executions = all.filter(([address, kind]) => kind === EXECUTION_KIND && address !== EXECUTION).map(([address]) => address);
  return {
    end: executionEnd(host.stateOf(EXECUTION) as Execution),
    history: host.journalOf(EXECUTION) as readonly HistoryEvent[],
    children: Object.fromEntries(executions.map((address) => [address, host.journalOf(address) as readonly HistoryEvent[]])),
    effects: host.effects,
    ended: host.isEnded(EXECUTION),
    scripts: all.map(([address, kind]) => ({ address, kind, script: host.scriptOf(address) })),
    machines,
  };
}

/** Runs on the real host under a virtual clock; every answer comes at once, or never. */
export async function runHosted(machine: GeneratedMachine, setting: HostedSetting = {}): Promise<Ran> {
  const { host, ran, begin } = hosted(machine, setting);
  begin();
  await host.runUntil(() => host.isEnded(EXECUTION));
  return ran();
}

/** What the log of a hosted run makes of a fresh host, without asking anybody. */
export function runReplayed(machine: GeneratedMachine, log: InputLog, setting: HostedSetting = {}): Ran {
  const { host, ran } = hosted(machine, setting);
  host.replay(log);
  return ran();
}

type HostedSetting = RunSetting & { readonly host?: Partial<HostOptions> };

function hosted(machine: GeneratedMachine, setting: HostedSetting): { readonly host: Host; readonly begin: () => void; readonly ran: () => Ran } {
  const { machines, directory } = machinesFor(machine, setting);
  const effects: [string, Effect][] = [];
  const connector = (call: ConnectorCall): Outcome | Promise<Outcome> => {
    const request = call.request as unknown as TaskRequest;
    const plan = planned(machine, request);
    if (request.pattern === 'waitForTaskToken') {
      if (!('never' in plan)) host.notify(request.executionArn, callbackOf(request, outcomeOf(plan)));
      return { ok: true, value: { MessageId: 'm' } };
    }
    if (!('never' in plan)) return outcomeOf(plan);
    call.release();
    return new Promise((resolve) => call.signal.addEventListener('abort', () => resolve({ ok: false, error: {} })));
  };
  const host: Host = new Host({
    machines: machines(),
    adapters: [{ service: 'planned', tasks: [{ resource: '*', connector }] }],
    clock: virtualClock(),
    seed: [1, 2, 3, 4],
    interceptors: [
      (passage, next) => {
        if (passage.type === 'effect') effects.push([passage.from, passage.effect]);
        next(passage);
      },
    ],
    ...setting.host,
  });
  const begin = (): void => {
    host.spawn(DIRECTORY_KIND, directory, { type: 'open', seed: [5, 6, 7, 8] });
    host.spawn(EXECUTION_KIND, EXECUTION, startOf(machine, directory, setting) as unknown as Json);
  };
  return { host, begin, ran: () => ranOn(host, effects) };
}

function ranOn(host: Host, effects: Ran['effects']): Ran {
  const children = [...new Set(effects.flatMap(([, effect]) => (effect.type === 'spawn' ? [effect.address] : [])))].filter((address) => address.includes(':execution:'));
  return {
    end: executionEnd(host.stateOf(EXECUTION) as Execution),
    history: host.journalOf(EXECUTION) as readonly HistoryEvent[],
    children: Object.fromEntries(children.map((address) => [address, host.journalOf(address) as readonly HistoryEvent[]])),
    effects,
    ended: host.isEnded(EXECUTION),
  };
}
