import type { Adapter, Address, Connector, JsonObject, Json, TaskRequest } from '@interstate/kernel';
import type { Interceptor } from '@interstate/runtime';
import { acknowledge } from '../mocks/mock-registry.ts';
import { documentedErrors } from './documented-errors.ts';
import type { Fault, Opportunity } from './fault.ts';
import type { StateIndex } from './state-index.ts';

const FAILING_ADDRESS: Address = 'interstate:testing:chaos:failing';
const SILENT_ADDRESS: Address = 'interstate:testing:chaos:silent';

/** Work that was done: a Task's answer that was no failure, lost or not. */
export interface DoneWork {
  readonly executionArn: string;
  readonly stateName: string;
  readonly resource: string;
  readonly arguments: Json;
  readonly retryCount: number;
  readonly iteration: readonly string[];
}

export interface Injector {
  readonly interceptor: Interceptor;
  readonly adapter: Adapter;
  /** Every Task attempt of the run so far. */
  readonly opportunities: readonly Opportunity[];
  readonly done: readonly DoneWork[];
}

/** Puts the faults of a plan into a run, and notes where others could have been put. */
export function createInjector(plan: readonly Fault[], states: StateIndex): Injector {
  const byAttempt = new Map(plan.map((fault) => [fault.attempt, fault]));
  const failing = new Map<string, string>();
  const opportunities: Opportunity[] = [];
  const done: DoneWork[] = [];
  /** Attempts under way, by who asked and the call. */
  const open = new Map<string, { readonly request: TaskRequest; readonly fault: Fault | undefined }>();

  const noteAttempt = (request: TaskRequest): Fault | undefined => {
    const attempt = opportunities.length;
    const { stateName, executionArn, resource, retryCount, iteration } = request;
    opportunities.push({ attempt, stateName, executionArn, resource, retryCount, iteration, errors: documentedErrors(request), named: states.get(stateName)?.named ?? [], isLong: request.pattern === 'waitForTaskToken' || (request.action === '' && resource.includes(':activity:')) });
    const planned = byAttempt.get(attempt);
    // What answers at once is never silent.
    const fault = planned?.kind === 'unanswered' && !opportunities[attempt]!.isLong ? undefined : planned;
    if (fault?.kind === 'failing') failing.set(stateName, fault.error!);
    const lasting = failing.get(stateName);
    return fault ?? (lasting === undefined ? undefined : { attempt, kind: 'failing', error: lasting });
  };

  return {
    opportunities,
    done,
    interceptor(passage, next) {
      if (passage.type === 'effect' && passage.effect.type === 'call' && isTask(passage.effect.request)) {
        const { effect, from } = passage;
        const request = effect.request as unknown as TaskRequest;
        const fault = noteAttempt(request);
        open.set(`${from}\n${effect.callId}`, { request, fault });
        if (fault?.kind === 'unanswered') return next({ ...passage, effect: { ...effect, to: SILENT_ADDRESS } });
        if (fault && fault.kind !== 'answerLost') return next({ ...passage, effect: { ...effect, to: FAILING_ADDRESS, request: { ...(effect.request as JsonObject), error: fault.error! } } });
        return next(passage);
      }
      if (passage.type !== 'message' || passage.message.type !== 'reply') return next(passage);
      const { message, to } = passage;
      const key = `${to}\n${message.callId}`;
      const attempt = open.get(key);
      if (!attempt) return next(passage);
      open.delete(key);
      const { request, fault } = attempt;
      if (message.outcome.ok) done.push({ executionArn: request.executionArn, stateName: request.stateName, resource: request.resource, arguments: request.arguments, retryCount: request.retryCount, iteration: request.iteration });
      next(fault?.kind === 'answerLost' && message.outcome.ok ? { ...passage, message: { ...message, outcome: { ok: false, error: { Error: fault.error!, Cause: LOST } } } } : passage);
    },
    adapter: { service: 'testing:chaos', connectors: { [FAILING_ADDRESS]: fail, [SILENT_ADDRESS]: silence } },
  };
}

const LOST = 'The work was done, but the answer was lost.';

const fail: Connector = (call) => {
  acknowledge(call);
  return { ok: false, error: { Error: (call.request as { error?: string }).error!, Cause: 'Injected: nothing was done.' } };
};

const silence: Connector = (call) => {
  acknowledge(call);
  call.release();
  return new Promise(() => {});
};

function isTask(request: Json): request is JsonObject {
  return typeof request === 'object' && request !== null && 'stateName' in request && 'retryCount' in request;
}
