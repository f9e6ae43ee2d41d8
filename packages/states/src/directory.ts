import { createRandom, nextUint32, nextUuid, RecordMap, type Effect, type Json, type JsonObject, type Machine, type Message, type Outcome, type RandomState, type ReplyTo, type StepContext, type TaskRequest } from '@interstate/kernel';
import type { ExecutionEnd } from '@interstate/core';
import { createActivity } from './actions/create-activity.ts';
import { createStateMachine } from './actions/create-state-machine.ts';
import { deleteActivity } from './actions/delete-activity.ts';
import { describeMapRun } from './actions/describe-map-run.ts';
import { listMapRuns } from './actions/list-map-runs.ts';
import { redriveExecution } from './actions/redrive-execution.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './actions/send-task.ts';
import { startExecution } from './actions/start-execution.ts';
import { stopExecution } from './actions/stop-execution.ts';
import { updateMapRun } from './actions/update-map-run.ts';
import { readRecord, writeRecord, type DirectoryState, type TokenRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { mapRunChanged } from './map-run/registry.ts';
import { childEnded, runTask } from './tasks.ts';

/** What an action may draw on while it answers one call. */
export class ActionContext {
  readonly effects: Effect[] = [];

  constructor(
    readonly state: DirectoryState,
    readonly directory: string,
    readonly region: string,
    readonly account: string,
    readonly now: number,
    /** Who called; null while no call is being answered. */
    private readonly replyTo: ReplyTo | null,
  ) {}

  /** Leaves the answer of this call to the machine that owns the resource: what it replies is passed on. */
  forward(to: string, request: ApiRequest): undefined {
    const callId = `forward.${this.uuid()}`;
    writeRecord(this.state, `forward:${callId}`, this.replyTo!);
    this.effects.push({ type: 'call', to, callId, request: request as unknown as Json });
    return undefined;
  }

  uuid(): string {
    return nextUuid(this.state.random);
  }

  seed(): [number, number, number, number] {
    const { random } = this.state;
    return [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  }
}

/** An action of the service: input to output, effects beside; undefined where the answer comes later. @throws StatesError */
export type Action = (context: ActionContext, input: JsonObject) => Json | undefined;

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateActivity: createActivity,
  CreateStateMachine: createStateMachine,
  DeleteActivity: deleteActivity,
  DescribeMapRun: describeMapRun,
  ListMapRuns: listMapRuns,
  RedriveExecution: redriveExecution,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StopExecution: stopExecution,
  UpdateMapRun: updateMapRun,
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
    load: (saved): DirectoryState => {
      const { random = UNSEEDED as unknown as Json } = { random: saved.get('random') };
      return { records: new RecordMap([...saved].filter(([key]) => key !== 'random')), random: [...(random as unknown as RandomState)] };
    },
    changes: ({ records, random }) => [...records.changes(), ['random', [...random]]],
    records: ({ records, random }) => new Map([...records.all(), ['random', [...random]]]),
    step(state: DirectoryState, message: Message, { now }: StepContext) {
      state.records.begin();
      const context = new ActionContext(state, address, region, account, now, message.type === 'call' ? message.replyTo : null);
      receive(context, message);
      return { effects: context.effects, journal: [] };
    },
  };
}

const UNSEEDED: RandomState = [1, 0, 0, 0];

function receive(context: ActionContext, message: Message): void {
  if (message.type === 'call') {
    const outcome = answer(context, message.request as unknown as ApiRequest | TaskRequest, message.replyTo);
    if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
  } else if (message.type === 'reply') passOn(context, message.callId, message.outcome);
  else if (message.type === 'notice') noticed(context, message.from, message.notice as JsonObject);
}

function answer(context: ActionContext, request: ApiRequest | TaskRequest, replyTo: ReplyTo): Outcome | undefined {
  try {
    if ('resource' in request) return runTask(context, request, replyTo);
    const action = Object.hasOwn(ACTIONS, request.action) ? ACTIONS[request.action] : undefined;
    if (!action) throw new StatesError('ValidationException', { reason: `The operation '${request.action}' is not offered.` });
    const value = action(context, request.input);
    return value === undefined ? undefined : { ok: true, value };
  } catch (error) {
    if (error instanceof StatesError) return { ok: false, error: error.toFailure() };
    throw error;
  }
}

/** The owner of a resource has answered a call that was forwarded to it. */
function passOn({ state, effects }: ActionContext, callId: string, outcome: Outcome): void {
  const key = `forward:${callId}`;
  const to = readRecord<ReplyTo>(state, key);
  state.records.delete(key);
  if (to) effects.push({ type: 'reply', to, outcome });
}

function noticed(context: ActionContext, from: string, notice: JsonObject): void {
  const { state } = context;
  switch (notice['type']) {
    case 'open':
      state.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
      return;
    case 'taskToken':
      return writeRecord<TokenRecord>(state, `token:${notice['token'] as string}`, { executionArn: from, callId: notice['callId'] as string });
    case 'taskTokenClosed': {
      const key = `token:${notice['token'] as string}`;
      const token = readRecord<TokenRecord>(state, key);
      if (token) writeRecord<TokenRecord>(state, key, { ...token, closed: true });
      return;
    }
    case 'mapRunChanged':
      return mapRunChanged(context, notice);
    case 'executionEnded':
      return childEnded(context, notice as unknown as ExecutionEnd);
  }
}
