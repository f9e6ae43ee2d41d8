import type { Effect, JsonObject, TaskRequest } from '@interstate/kernel';
import { ANSWERING_ADDRESS, SILENT_ADDRESS, TASK_DEATH } from './answering.ts';
import type { CallsUnderWay } from '../calls-under-way.ts';
import { documentedErrors, isFunction } from './documented-errors.ts';
import type { DoneWork } from './done-work.ts';
import type { FaultLog } from './fault-log.ts';
import type { StateIndex } from './state-index.ts';
import type { Workers } from './workers.ts';

type Call = Extract<Effect, { type: 'call' }>;

/** What faults have to do with. */
export interface InjectorParts {
  readonly log: FaultLog;
  readonly calls: CallsUnderWay;
  readonly workers: Workers;
  readonly done: DoneWork[];
}

/** Puts faults into the work of Tasks. Gives the call as it is made instead; undefined where it is not. */
export function taskFaults({ log, calls, workers, done }: InjectorParts, states: StateIndex): (from: string, call: Call) => Call {
  /** States that fail for good, with their error. */
  const failing = new Map<string, string>();
  return (from, call) => {
    const request = call.request as unknown as TaskRequest;
    const { stateName, executionArn, resource, retryCount, iteration, action, pattern, timeoutSeconds } = request;
    const isLong = pattern === 'waitForTaskToken' || (action === '' && resource.includes(':activity:')) || timeoutSeconds !== undefined;
    const fault = log.take({ type: 'task', stateName, executionArn, resource, retryCount, iteration, errors: documentedErrors(request), named: states.find(executionArn, stateName)?.named ?? [], isLong });
    if (fault?.kind === 'failing') failing.set(stateName, fault.error!);
    if (fault?.kind === 'unanswered') return { ...call, to: SILENT_ADDRESS };
    const error = fault?.kind === 'error' ? fault.error : fault?.kind === 'answerLost' ? undefined : failing.get(stateName);
    if (error !== undefined) return { ...call, to: ANSWERING_ADDRESS, request: { ...(call.request as JsonObject), outcome: failure(error, 'Injected: nothing was done.') } };
    if (isFunction(request)) workers.begin({ address: functionOf(request), from, callId: call.callId, death: TASK_DEATH });
    calls.watch(from, call.callId, (outcome) => {
      if (!outcome.ok) return outcome;
      done.push({ executionArn, stateName, resource, arguments: request.arguments, retryCount, iteration });
      return fault?.kind === 'answerLost' ? failure(fault.error!, 'The work was done, but the answer was lost.') : outcome;
    });
    return call;
  };
}

function failure(error: string, cause: string) {
  return { ok: false, error: { Error: error, Cause: cause } } as const;
}

function functionOf({ resource, action, arguments: given }: TaskRequest): string {
  const name = action === '' ? resource : (given as { readonly FunctionName?: unknown } | null)?.FunctionName;
  return typeof name === 'string' ? name : resource;
}
