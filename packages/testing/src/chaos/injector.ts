import { EXECUTION_KIND } from '@interstate/core';
import type { Adapter, Address, Json } from '@interstate/kernel';
import { OUTSIDE, type Interceptor } from '@interstate/runtime';
import { answering, ANSWERING_ADDRESS, silence, SILENT_ADDRESS } from './answering.ts';
import { CallsUnderWay } from '../calls-under-way.ts';
import { courierMachine } from './courier.ts';
import { deliveryFaults } from './delivery-faults.ts';
import type { DoneWork } from './done-work.ts';
import type { FaultLog } from './fault-log.ts';
import { isApiRequest } from './hand-over.ts';
import type { StateIndex } from './state-index.ts';
import { taskFaults } from './task-faults.ts';
import { Workers } from './workers.ts';

export interface Injector {
  readonly interceptor: Interceptor;
  readonly adapter: Adapter;
  readonly done: readonly DoneWork[];
  /** Executions that were started by the application or a service, not by a Task: in order. */
  readonly started: ReadonlySet<Address>;
}

/** Puts planned faults into a run, and notes where others could have been put. @param states learns of every definition the cloud is given */
export function createInjector(log: FaultLog, states: StateIndex): Injector {
  const calls = new CallsUnderWay();
  const done: DoneWork[] = [];
  const started = new Set<Address>();
  const parts = { log, calls, workers: new Workers(), done };
  const onTask = taskFaults(parts, states);
  const deliveries = deliveryFaults(parts);
  /** The machine that steps right now was asked to by an operation, and not by a Task. */
  let isAsked = false;

  const interceptor: Interceptor = (passage, next) => {
    if (passage.type === 'effect') {
      const { effect, from } = passage;
      if (effect.type === 'spawn' && effect.kind === EXECUTION_KIND && isAsked) started.add(effect.address);
      if (effect.type !== 'call') return next(passage);
      if (log.isSpent) return;
      if (isTask(effect.request)) return next({ ...passage, effect: onTask(from, effect) });
      return deliveries.called(from, effect, next);
    }
    const { message, to } = passage;
    if (message.type === 'reply') return next({ ...passage, message: calls.answer(to, message) });
    if (message.type !== 'call') return next(passage);
    const { request } = message;
    isAsked = isApiRequest(request);
    if (isApiRequest(request) && DEFINES.has(request.action)) states.note(request.input);
    if (message.replyTo.address === OUTSIDE) deliveries.asked(to, message, next);
    else next(passage);
    isAsked = false;
  };
  const adapter: Adapter = { service: 'testing:chaos', machines: [courierMachine] as unknown as NonNullable<Adapter['machines']>, connectors: { [ANSWERING_ADDRESS]: answering, [SILENT_ADDRESS]: silence } };
  return { interceptor, adapter, done, started };
}

const DEFINES: ReadonlySet<string> = new Set(['CreateStateMachine', 'UpdateStateMachine']);

function isTask(request: Json): boolean {
  return typeof request === 'object' && request !== null && 'stateName' in request && 'retryCount' in request;
}
