import { isJsonEqual, isJsonObject, type Json } from '@interstate/kernel';
import type { ExecutionResult } from 'interstate';
import { createExecutionTrace } from '../trace/execution-trace.ts';
import type { Visit } from '../trace/visit.ts';
import type { Fault, Opportunity } from './fault.ts';
import type { DoneWork } from './injector.ts';
import { errorsOf, rules, type StateIndex } from './state-index.ts';

/** A run with faults in it, and the one without. */
export interface ChaosRun {
  readonly faults: readonly Fault[];
  readonly opportunities: readonly Opportunity[];
  readonly done: readonly DoneWork[];
  readonly execution: ExecutionResult | undefined;
  /** What was thrown where there is no result: the execution is stuck, or the scenario failed. */
  readonly problem: Error | undefined;
}

/** Something that must never be, whatever happens; a text where it is. */
export interface Finding {
  readonly property: string;
  /** The state it is about. */
  readonly state: string;
  readonly message: string;
}

/** Looks at a run; `baseline` is the same without faults. */
export type Property = (run: ChaosRun, baseline: ChaosRun, states: StateIndex) => Finding | undefined;

/** Faults of the definition itself, which only come to light on an error path. */
const DATA_FLOW = new Set(['States.Runtime', 'States.ParameterPathFailure', 'States.ResultPathMatchFailure', 'States.QueryEvaluationError', 'States.IntrinsicFailure', 'States.NoChoiceMatched', 'States.ItemReaderFailed']);

/** Every execution comes to an end. */
export const ends: Property = ({ problem, opportunities, faults }) => {
  if (problem?.name !== 'StuckExecutionError') return undefined;
  const at = opportunities[faults.at(-1)?.attempt ?? 0];
  return { property: 'ends', state: at?.stateName ?? '', message: `waits for ever: ${problem.message.split('\n')[1]?.replace(/^- /, '') ?? problem.message}. Give it a TimeoutSeconds or HeartbeatSeconds` };
};

/** It comes to an end before the service gives up. */
export const endsInTime: Property = ({ execution, opportunities, faults }) => {
  const history = execution?.history() ?? [];
  const last = history.at(-1);
  const isTooLong = execution?.status === 'FAILED' && last?.details?.['error'] === 'States.Runtime' && String(last.details['cause']).includes('maximum');
  if (!isTooLong && execution?.status !== 'TIMED_OUT') return undefined;
  const at = opportunities[faults.at(-1)?.attempt ?? 0];
  return { property: 'endsInTime', state: at?.stateName ?? '', message: `goes round and round (${history.length} events): nothing bounds the tries` };
};

/** What an integration may fail with at any time is retried or caught somewhere. */
export const handlesErrors: Property = ({ execution, faults, opportunities }) => {
  const [fault] = faults;
  // One that passes: more of them may use up any number of tries.
  if (execution?.status !== 'FAILED' || faults.length > 1 || !fault || fault.kind === 'failing' || fault.error !== execution.error) return undefined;
  const { stateName, errors } = opportunities[fault.attempt]!;
  // What the state itself names may be meant to end it.
  if (!errors.includes(fault.error!)) return undefined;
  return { property: 'handlesErrors', state: stateName, message: `no Retrier and no Catcher covers ${fault.error}` };
};

/** What comes after an error finds the data it needs. */
export const survivesErrors: Property = ({ execution, faults }) => {
  if (faults.length === 0 || execution?.status !== 'FAILED' || !DATA_FLOW.has(execution.error ?? '') || String(execution.cause).includes('maximum')) return undefined;
  const failed = visitsOf(execution).findLast(({ status }) => status === 'failed');
  return { property: 'survivesErrors', state: failed?.name ?? '', message: `fails on the path behind an error: ${execution.error}: ${execution.cause ?? ''}` };
};

/** An error that has a Catcher of its own is not tried again first. */
export const retriesOnlyWhatMayPass: Property = ({ faults, opportunities }, _baseline, states) => {
  for (const { attempt, kind, error } of faults) {
    const opportunity = opportunities[attempt];
    if (!opportunity || kind !== 'error' || !opportunity.named.includes(error!)) continue;
    const { raw } = states.get(opportunity.stateName)!;
    const isCaughtByName = rules(raw, 'Catch').some((rule) => errorsOf(rule).includes(error!));
    const isRetriedByName = rules(raw, 'Retry').some((rule) => errorsOf(rule).includes(error!));
    const isTriedAgain = opportunities.some((other) => other.stateName === opportunity.stateName && other.iteration.join() === opportunity.iteration.join() && other.attempt > attempt && other.retryCount === opportunity.retryCount + 1);
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

/** Work is not done twice, unless it only reads, or the other side can tell. */
export const worksOnce: Property = ({ done, faults, execution }, baseline) => {
  if (!faults.some(({ kind }) => kind === 'answerLost') || !execution) return undefined;
  for (const work of done) {
    const isSame = (other: DoneWork): boolean => other.stateName === work.stateName && other.iteration.join() === work.iteration.join() && isJsonEqual(other.arguments, work.arguments);
    if (done.filter(isSame).length > Math.max(1, baseline.done.filter(isSame).length) && !isRead(work) && !hasKey(work.arguments)) {
      return { property: 'worksOnce', state: work.stateName, message: 'does its work twice when its answer is lost, with nothing in its arguments by which the other side could tell (an idempotency key, say $$.Execution.Name)' };
    }
  }
  return undefined;
};

/** What was only retried comes out as if nothing had happened. */
export const retriesLeaveNoTrace: Property = ({ execution, faults, opportunities }, baseline) => {
  if (faults.length === 0 || execution?.status !== 'SUCCEEDED' || baseline.execution?.status !== 'SUCCEEDED') return undefined;
  if (visitsOf(execution).map(({ name }) => name).join() !== visitsOf(baseline.execution).map(({ name }) => name).join()) return undefined;
  if (isJsonEqual(shapeOf(execution.output ?? null), shapeOf(baseline.execution.output ?? null))) return undefined;
  return { property: 'retriesLeaveNoTrace', state: opportunities[faults[0]!.attempt]?.stateName ?? '', message: `comes to another output after a retry: ${JSON.stringify(execution.output)?.slice(0, 200)}` };
};

export const PROPERTIES: readonly Property[] = [ends, endsInTime, handlesErrors, survivesErrors, retriesOnlyWhatMayPass, worksOnce, retriesLeaveNoTrace];

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

/** A value without what chance and the clock made of it, and without what was said about the exchange behind it. */
function shapeOf(value: Json): Json {
  if (typeof value === 'string') return value.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '…');
  if (Array.isArray(value)) return value.map(shapeOf);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('Sdk')).map(([key, member]) => [key, shapeOf(member)])) : value;
}
