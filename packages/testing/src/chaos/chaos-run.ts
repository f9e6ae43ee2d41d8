import { runningFrames, type Execution as MachineExecution } from '@interstate/core';
import { normalizeJson, type DeliveryEntry, type Json } from '@interstate/kernel';
import { Execution, type CloudOptions, type ExecutionResult } from 'interstate';
import { testCloud, type TestCloud } from '../test-cloud.ts';
import { COURIER_ADDRESS, COURIER_KIND } from './courier.ts';
import type { DoneWork } from './done-work.ts';
import type { Fault } from './fault.ts';
import { FaultLog } from './fault-log.ts';
import { nameOf } from './hand-over.ts';
import { createInjector } from './injector.ts';
import type { Opportunity } from './opportunity.ts';
import type { Application } from './scenario.ts';
import type { StateIndex } from './state-index.ts';

/** A run with faults in it, or the one without. */
export interface ChaosRun {
  /** Those that came to pass. */
  readonly faults: readonly Fault[];
  readonly opportunities: readonly Opportunity[];
  readonly done: readonly DoneWork[];
  /** Executions that were started by the application or a service, not by a Task, and have ended: in the order they were started. */
  readonly executions: readonly ExecutionResult[];
  /** The first of them to be started; of a definition, its own. Undefined where it has not ended. */
  readonly execution: ExecutionResult | undefined;
  /** What those wait for that have not ended. */
  readonly waiting: readonly { readonly executionArn: string; readonly stateName: string; readonly waitsFor: string }[];
  /** It went on and on, and was ended. */
  readonly isEndless: boolean;
  /** What services delivered, or gave up. */
  readonly deliveries: readonly DeliveryEntry[];
  /** Messages left in each queue, by the queue's name. */
  readonly left: ReadonlyMap<string, number>;
  /** What the application came to; undefined where it does not say, or could not. */
  readonly outcome: Json | undefined;
  /** What the application threw. */
  readonly problem: Error | undefined;
}

/** Real time: nothing in a test cloud waits for it. */
const MOST_MS = 60_000;

export interface RunSettings {
  readonly application: Application;
  readonly functions?: CloudOptions['functions'];
  /** Opportunities of a run at most: one that has more goes on for ever. Default 20,000; a message that nobody can deal with is received 11,520 times in four days. */
  readonly maxOpportunities?: number;
}

/** Runs an application in a cloud of its own, with these faults. */
export async function runOnce({ application, functions, maxOpportunities = 20_000 }: RunSettings, faults: readonly Fault[], states: StateIndex): Promise<ChaosRun> {
  const log = new FaultLog(faults, maxOpportunities);
  const { interceptor, adapter, done, started } = createInjector(log, states);
  const cloud = testCloud({ ...(functions && { functions }), interceptors: [interceptor], adapters: [adapter], warn: () => undefined });
  const ended = new Map<string, ExecutionResult>();
  cloud.host.spawn(COURIER_KIND, COURIER_ADDRESS, null);
  let outcome: Json | undefined;
  let problem: Error | undefined;
  cloud.host.events.on('ended', ({ address }) => {
    if (!started.has(address)) return;
    const failure = cloud.host.failureOf(address);
    if (failure === undefined) ended.set(address, new Execution(cloud.host, address).endedResult());
    else problem ??= asError(failure);
  });
  let left: ReadonlyMap<string, number> = new Map();
  let deliveries: readonly DeliveryEntry[] = [];
  try {
    const scenario = await inTime(application(cloud));
    if (typeof scenario?.stimulus !== 'function') throw new TypeError(`An application must give { stimulus() { … }, outcome() { … } }, where outcome may be left out; this one gave ${scenario === null ? 'null' : typeof scenario}.`);
    await inTime(scenario.stimulus());
    await cloud.runUntil(() => log.isSpent);
    deliveries = cloud.deliveries();
    left = await messagesLeft(cloud);
    if (scenario.outcome) outcome = normalizeJson(await inTime(scenario.outcome()));
  } catch (error) {
    // Who waits for what never ends is told of below.
    const thrown = asError(error);
    if (thrown.name !== 'StuckExecutionError') problem = thrown;
  }
  const waiting = [...started].flatMap((executionArn) => (ended.has(executionArn) ? [] : waitsOf(cloud, executionArn)));
  cloud.close();
  const executions = [...started].map((executionArn) => ended.get(executionArn));
  return {
    faults: log.befell,
    opportunities: log.opportunities,
    done,
    executions: executions.filter((execution) => execution !== undefined),
    execution: executions[0],
    waiting,
    isEndless: log.isSpent,
    deliveries,
    left,
    outcome,
    problem,
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function waitsOf({ host }: TestCloud, executionArn: string): ChaosRun['waiting'] {
  const execution = host.stateOf(executionArn) as MachineExecution | undefined;
  return execution?.isStarted ? runningFrames(execution).map(({ stateName, waitsFor }) => ({ executionArn, stateName, waitsFor })) : [];
}

async function messagesLeft({ sqs }: TestCloud): Promise<ReadonlyMap<string, number>> {
  const { QueueUrls = [] } = await sqs.listQueues({});
  const left = new Map<string, number>();
  for (const QueueUrl of QueueUrls) {
    const { Attributes = {} } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
    left.set(nameOf(Attributes['QueueArn'] ?? QueueUrl), COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0));
  }
  return left;
}

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;

/** Code of the application that waits for what never comes is not waited for. */
async function inTime<Value>(work: Value | Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_none, fail) => {
    timer = setTimeout(() => fail(new Error(`The application's code has not ended after ${MOST_MS / 1000} s: it awaits what nothing brings.`)), MOST_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
