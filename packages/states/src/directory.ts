import { createRandom, isJsonObject, type Effect, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReplyTo, type StepContext, type TaskRequest } from '@interstate/kernel';
import type { ExecutionEnd, ExecutionRedriven } from '@interstate/core';
import { pascalName, quickCheck, validateRequest, type QuickCheck, type StructureShape } from '@interstate/service-kit';
import { ActionContext, type Action, type DirectoryOptions } from './action.ts';
import { INPUT_SHAPES, type OperationName } from './input-shapes.ts';
import type { DirectoryState, WaitingRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { executionEnded, executionRedriven, tokenClosed, tokenOpened } from './execution-news.ts';
import { forgetMachines } from './host-door.ts';
import { loadDirectory, ROOT, rootRecord } from './load-directory.ts';
import { asksForChild, childFound, findChild, type ChildCall } from './map-run/child-execution.ts';
import { mapRunChanged } from './map-run/registry.ts';
import { OPERATIONS } from './operations.ts';
import { RETENTION_TIMER, sweep } from './retention.ts';
import { sdkInput, sdkOutcome } from './sdk-task.ts';
import { runTask, withdrawTask } from './tasks.ts';
import { answeredElsewhere, withdraw } from './waiting.ts';

/** The request of a `call` to the directory: an operation by its name, and its input as AWS names it. */
export interface ApiRequest {
  readonly action: string;
  readonly input: JsonObject;
  /** For starts: `history`, `limits` and `asOf` of a StartNotice. */
  readonly wishes?: JsonObject;
}

export type { Action, ActionContext } from './action.ts';

export const DIRECTORY_KIND = 'states:directory';

const NOTHING: readonly never[] = [];

/**
 * The directory of the Step Functions service of an account and region: knows state machines with their revisions, versions and
 * aliases, executions, activities and task tokens. Spawned with the notice `{ type: 'open', seed }`.
 */
export function directoryMachine(options: DirectoryOptions): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    load: (saved) => loadDirectory(saved, options),
    changes: (state) => [...state.records.changes(), [ROOT, rootRecord(state)]],
    records: (state) => new Map([...state.records.all(), [ROOT, rootRecord(state)]]),
    step(state: DirectoryState, message: Message, { now, crypto }: StepContext) {
      state.records.begin();
      const context = new ActionContext(options, state, now, crypto, message.type === 'call' ? message.replyTo : null);
      const reply = receive(context, message);
      const { effects } = context;
      // A list of one takes less room than one that grows.
      if (reply && effects.length === 0) return { effects: [reply], journal: NOTHING };
      if (reply) effects.push(reply);
      return { effects, journal: NOTHING };
    },
  };
}

/** What a message sets going, beside the context's effects: the reply to a call that is answered at once. */
function receive(context: ActionContext, message: Message): Effect | void {
  switch (message.type) {
    case 'call': {
      const outcome = answer(context, message.request as unknown as ApiRequest | TaskRequest, message.replyTo);
      return outcome && { type: 'reply', to: message.replyTo, outcome };
    }
    case 'notice':
      return noticed(context, message.from, message.notice as JsonObject);
    case 'reply':
      return answeredElsewhere(context, message.callId, message.outcome, (waiting, call) => goOn(context, waiting, call, message.outcome));
    case 'cancelled':
      withdraw(context, message.replyTo);
      return withdrawTask(context, message.replyTo);
    case 'timer':
      if (message.key === RETENTION_TIMER) sweep(context);
      return;
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

/** A call goes on with the child execution it asks for. */
function goOn({ options, state, now, crypto, effects }: ActionContext, { replyTo, sdk }: WaitingRecord, call: ChildCall, found: Outcome): void {
  const context = new ActionContext(options, state, now, crypto, replyTo);
  context.isSdkTask = sdk === true;
  context.child = childFound(context, call, found);
  const outcome = settle(context, call);
  effects.push(...context.effects);
  if (outcome) effects.push({ type: 'reply', to: replyTo, outcome });
}

function answer(context: ActionContext, request: ApiRequest | TaskRequest, replyTo: ReplyTo): Outcome | undefined {
  if ('resource' in request && request.service === 'states') return runTask(context, request, replyTo);
  if ('resource' in request) return runSdkTask(context, request);
  return settle(context, request);
}

/** The outcome of an operation, as its caller wants it; undefined where it comes later. */
function settle(context: ActionContext, request: ApiRequest): Outcome | undefined {
  let outcome: Outcome;
  try {
    const value = callOperation(context, request);
    if (value === undefined) return undefined;
    outcome = { ok: true, value };
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    outcome = { ok: false, error: error.toFailure() };
  }
  return context.isSdkTask ? sdkOutcome(outcome, context.uuid()) : outcome;
}

interface Operation {
  readonly answer: Action;
  readonly shape: StructureShape;
  readonly looksRight: QuickCheck;
}

// A Map, for every call of the API asks it.
const BY_NAME: ReadonlyMap<string, Operation> = new Map(
  (Object.keys(OPERATIONS) as OperationName[]).map((name) => [name, { answer: OPERATIONS[name]!, shape: INPUT_SHAPES[name], looksRight: quickCheck(INPUT_SHAPES[name]) }]),
);

/** A Task that calls the API as `aws-sdk:sfn` does. */
function runSdkTask(context: ActionContext, { action, arguments: given }: TaskRequest): Outcome | undefined {
  context.isSdkTask = true;
  return settle(context, { action: pascalName(action), input: (isJsonObject(given) ? sdkInput(given) : {}) as JsonObject });
}

/** Checks a request against its shape and answers it; undefined where the answer comes later. @throws StatesError */
export function callOperation(context: ActionContext, { action, input, wishes }: ApiRequest): Json | undefined {
  const operation = BY_NAME.get(action);
  if (!operation) throw new StatesError('UnknownOperationException', { name: action });
  if (!operation.looksRight(input)) {
    const fault = validateRequest(operation.shape, input);
    if (fault) throw new StatesError(fault.code, { reason: fault.message });
    input = withoutNulls(input);
  }
  if (context.child === undefined && asksForChild(input)) return void findChild(context, { action, input }, context.replyTo!);
  return operation.answer(context, input, wishes);
}

function noticed(context: ActionContext, from: string, notice: JsonObject): void {
  const { state } = context;
  switch (notice['type']) {
    case 'executionEnded':
      return executionEnded(context, notice as unknown as ExecutionEnd);
    case 'forget':
      return forgetMachines(context, notice['addresses'] as readonly string[]);
    case 'mapRunChanged':
      return mapRunChanged(context, notice);
    case 'executionRedriven':
      return executionRedriven(context, notice as unknown as ExecutionRedriven);
    case 'taskToken':
      return tokenOpened(context, from, notice['token'] as string, notice['callId'] as string);
    case 'taskTokenClosed':
      return tokenClosed(context, notice['token'] as string);
    case 'eventsWanted':
      return eventsWanted(state, from, notice['wanted'] === true);
    case 'open':
      state.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
  }
}

/** An event bus begins or ceases to listen to status changes. */
function eventsWanted(state: DirectoryState, bus: string, wanted: boolean): void {
  state.eventBus = wanted ? bus : undefined;
  if (wanted) state.records.set('eventBus', bus);
  else state.records.delete('eventBus');
}

/** A member given as null is one that is not given. */
function withoutNulls(input: JsonObject): JsonObject {
  for (const key in input) if (input[key] === null) return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
  return input;
}
