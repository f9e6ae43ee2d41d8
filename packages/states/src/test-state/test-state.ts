import { testState as testCoreState, type ProbeOf, type StartNotice, type StateWork, type Tally, type TestedState } from '@interstate/core';
import type { Crypto, EpochMs, Json, JsonObject, Outcome, ResponseSchemas, TaskCheck, TaskRequest } from '@interstate/kernel';
import { httpExchange } from './http-exchange.ts';
import { inspectionData, type Seen } from './inspection-data.ts';
import { mapOutcome, type ItemDataReader, type MapStages } from './map-work.ts';
import { readRequest, type TestStateRequest } from './test-state-request.ts';

/** Where a state is tested. The same environment and request give the same answer. */
export interface TestStateEnvironment {
  readonly region: string;
  readonly account: string;
  readonly now: EpochMs;
  readonly crypto: Crypto;
  /** Names the context object shows of the state machine and the execution, which never exist. */
  readonly stateMachineName: string;
  readonly executionName: string;
  readonly seed: StartNotice['seed'];
  /** Response schemas of services beyond those the service itself knows. */
  readonly schemas?: ResponseSchemas | undefined;
  readonly readItems?: ItemDataReader | undefined;
  readonly checkTask?: TaskCheck | undefined;
  /** Wants to know what runs. Told once the answer is a response. */
  readonly probeOf?: ProbeOf | undefined;
}

/** The answer; or, of a Task without mock, what its resource is to be asked first. */
export type TestStateAnswer = { readonly type: 'response'; readonly response: JsonObject } | { readonly type: 'call'; readonly request: TaskRequest };

/**
 * Implements TestState: runs one state, by itself, as an execution would. Waits are over at once.
 * A Task without mock gives `call`: ask its resource, and call again with the outcome.
 * @throws StatesError ValidationException, InvalidDefinition, InvalidExecutionInput
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 */
export function testState(given: JsonObject, environment: TestStateEnvironment, outcome?: Outcome): TestStateAnswer {
  const ran: Tally[] = [];
  const request = readRequest(given, environment.schemas, environment.probeOf && noted(environment.probeOf, ran));
  const { program, state, variables, context, configuration } = request;
  const mapStages: MapStages = {};
  const ended = outcome ?? request.mock;
  let asked: TaskRequest | undefined;
  const work = (what: StateWork): Outcome | undefined => {
    if (what.type === 'Task') asked = what.request;
    return ended && what.type === 'Map' ? mapOutcome(what, ended, configuration, environment.readItems, mapStages) : ended;
  };
  const tested = testCoreState(
    {
      program,
      state,
      start: startNotice(request, environment),
      variables,
      work,
      ...(context && { context }),
      ...(configuration.retrierRetryCount !== undefined && { retries: configuration.retrierRetryCount }),
      ...(environment.checkTask && { checkTask: environment.checkTask }),
    },
    environment,
  );
  if (tested.status === 'PENDING') return { type: 'call', request: asked! };
  for (const tally of ran) tally();
  // A result is there once the work has been asked for, whatever became of it.
  const result = asked !== undefined && ended?.ok ? ended.value : undefined;
  return { type: 'response', response: responseOf(request, { state, input: request.input, tested, result, mapStages }, asked) };
}

/** What would be told at once is kept: a Task that is asked first runs twice. */
function noted(probeOf: ProbeOf, ran: Tally[]): ProbeOf {
  return (definition, id) => {
    const probe = probeOf(definition, id);
    return (kind, pointer) => {
      const tally = probe(kind, pointer);
      return () => void ran.push(tally);
    };
  };
}

function startNotice({ input, roleArn = '' }: TestStateRequest, { region, account, stateMachineName, executionName, seed }: TestStateEnvironment): StartNotice {
  const of = `arn:aws:states:${region}:${account}`;
  return {
    type: 'start',
    programId: '',
    input,
    executionArn: `${of}:express:${stateMachineName}:${executionName}`,
    stateMachineArn: `${of}:stateMachine:${stateMachineName}`,
    roleArn,
    executionType: 'EXPRESS',
    history: false,
    seed,
  };
}

function responseOf({ inspectionLevel }: TestStateRequest, seen: Seen & { readonly tested: TestedState }, asked: TaskRequest | undefined): JsonObject {
  const { status, output, failure, nextState } = seen.tested;
  const response: Record<string, Json> = { status };
  if (output !== undefined) response['output'] = JSON.stringify(output);
  if (failure?.Error !== undefined) response['error'] = failure.Error;
  if (failure?.Cause !== undefined) response['cause'] = failure.Cause;
  if (nextState !== undefined) response['nextState'] = nextState;
  if (inspectionLevel === 'INFO') return response;
  response['inspectionData'] = { ...inspectionData(seen), ...(inspectionLevel === 'TRACE' && httpExchange(asked, seen.result)) };
  return response;
}
