import type { Address, ApiRequest, Effect, Json, JsonObject, Message, Outcome } from '@interstate/kernel';
import type { Passage } from '@interstate/runtime';
import { ANSWERING_ADDRESS, DEATH, LOST_ANSWER } from './answering.ts';
import { COURIER_ADDRESS, type Errand } from './courier.ts';
import type { Fault } from './fault.ts';
import { again, canBeDown, delayed, firstHalf, isApiRequest, isDelete, isWaitedFor, nameOf, ownHandOver, serviceHandOver } from './hand-over.ts';
import type { InjectorParts } from './task-faults.ts';
import { hasWorked } from './workers.ts';

type Call = Extract<Effect, { type: 'call' }>;
type CallMessage = Extract<Message, { type: 'call' }>;
type Next = (passage: Passage) => void;

/** Puts faults into what services hand on, and into what the application does. */
export interface DeliveryFaults {
  /** A call that a machine makes. */
  called(from: Address, call: Call, next: Next): void;
  /** A call that the application makes. */
  asked(to: Address, message: CallMessage, next: Next): void;
}

export function deliveryFaults({ log, calls, workers, done }: InjectorParts): DeliveryFaults {
  /** The queue that a machine polls. */
  const sources = new Map<Address, Address>();
  /** Whoever fails for good. */
  const down = new Set<Address>();
  /** DelaySeconds of queues, by name. */
  const delays = new Map<string, number>();

  const noteDelay = (to: Address, { action, input }: ApiRequest): void => {
    const { DelaySeconds: seconds } = (input['Attributes'] ?? {}) as { readonly DelaySeconds?: string };
    if (action === 'CreateQueue' && seconds !== undefined) delays.set(String(input['QueueName']), Number(seconds));
    if (action === 'SetQueueAttributes' && seconds !== undefined) delays.set(nameOf(to), Number(seconds));
  };

  /** Makes a call, and looks at what becomes of it. @param instead what the caller is told, whatever the answer */
  const make = (from: Address, call: Call, request: ApiRequest, next: Next, instead?: Outcome): void => {
    if (isWaitedFor(request)) workers.begin({ address: call.to, from, callId: call.callId, death: DEATH });
    calls.watch(from, call.callId, (outcome) => {
      if (isWaitedFor(request) && hasWorked(outcome)) done.push({ executionArn: undefined, stateName: undefined, resource: call.to, arguments: request.input['Payload'] ?? {}, retryCount: 0, iteration: [] });
      return instead !== undefined && outcome.ok ? instead : outcome;
    });
    next({ type: 'effect', from, effect: { ...call, request: request as unknown as Json } });
  };

  const answer = (from: Address, call: Call, outcome: Outcome, next: Next): void =>
    next({ type: 'effect', from, effect: { ...call, to: ANSWERING_ADDRESS, request: { ...(call.request as JsonObject), outcome: outcome as unknown as Json } } });

  const handOn = (from: Address, call: Call, request: ApiRequest, fault: Fault | undefined, next: Next): void => {
    const isWaited = isWaitedFor(request);
    const errand = (delaySeconds = 0): Errand => ({ to: call.to, request: again(request) as unknown as Json, delayMs: delaySeconds * 1000 });
    switch (fault?.kind) {
      case 'late':
        return next({ type: 'effect', from, effect: { ...call, to: COURIER_ADDRESS, request: { ...errand(fault.delaySeconds), request: call.request } as unknown as Json } });
      case 'duplicate':
        make(from, call, request, next);
        return next({ type: 'message', to: COURIER_ADDRESS, message: { type: 'notice', from, notice: errand(fault.delaySeconds) as unknown as Json } });
      case 'outOfOrder':
        return make(from, call, delayed(request, fault.delaySeconds!, delays.get(nameOf(call.to))), next);
      case 'redelivered':
        // Nobody waits for the answer to what a poller deletes.
        return isDelete(request.action) ? undefined : make(from, call, request, next, LOST_ANSWER);
      case 'died': {
        const half = firstHalf(request);
        return half ? make(from, call, half, next, DEATH) : answer(from, call, DEATH, next);
      }
      case 'failing':
        down.add(call.to);
        return answer(from, call, isWaited ? DEATH : LOST_ANSWER, next);
      default:
        return down.has(call.to) && canBeDown(request) ? answer(from, call, isWaited ? DEATH : LOST_ANSWER, next) : make(from, call, request, next);
    }
  };

  return {
    called(from, call, next) {
      const request: Json = call.request;
      if (!isApiRequest(request)) return next({ type: 'effect', from, effect: call });
      if (request.action === 'ReceiveMessage') sources.set(from, call.to);
      const place = from === COURIER_ADDRESS ? undefined : serviceHandOver(call.to, request, sources.get(from));
      handOn(from, call, request, place && log.take(place), next);
    },
    asked(to, message, next) {
      const { request, replyTo } = message;
      const worker = workers.whoCalls(replyTo);
      if (worker && workers.isDead(worker)) return;
      if (isApiRequest(request)) noteDelay(to, request);
      // An event that waits for its function is the service's, not the function's.
      const place = isApiRequest(request) && request.action !== 'QueueEvent' ? ownHandOver(to, request, worker?.address) : undefined;
      const fault = place && log.take(place);
      const pass = (changed: Partial<CallMessage>, address = to): void => next({ type: 'message', to: address, message: { ...message, ...changed } });
      switch (fault?.kind) {
        case 'died':
          calls.forget(worker!.from, worker!.callId);
          return workers.kill(worker!, next);
        case 'redelivered':
          return pass({ request: { outcome: { ok: true, value: deleted(place!.input) } } }, ANSWERING_ADDRESS);
        case 'late':
        case 'outOfOrder':
          return pass({ request: delayed(request as unknown as ApiRequest, fault.delaySeconds!, delays.get(nameOf(to))) as unknown as Json });
        default:
          return pass({});
      }
    },
  };
}

/** What a queue says of messages it has deleted. */
function deleted({ Entries: entries }: JsonObject): Json {
  return Array.isArray(entries) ? { Successful: (entries as readonly JsonObject[]).map(({ Id }) => ({ Id: Id! })) } : {};
}
