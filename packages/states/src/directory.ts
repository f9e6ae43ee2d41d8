import { createRandom, nextUint32, nextUuid, RecordMap, type Effect, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReplyTo, type StepContext, type TaskRequest } from '@interstate/kernel';
import type { ExecutionEnd } from '@interstate/core';
import { createActivity } from './actions/create-activity.ts';
import { createStateMachine } from './actions/create-state-machine.ts';
import { deleteActivity } from './actions/delete-activity.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './actions/send-task.ts';
import { startExecution } from './actions/start-execution.ts';
import { stopExecution } from './actions/stop-execution.ts';
import { readRecord, writeRecord, type DirectoryState, type TokenRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { childEnded, runTask } from './tasks.ts';

/** What an action may draw on while it answers one call. */
export interface ActionContext {
  readonly state: DirectoryState;
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  readonly now: number;
  readonly effects: Effect[];
  readonly hash: (text: string) => string;
  uuid(): string;
  seed(): [number, number, number, number];
}

/** An action of the service: input to output, effects beside. @throws StatesError */
export type Action = (context: ActionContext, input: JsonObject) => Json;

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateActivity: createActivity,
  CreateStateMachine: createStateMachine,
  DeleteActivity: deleteActivity,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StopExecution: stopExecution,
};

/** The request of a `call` to the directory: an API call by its name. */
export interface ApiRequest {
  readonly action: string;
  readonly input: JsonObject;
}

export const DIRECTORY_KIND = 'states:directory';

/**
 * The directory of the Step Functions service: knows state machines, executions by name, activities and task tokens.
 * Spawned with the notice `{ type: 'open', region, account, seed }`.
 */
export function directoryMachine(address: string, region: string, account: string): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    load: (saved): DirectoryState => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    step(state: DirectoryState, message: Message, { now, crypto }: StepContext) {
      const effects: Effect[] = [];
      const context: ActionContext = {
        state,
        directory: address,
        region,
        account,
        now,
        effects,
        hash: (text) => crypto.hash('SHA-256', text),
        uuid: () => draw(state, nextUuid),
        seed: () => draw(state, (random) => [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)]),
      };
      receive(context, message);
      return { effects, journal: [] };
    },
  };
}

/** Draws from the directory's own generator, whose state is a record like any other. */
function draw<T>(state: DirectoryState, take: (random: [number, number, number, number]) => T): T {
  const random = [...(state.records.get('random') as [number, number, number, number])] as [number, number, number, number];
  const value = take(random);
  state.records.set('random', random);
  return value;
}

function receive(context: ActionContext, message: Message): void {
  if (message.type === 'call') {
    const outcome = answer(context, message.request as unknown as ApiRequest | TaskRequest, message.replyTo);
    if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
  } else if (message.type === 'notice') noticed(context, message.from, message.notice as JsonObject);
}

function answer(context: ActionContext, request: ApiRequest | TaskRequest, replyTo: ReplyTo): Outcome | undefined {
  try {
    if ('resource' in request) return runTask(context, request, replyTo);
    const action = Object.hasOwn(ACTIONS, request.action) ? ACTIONS[request.action] : undefined;
    if (!action) throw new StatesError('ValidationException', { reason: `The operation '${request.action}' is not offered.` });
    return { ok: true, value: action(context, request.input) };
  } catch (error) {
    if (error instanceof StatesError) return { ok: false, error: error.toFailure() };
    throw error;
  }
}

function noticed(context: ActionContext, from: string, notice: JsonObject): void {
  const { state } = context;
  switch (notice['type']) {
    case 'open':
      state.records.set('random', createRandom(notice['seed'] as unknown as [number, number, number, number]) as unknown as Json);
      return;
    case 'taskToken':
      return writeRecord<TokenRecord>(state, `token:${notice['token'] as string}`, { executionArn: from, callId: notice['callId'] as string });
    case 'taskTokenClosed': {
      const key = `token:${notice['token'] as string}`;
      const token = readRecord<TokenRecord>(state, key);
      if (token) writeRecord<TokenRecord>(state, key, { ...token, closed: true });
      return;
    }
    case 'executionEnded':
      return childEnded(context, notice as unknown as ExecutionEnd);
  }
}
