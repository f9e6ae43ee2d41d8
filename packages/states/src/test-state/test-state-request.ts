import { invalidDefinitionMessage, readTestedState, type ProbeOf, type Program, type State } from '@interstate/core';
import { isJsonObject, type Json, type JsonObject, type Outcome, type ResponseSchemas } from '@interstate/kernel';
import { StatesError } from '../errors.ts';
import { jsonFault } from '../json-text.ts';
import { contextFault } from './context-fault.ts';
import { readMock } from './mock.ts';
import { refused } from './refused.ts';

/** A TestState call, checked and read. */
export interface TestStateRequest {
  readonly program: Program;
  readonly state: State;
  readonly input: Json;
  readonly variables: JsonObject;
  readonly context: JsonObject | undefined;
  /** How the work is made to end. */
  readonly mock: Outcome | undefined;
  readonly inspectionLevel: 'INFO' | 'DEBUG' | 'TRACE';
  readonly roleArn: string | undefined;
  readonly configuration: TestStateConfiguration;
}

export interface TestStateConfiguration {
  readonly retrierRetryCount?: number;
  readonly errorCausedByState?: string;
  readonly mapIterationFailureCount?: number;
  /** As it is found in its source: JSON, JSON Lines, CSV… */
  readonly mapItemReaderData?: string;
}

/** Reads the input of TestState, whose members have the types of its shape. @throws StatesError */
export function readRequest(given: JsonObject, schemas: ResponseSchemas | undefined, probeOf: ProbeOf | undefined): TestStateRequest {
  const text = (member: string): string | undefined => given[member] as string | undefined;
  const configuration = withoutNulls((given['stateConfiguration'] ?? {}) as JsonObject) as TestStateConfiguration;
  const { program, state } = readDefinition(text('definition') ?? '', text('stateName'), probeOf);
  const mocked = given['mock'] as JsonObject | undefined;
  if (mocked === undefined) assertWithoutMock(state, configuration, given);
  const mock = mocked && readMock(state, withoutNulls(mocked), given['revealSecrets'] === true, schemas);
  const context = text('context');
  return {
    program,
    state,
    input: readJson(text('input') ?? '{}', (reason) => new StatesError('InvalidExecutionInput', { reason })),
    variables: readVariables(text('variables') ?? '{}'),
    context: context === undefined ? undefined : readContext(context, state),
    mock,
    inspectionLevel: (text('inspectionLevel') ?? 'INFO') as TestStateRequest['inspectionLevel'],
    roleArn: text('roleArn'),
    configuration,
  };
}

function readDefinition(definition: string, stateName: string | undefined, probeOf: ProbeOf | undefined): { readonly program: Program; readonly state: State } {
  const read = readTestedState(definition, stateName, probeOf);
  if ('diagnostics' in read) throw new StatesError('InvalidDefinition', { reason: invalidDefinitionMessage(read.diagnostics) });
  if (read.state === undefined) throw refused('State not found in definition');
  return { program: read.program, state: read.state };
}

function assertWithoutMock(state: State, configuration: TestStateConfiguration, given: JsonObject): void {
  const configured = Object.keys(configuration)[0];
  if (configured !== undefined) throw refused(`TestState does not support ${configured[0]!.toUpperCase()}${configured.slice(1)} when a mock is not specified.`);
  if (given['context'] !== undefined) throw refused('TestState does not support Context when a mock is not specified.');
  if (state.type === 'Map' || state.type === 'Parallel') throw unsupported('Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]');
  if (state.type !== 'Task') return;
  if (state.resource.events === 'Activity') throw unsupported('Activity tasks');
  if (state.usesToken) throw unsupported("'.sync' or '.waitForTaskToken' integration patterns.");
  if (given['roleArn'] === undefined) throw refused('RoleArn must be specified when testing a Task state');
}

function unsupported(what: string): StatesError {
  return new StatesError('InvalidDefinition', { reason: `TestState API does not support ${what}` });
}

function readVariables(text: string): JsonObject {
  const variables = readJson(text, (reason) => refused(`Invalid variables provided: ${reason}`));
  if (!isJsonObject(variables)) throw refused('Invalid variables provided: must be an object');
  return variables;
}

function readContext(text: string, state: State): JsonObject {
  const invalid = (reason: string): StatesError => refused(`Invalid Context object provided: ${reason}`);
  const context = readJson(text, invalid);
  const fault = contextFault(context);
  if (fault !== undefined) throw invalid(fault);
  const mayHaveToken = state.type === 'Task' && state.usesToken;
  if (Object.hasOwn(context as JsonObject, 'Task') && !mayHaveToken) {
    throw refused("Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern");
  }
  return context as JsonObject;
}

/** A member given as null is one that is not given. */
function withoutNulls(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

function readJson(text: string, refuse: (reason: string) => StatesError): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refuse(jsonFault(text));
  }
}
