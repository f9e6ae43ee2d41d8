import { normalizeJson, type Adapter, type Address, type ConnectorCall, type Json, type JsonObject, type Outcome, type TaskRequest } from '@interstate/kernel';
import type { Interceptor } from '@interstate/runtime';
import { CallsUnderWay } from '../calls-under-way.ts';
import { TIMER_KIND, timerMachine } from '../timer-machine.ts';
import { ChildPaths } from './child-paths.ts';
import { missingPayload } from './missing-payload.ts';
import { Mock, type MockAnswer, type MockCall, type MockFunction } from './mock.ts';
import { targetTest, type MockScope, type TargetTest } from './mock-target.ts';
import { isUnanswered, whyUnmocked } from './why-unmocked.ts';

/** Where mocked Tasks are sent. */
const MOCKS_ADDRESS: Address = 'interstate:testing:mocks';

/** What mocks need of the cloud they are in. */
export interface MockSurroundings {
  /** Settles when so much of the cloud's time has passed. */
  sleep(milliseconds: number): Promise<void>;
  /** Told of every Task that a mock answers. */
  mocked(from: Address, request: TaskRequest): void;
  /** The definition an execution runs. */
  definitionOf(execution: Address): JsonObject | undefined;
  /** Told which mock was probably meant for a Task that nobody answers, and of results that cannot be meant. */
  warn(text: string): void;
  /** Answers a callback. */
  answerToken(taskToken: string, outcome: Outcome): Promise<void>;
}

export interface MockRegistry {
  readonly interceptor: Interceptor;
  readonly adapter: Adapter;
  add(target: string, scope?: MockScope): Mock;
  /** Forgets every mock. */
  clear(): void;
}

interface Entry {
  readonly mock: Mock;
  readonly isMeant: TargetTest;
  /** Narrower mocks are asked first. */
  readonly rank: number;
}

/** Mocks as one interceptor: a Task that a mock answers for is sent to the mocks instead of its resource. */
export function createMockRegistry(surroundings: MockSurroundings): MockRegistry {
  let entries: Entry[] = [];
  const taken = new Map<string, { readonly mock: Mock; readonly answer: MockAnswer }>();
  const children = new ChildPaths();
  const find = (asked: TaskRequest): { readonly mock: Mock; readonly answer: MockAnswer } | undefined => {
    const around = children.around(asked.executionArn);
    const request = around.length === 0 ? asked : { ...asked, iteration: [...around, ...asked.iteration] };
    for (const { mock, isMeant } of entries) {
      if (!isMeant(request)) continue;
      const answer = mock.take();
      if (answer) return { mock, answer };
    }
    return undefined;
  };
  const unmocked = new CallsUnderWay();
  const advised = new Set<string>();
  const advise = (advice: string | undefined): void => {
    if (advice === undefined || advised.has(advice)) return;
    advised.add(advice);
    surroundings.warn(advice);
  };
  return {
    interceptor(passage, next) {
      if (passage.type === 'message') {
        if (passage.message.type === 'reply') unmocked.answer(passage.to, passage.message);
        return next(passage);
      }
      children.note(passage.from, passage.effect);
      if (passage.effect.type === 'cancel') unmocked.forget(passage.from, passage.effect.callId);
      if (passage.effect.type !== 'call' || entries.length === 0 || !isTask(passage.effect.request)) return next(passage);
      const { effect, from } = passage;
      const request = passage.effect.request;
      const found = find(request);
      if (!found) {
        unmocked.watch(from, effect.callId, (outcome) => {
          if (isUnanswered(outcome)) advise(whyUnmocked(request, entries.map(({ mock }) => mock)));
          return outcome;
        });
        return next(passage);
      }
      surroundings.mocked(from, request);
      taken.set(`${from}\n${effect.callId}`, found);
      next({ ...passage, effect: { ...effect, to: MOCKS_ADDRESS } });
    },
    adapter: {
      service: 'testing:mocks',
      machines: [timerMachine],
      connectors: {
        [MOCKS_ADDRESS](call) {
          const key = `${call.from}\n${call.callId}`;
          const { mock, answer } = taken.get(key)!;
          taken.delete(key);
          const seen: MockCall = { arguments: (call.request as unknown as TaskRequest).arguments, request: call.request as unknown as TaskRequest, time: call.now };
          mock.calls.push(seen);
          return perform(call, answer, seen, surroundings).then((outcome) => {
            if (outcome.ok) advise(missingPayload(mock.target, outcome.value, seen.request, surroundings.definitionOf(call.from)));
            return outcome;
          });
        },
      },
    },
    add(target, scope = {}) {
      const mock = new Mock(target);
      const rank = Number(scope.attempt !== undefined) + Number(scope.item !== undefined) + Number(scope.stateMachine !== undefined);
      entries = [{ mock, isMeant: targetTest(target, scope), rank }, ...entries].sort((a, b) => b.rank - a.rank);
      return mock;
    },
    clear: () => void (entries = []),
  };
}

export { TIMER_KIND };

function isTask(request: Json): request is Json & TaskRequest {
  return typeof request === 'object' && request !== null && 'stateName' in request && 'retryCount' in request;
}

async function perform(call: ConnectorCall, answer: MockAnswer, seen: MockCall, { sleep, answerToken }: MockSurroundings): Promise<Outcome> {
  const { request } = seen;
  acknowledge(call);
  if (answer.type === 'timeOut') {
    if (request.timeoutSeconds === undefined && request.heartbeatSeconds === undefined) return { ok: false, error: { Error: 'States.Timeout' } };
    call.release();
    return new Promise(() => {});
  }
  if (request.pattern === 'waitForTaskToken') {
    // The Task is submitted first; its answer comes as a callback.
    queueMicrotask(() => void outcomeOf(answer, seen, sleep).then((outcome) => answerToken(request.taskToken!, outcome)));
    return { ok: true, value: {} };
  }
  if (request.pattern !== 'requestResponse') call.progress({ type: 'submitted', output: {} });
  return outcomeOf(answer, seen, sleep);
}

/** Who stands in for an activity says what it would: the work is scheduled, and a worker has it. */
export function acknowledge(call: ConnectorCall): void {
  if (!(call.request as unknown as TaskRequest).resource.includes(':activity:')) return;
  call.progress({ type: 'scheduled' });
  call.progress({ type: 'started' });
}

async function outcomeOf(answer: Exclude<MockAnswer, { type: 'timeOut' }>, seen: MockCall, sleep: MockSurroundings['sleep']): Promise<Outcome> {
  if (answer.delayMs > 0) await sleep(answer.delayMs);
  if (answer.type === 'fail') return { ok: false, error: { Error: answer.error, ...(answer.cause !== undefined && { Cause: answer.cause }) } };
  return { ok: true, value: await resultOf(answer.value, seen) };
}

async function resultOf(value: unknown, seen: MockCall): Promise<Json> {
  const result = typeof value === 'function' ? await (value as MockFunction)(seen.arguments, seen) : value;
  return result === undefined ? null : normalizeJson(result);
}
