import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { mockFault } from '../named-in.ts';
import type { Mock } from './mock.ts';
import type { MockScope } from './mock-target.ts';

/** The MockConfigFile of Step Functions Local, as JSON. */
export interface MockConfig {
  readonly StateMachines: Readonly<Record<string, { readonly TestCases: Readonly<Record<string, Readonly<Record<string, string>>>> }>>;
  readonly MockedResponses: Readonly<Record<string, Readonly<Record<string, MockedResponse>>>>;
}

export type MockedResponse = { readonly Return: Json } | { readonly Throw: { readonly Error: string; readonly Cause?: string } };

/** The file is none of a form that could be used; the message names the place. */
export class MockConfigError extends Error {
  override readonly name = 'MockConfigError';
}

/**
 * Mocks the states that a test case names.
 * Responses are numbered by attempt: `"0"`, `"1-3"`. An attempt without a response fails, as there.
 * @throws MockConfigError
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-test-sm-exec.html
 */
export function applyMockConfig(config: unknown, stateMachine: string, testCase: string, mock: (target: string, scope: MockScope) => Mock): void {
  const states = statesOf(config, stateMachine, testCase);
  const responses = isJsonObject((config as JsonObject)['MockedResponses'] ?? {}) ? ((config as JsonObject)['MockedResponses'] ?? {}) : {};
  for (const [stateName, responseName] of Object.entries(states)) {
    if (typeof responseName !== 'string') throw new MockConfigError(`StateMachines.${stateMachine}.TestCases.${testCase}.${stateName} must name a response.`);
    const response = member(responses, responseName, 'MockedResponses');
    // What no attempt is given is asked last, for it is the least narrow.
    mock(stateName, { stateMachine }).fails('States.Runtime', `No response of '${responseName}' is for this attempt of '${stateName}'.`);
    for (const [attempts, given] of Object.entries(response)) {
      applyResponse(mock(stateName, { stateMachine, attempt: attemptsOf(attempts, responseName) }), given, `MockedResponses.${responseName}.${attempts}`);
    }
  }
}

/** The state machine that is meant: of this name, or the only one in the file. */
export function machineIn(config: unknown, name: string): string {
  const machines = member(config, 'StateMachines', '');
  const [only, ...more] = Object.keys(machines);
  return Object.hasOwn(machines, name) || only === undefined || more.length > 0 ? name : only;
}

/** Places of a test case that name no Task of the definition, with the reason. The published format forbids none, so they are no error. @throws MockConfigError */
export function mockConfigWarnings(config: unknown, stateMachine: string, testCase: string, definition: JsonObject): string[] {
  return Object.keys(statesOf(config, stateMachine, testCase)).flatMap((state) => {
    const fault = mockFault([definition], state);
    return fault === undefined ? [] : [`StateMachines.${stateMachine}.TestCases.${testCase}.${state}: ${fault}`];
  });
}

function statesOf(config: unknown, stateMachine: string, testCase: string): JsonObject {
  const machine = member(member(config, 'StateMachines', ''), stateMachine, 'StateMachines');
  return member(member(machine, 'TestCases', `StateMachines.${stateMachine}`), testCase, `StateMachines.${stateMachine}.TestCases`);
}

function applyResponse(mock: Mock, given: Json, place: string): void {
  const isObject = isJsonObject(given);
  if (isObject && Object.hasOwn(given, 'Return')) mock.returns(given['Return']);
  else if (isObject && isJsonObject(given['Throw'] ?? null) && typeof (given['Throw'] as JsonObject)['Error'] === 'string') {
    const { Error: error, Cause: cause } = given['Throw'] as { Error: string; Cause?: string };
    mock.fails(error, cause);
  } else throw new MockConfigError(`${place} must have a Return, or a Throw with an Error.`);
}

const MAX_ATTEMPTS = 100_000;

function attemptsOf(text: string, response: string): number[] {
  const range = /^(\d+)(?:-(\d+))?$/.exec(text);
  const [first, last] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])];
  if (!range || last < first || last > MAX_ATTEMPTS) throw new MockConfigError(`MockedResponses.${response}: '${text}' is no attempt ("0") and no range of attempts ("1-3").`);
  return Array.from({ length: last - first + 1 }, (_none, index) => first + index);
}

function member(value: unknown, name: string, place: string): JsonObject {
  const found = isJsonObject(value as Json) && Object.hasOwn(value as JsonObject, name) ? (value as JsonObject)[name] : undefined;
  if (isJsonObject(found ?? null)) return found as JsonObject;
  const known = isJsonObject(value as Json) ? Object.keys(value as JsonObject).slice(0, 20) : [];
  throw new MockConfigError(`${place === '' ? 'The mock configuration' : place} has no '${name}'.${known.length > 0 ? ` It has: ${known.join(', ')}.` : ''}`);
}
