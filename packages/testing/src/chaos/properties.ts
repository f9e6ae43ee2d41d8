import { isJsonEqual, isJsonObject, type Json } from '@interstate/kernel';
import type { ExecutionResult } from 'interstate';
import { createExecutionTrace } from '../trace/execution-trace.ts';
import type { Visit } from '../trace/visit.ts';
import { DEATH_ERROR } from './answering.ts';
import type { ChaosRun } from './chaos-run.ts';
import type { DoneWork } from './done-work.ts';
import type { FaultKind } from './fault.ts';
import { nameOf } from './hand-over.ts';
import type { HandOver, TaskAttempt } from './opportunity.ts';
import { errorsOf, rules, type StateIndex } from './state-index.ts';

/** Something that must never be, whatever happens; a text where it is. */
export interface Finding {
  readonly property: string;
  /** The state, queue, topic, rule or function it is about; empty where it is about all of it. */
  readonly state: string;
  readonly message: string;
}

/** Looks at a run; `baseline` is the same without faults. */
export type Property = (run: ChaosRun, baseline: ChaosRun, states: StateIndex) => Finding | undefined;

/** Faults of the definition itself, which only come to light on an error path. */
const DATA_FLOW = new Set(['States.Runtime', 'States.ParameterPathFailure', 'States.ResultPathMatchFailure', 'States.QueryEvaluationError', 'States.IntrinsicFailure', 'States.NoChoiceMatched', 'States.ItemReaderFailed']);

/** What the application itself does succeeds. */
export const runs: Property = ({ problem }) => problem && { property: 'runs', state: '', message: `breaks off: ${problem.name}: ${problem.message}` };

/** Every execution comes to an end. */
export const ends: Property = (run) => {
  const { waiting, isEndless } = run;
  if (isEndless && !failingFrom(run)) return { property: 'ends', state: '', message: 'goes on and on: nothing bounds what is handed on' };
  const [first] = waiting;
  if (!first) return undefined;
  const { stateName, waitsFor } = first;
  return { property: 'ends', state: stateName, message: `waits for ever for ${waitsFor}. Give it a TimeoutSeconds or HeartbeatSeconds` };
};

/** It comes to an end before the service gives up. */
export const endsInTime: Property = ({ executions, opportunities, faults }) => {
  for (const { status, history } of executions) {
    const events = history();
    const last = events.at(-1);
    const isTooLong = status === 'FAILED' && last?.details?.['error'] === 'States.Runtime' && String(last.details['cause']).includes('maximum');
    if (!isTooLong && status !== 'TIMED_OUT') continue;
    const at = opportunities[faults.at(-1)?.at ?? 0];
    return { property: 'endsInTime', state: at?.type === 'task' ? at.stateName : '', message: `goes round and round (${events.length} events): nothing bounds the tries` };
  }
  return undefined;
};

/** What an integration may fail with at any time is retried or caught somewhere. */
export const handlesErrors: Property = ({ executions, faults, opportunities }) => {
  const [fault] = faults;
  // One that passes: more of them may use up any number of tries.
  if (faults.length !== 1 || fault!.kind === 'failing') return undefined;
  const error = fault!.kind === 'died' ? DEATH_ERROR : fault!.error;
  const place = opportunities[fault!.at]!;
  // What the state itself names may be meant to end it.
  if (error === undefined || (place.type === 'task' && !place.errors.includes(error))) return undefined;
  // Where a Fail state ends it, a Catcher has led there.
  const uncovered = executions.map((execution) => (execution.status === 'FAILED' && execution.error === error ? visitsOf(execution) : [])).find((visits) => visits.length > 0 && !visits.some(({ stateType }) => stateType === 'Fail'));
  if (!uncovered) return undefined;
  // A function dies in the work of the Task that fails with it.
  const state = place.type === 'task' ? place.stateName : (uncovered.findLast((visit) => visit.stateType === 'Task' && visit.error === error)?.name ?? '');
  return { property: 'handlesErrors', state, message: `no Retrier and no Catcher covers ${error}` };
};

/** Where an error is handled, what comes after finds the data it needs. */
export const survivesErrors: Property = ({ executions, faults }) => {
  if (faults.length === 0) return undefined;
  const broken = executions.find(({ status, error, cause }) => status === 'FAILED' && DATA_FLOW.has(error ?? '') && !String(cause).includes('maximum'));
  if (!broken) return undefined;
  const failed = visitsOf(broken).findLast(({ status }) => status === 'failed');
  return { property: 'survivesErrors', state: failed?.name ?? '', message: `fails on the path behind an error: ${broken.error}: ${broken.cause ?? ''}` };
};

/** An error that has a Catcher of its own is not tried again first. */
export const retriesOnlyWhatMayPass: Property = ({ faults, opportunities }, _baseline, states) => {
  for (const { at, kind, error } of faults) {
    const opportunity = opportunities[at]!;
    if (opportunity.type !== 'task' || kind !== 'error' || !opportunity.named.includes(error!)) continue;
    const { raw } = states.find(opportunity.executionArn, opportunity.stateName)!;
    const isCaughtByName = rules(raw, 'Catch').some((rule) => errorsOf(rule).includes(error!));
    const isRetriedByName = rules(raw, 'Retry').some((rule) => errorsOf(rule).includes(error!));
    const isTriedAgain = opportunities.some((other) => other.type === 'task' && other.executionArn === opportunity.executionArn && other.stateName === opportunity.stateName && other.iteration.join() === opportunity.iteration.join() && other.at > at && other.retryCount === opportunity.retryCount + 1);
    if (isCaughtByName && !isRetriedByName && isTriedAgain) {
      return { property: 'retriesOnlyWhatMayPass', state: opportunity.stateName, message: `tries again after ${error}, which has a Catcher of its own: a Retrier for all errors takes it first` };
    }
  }
  return undefined;
};

/** Members by which the other side can tell that it has done this before. */
const KEY = /idempot|clienttoken|clientrequesttoken|requesttoken|dedup|^name$|executionid|taskid|^token$/i;

/** What only reads may be done any number of times. */
const READ = /^(?:batch)?(?:get|list|describe|query|scan|search|find|fetch|read|check|look|validate|calculate|price)/i;

function isRead({ resource, arguments: given }: DoneWork): boolean {
  const parameters = isJsonObject(given) ? given : {};
  const target = resource.includes(':states:::') ? resource.split(':').at(-1)! : resource;
  if (/http:invoke|apigateway:invoke/.test(resource)) return /^(?:GET|HEAD)$/.test(String(parameters['Method']));
  const name = typeof parameters['FunctionName'] === 'string' && /lambda:invoke/.test(resource) ? parameters['FunctionName'] : target;
  return READ.test(name.split(':').filter((part) => part !== '$LATEST').at(-1)!);
}

/** Faults after which something is tried again that was done, or half done. */
const REPEATS: ReadonlySet<FaultKind> = new Set(['answerLost', 'duplicate', 'redelivered', 'died']);

/** The work of Tasks is not done twice, unless it only reads, or the other side can tell. */
export const worksOnce: Property = ({ done, faults }, baseline) => {
  if (!faults.some(({ kind }) => REPEATS.has(kind))) return undefined;
  const tasks = done.filter(({ stateName }) => stateName !== undefined);
  for (const work of tasks) {
    const isSame = (other: DoneWork): boolean => other.stateName === work.stateName && other.iteration.join() === work.iteration.join() && isJsonEqual(shapeOf(other.arguments), shapeOf(work.arguments));
    const same = tasks.filter(isSame);
    if (isRead(work) || same.length <= Math.max(1, baseline.done.filter(isSame).length)) continue;
    const isEqual = same.every((other) => isJsonEqual(other.arguments, work.arguments));
    if (isEqual && hasKey(work.arguments)) continue;
    const message = hasKey(work.arguments)
      ? 'does its work twice, each time with another key: take it from what it works on, not from the execution'
      : 'does its work twice, with nothing in its arguments by which the other side could tell (an idempotency key, say $$.Execution.Name)';
    return { property: 'worksOnce', state: work.stateName!, message };
  }
  return undefined;
};

/** What was only retried comes out as if nothing had happened. */
export const retriesLeaveNoTrace: Property = ({ executions, faults, opportunities }, baseline) => {
  if (faults.length === 0 || !faults.every(({ at }) => opportunities[at]!.type === 'task')) return undefined;
  const changed = executions.find((execution, index) => {
    const before = baseline.executions[index];
    return execution.status === 'SUCCEEDED' && before?.status === 'SUCCEEDED' && namesOf(execution) === namesOf(before) && !isJsonEqual(shapeOf(execution.output ?? null), shapeOf(before.output ?? null));
  });
  if (!changed) return undefined;
  return { property: 'retriesLeaveNoTrace', state: (opportunities[faults[0]!.at] as TaskAttempt).stateName, message: `comes to another output after a retry: ${JSON.stringify(changed.output)?.slice(0, 200)}` };
};

/** What was accepted is dealt with, or kept where somebody can find it. */
export const losesNothing: Property = (run, baseline) => {
  const gaveUp = lostBy(run).slice(run === baseline ? 0 : lostBy(baseline).length).at(-1);
  if (gaveUp) {
    const { by, to, error = 'it failed' } = gaveUp;
    return { property: 'losesNothing', state: nameOf(by), message: `${by === to ? 'is called no more with an event' : `gives up what it has for '${nameOf(to)}'`} (${error}), and it is lost: give it a dead-letter queue` };
  }
  const failing = failingFrom(run);
  if (!failing || (!run.isEndless && keepsMore(run, baseline))) return undefined;
  const { from, to } = failing;
  return { property: 'losesNothing', state: nameOf(from), message: `gives a message to '${nameOf(to)}' until its retention ends, and it is lost: give it a dead-letter queue` };
};

/** Whatever befell what was handed on, as long as nothing failed for good: the application comes to the same. */
export const comesToTheSame: Property = (run, baseline) => {
  const { faults, opportunities, outcome } = run;
  const isDelivered = faults.length > 0 && faults.every(({ at, kind }) => opportunities[at]!.type === 'handOver' && kind !== 'failing');
  // What waits in a dead-letter queue is not lost.
  if (outcome === undefined || !isDelivered || keepsMore(run, baseline) || isJsonEqual(shapeOf(outcome), shapeOf(baseline.outcome ?? null))) return undefined;
  return { property: 'comesToTheSame', state: '', message: `comes to ${excerpt(outcome)}, and to ${excerpt(baseline.outcome ?? null)} where nothing goes wrong` };
};

export const PROPERTIES: readonly Property[] = [runs, ends, endsInTime, handlesErrors, survivesErrors, retriesOnlyWhatMayPass, worksOnce, retriesLeaveNoTrace, losesNothing, comesToTheSame];

/** Where messages of a queue go to somebody who fails for good. */
function failingFrom({ faults, opportunities }: ChaosRun): HandOver | undefined {
  const failing = faults.filter(({ kind }) => kind === 'failing').map(({ at }) => opportunities[at]!);
  return failing.find((place): place is HandOver => place.type === 'handOver' && place.from.includes(':sqs:'));
}

/** What was given up, and went nowhere. An execution that has been started already is no loss. */
function lostBy({ deliveries }: ChaosRun): ChaosRun['deliveries'] {
  const kept = new Set(deliveries.filter(({ status }) => status === 'deadLettered').map(({ by, messageId }) => `${by} ${messageId}`));
  return deliveries.filter(({ status, error, by, messageId }) => status === 'failed' && error !== 'RESOURCE_ALREADY_EXISTS' && !kept.has(`${by} ${messageId}`));
}

/** Messages are left in a queue that was empty in the end where nothing went wrong. */
function keepsMore({ left }: ChaosRun, baseline: ChaosRun): boolean {
  return [...left].some(([queue, count]) => count > 0 && (baseline.left.get(queue) ?? 0) === 0);
}

function namesOf(execution: ExecutionResult): string {
  return visitsOf(execution)
    .map(({ name }) => name)
    .join();
}

function excerpt(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function visitsOf(execution: ExecutionResult): Visit[] {
  const trace = createExecutionTrace();
  const visits: Visit[] = [];
  for (const event of execution.history()) {
    const change = trace.add(event);
    if (change?.type === 'entered' && change.visit.kind === 'state') visits.push(change.visit);
  }
  return visits;
}

function hasKey(value: Json, depth = 0): boolean {
  if (depth > 6) return false;
  if (Array.isArray(value)) return value.some((item: Json) => hasKey(item, depth + 1));
  return isJsonObject(value) && Object.entries(value).some(([key, member]) => (KEY.test(key) && member !== null && member !== '') || hasKey(member, depth + 1));
}

/** Members that tell of one delivery, not of what is delivered. */
const OF_THE_EXCHANGE = /^Sdk|^Approximate|^SentTimestamp$|^receiptHandle$/i;

/** A value without what chance and the clock made of it, and without what was said about the exchange behind it. */
function shapeOf(value: Json): Json {
  if (typeof value === 'string') return value.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '…');
  if (Array.isArray(value)) return value.map(shapeOf);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !OF_THE_EXCHANGE.test(key)).map(([key, member]) => [key, shapeOf(member)])) : value;
}
