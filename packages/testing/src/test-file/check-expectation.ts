import { isJsonEqual, type Json } from '@interstate/kernel';
import type { ExecutionResult } from 'interstate';
import { toHaveAssigned } from '../matchers/assigned.ts';
import type { MatcherResult, MatcherState } from '../matchers/matcher.ts';
import { observe } from '../matchers/observed-execution.ts';
import { said } from '../matchers/outcome.ts';
import { toHaveCaught, toHaveRetried, toHaveVisited, toHaveVisitedInOrder } from '../matchers/path-taken.ts';
import { toHavePutEvent, toHaveSentMessage } from '../matchers/sent.ts';
import type { Mock } from '../mocks/mock.ts';
import type { TestCloud } from '../test-cloud.ts';
import { differences } from './differences.ts';
import { adviceOnMissing } from './resources.ts';
import type { Expectation } from './expectation.ts';

const PLAIN: MatcherState = { equals: (actual, expected) => isJsonEqual(actual as Json, expected as Json) };

/** Everything an execution does otherwise than expected, a text each; empty where all is as expected. */
export function checkExpectation(expected: Expectation, execution: ExecutionResult, cloud: TestCloud, mocks: ReadonlyMap<string, readonly Mock[]>): string[] {
  const faults: string[] = [];
  const hold = (result: MatcherResult): void => {
    if (!result.pass) faults.push(result.message());
  };
  const status = expected.status ?? (expected.error === undefined ? 'SUCCEEDED' : 'FAILED');
  if (execution.status !== status) faults.push(`expected ${status}, but ${said(observe(execution))}`, ...adviceOn(execution));
  else {
    if (expected.error !== undefined && execution.error !== expected.error) faults.push(`expected the error ${expected.error}, but it is ${execution.error ?? 'none'}`);
    if (expected.causeContains !== undefined && execution.cause?.includes(expected.causeContains) !== true) faults.push(`expected a cause with ${JSON.stringify(expected.causeContains)}, but it is ${JSON.stringify(execution.cause ?? null)}`);
    if (expected.output !== undefined) faults.push(...differences(expected.output, execution.output).map((line) => `output ${line}`));
    if (expected.outputContains !== undefined) faults.push(...differences(expected.outputContains, execution.output, true).map((line) => `output ${line}`));
  }
  if (expected.visited) hold(toHaveVisited.call(PLAIN, execution, ...expected.visited));
  for (const state of expected.notVisited ?? []) if (toHaveVisited.call(PLAIN, execution, state).pass) faults.push(`expected the execution not to have visited ${state}`);
  if (expected.path) hold(toHaveVisitedInOrder.call(PLAIN, execution, ...expected.path));
  for (const [state, times] of Object.entries(expected.retried ?? {})) hold(toHaveRetried.call(PLAIN, execution, state, times));
  for (const [state, error] of Object.entries(expected.caught ?? {})) hold(toHaveCaught.call(PLAIN, execution, state, error));
  for (const [variable, value] of Object.entries(expected.assigned ?? {})) hold(toHaveAssigned.call(PLAIN, execution, variable, value));
  for (const [target, calls] of Object.entries(expected.calls ?? {})) faults.push(...callFaults(target, calls, mocks.get(target)));
  const holdNone = ({ pass, message }: MatcherResult): void => void (pass && faults.push(message()));
  for (const [to, bodies] of Object.entries(expected.sent ?? {})) {
    for (const body of bodies) hold(toHaveSentMessage.call(PLAIN, cloud, to, body));
    if (bodies.length === 0) holdNone(toHaveSentMessage.call(PLAIN, cloud, to));
  }
  for (const event of expected.events ?? []) hold(toHavePutEvent.call(PLAIN, cloud, event));
  if (expected.events?.length === 0) holdNone(toHavePutEvent.call(PLAIN, cloud, {}));
  const durationMs = execution.stopTime - execution.startTime;
  if (expected.durationMs !== undefined && durationMs !== expected.durationMs) faults.push(`expected it to take ${expected.durationMs} ms, but it took ${durationMs} ms`);
  return faults;
}

/** What would let it go on: a mock, a function, a queue. */
function adviceOn(execution: ExecutionResult): string[] {
  const { error } = execution;
  if (error === 'Lambda.ResourceNotFoundException') return ['A Task without a mock calls its function. Mock it (mocks: { "Task": { "return": … } }), or name a module that exports the function (functions: functions.mjs).'];
  return [adviceOnMissing(error)].filter((advice) => advice !== undefined);
}

function callFaults(target: string, expected: number | readonly Json[], mocks: readonly Mock[] | undefined): string[] {
  if (!mocks) return [`expected calls of ${target}, but nothing mocks it`];
  const calls = mocks.flatMap((mock) => mock.calls).sort((a, b) => a.time - b.time);
  if (typeof expected === 'number') return calls.length === expected ? [] : [`expected ${target} to be called ${expected} times, but it was called ${calls.length} times`];
  return differences(expected as unknown as Json, calls.map((call) => call.arguments)).map((line) => `calls of ${target} ${line}`);
}
