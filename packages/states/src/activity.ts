import { RecordMap, type Effect, type Json, type JsonObject, type Machine, type Message, type ReplyTo, type TaskRequest } from '@interstate/kernel';
import { StatesError } from './errors.ts';
import { STATES_LIMITS, type StatesLimits } from './limits.ts';

export const ACTIVITY_KIND = 'states:activity';

/** Scheduled Tasks that no worker has taken, under `task:<n>`; workers that wait, under `poll:<n>`. Both in order. */
interface ActivityState {
  readonly records: RecordMap;
  /** Keys of the records, first in first out; what a caller has here, by caller. */
  readonly tasks: Set<string>;
  readonly polls: Set<string>;
  readonly callers: Map<string, string>;
}

interface ScheduledTask {
  readonly replyTo: ReplyTo;
  readonly token: string;
  readonly input: Json;
}

interface Poll {
  readonly replyTo: ReplyTo;
  readonly workerName: string | null;
}

/**
 * An activity: hands the Tasks scheduled on it to workers that ask. Executions call it with a TaskRequest, whose answer comes
 * by task token; workers call it with `{ action: 'GetActivityTask', input: { workerName? } }` and wait up to 60 seconds.
 */
export function activityMachine(limits: StatesLimits = STATES_LIMITS): Machine<ActivityState> {
  return {
    kind: ACTIVITY_KIND,
    load: loadActivity,
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, { now }) {
      state.records.begin();
      const effects: Effect[] = [];
      receive(state, message, now, limits, effects);
      match(state, effects);
      return { effects, journal: [] };
    },
  };
}

function loadActivity(saved: ReadonlyMap<string, Json>): ActivityState {
  // A store may give records in any order; the numbers in their keys give it back.
  const state: ActivityState = { records: new RecordMap([...saved].sort(([a], [b]) => (a < b ? -1 : 1))), tasks: new Set(), polls: new Set(), callers: new Map() };
  for (const [key, value] of state.records.all()) {
    if (key.startsWith('task:')) add(state, 'tasks', key, value);
    else if (key.startsWith('poll:')) add(state, 'polls', key, value);
  }
  return state;
}

function add(state: ActivityState, queue: 'tasks' | 'polls', key: string, value: Json): void {
  state[queue].add(key);
  state.callers.set(callerOf((value as unknown as { replyTo: ReplyTo }).replyTo), key);
}

function remove(state: ActivityState, key: string): { readonly replyTo: ReplyTo } | undefined {
  const value = state.records.get(key) as unknown as { replyTo: ReplyTo } | undefined;
  if (!value) return undefined;
  state.records.delete(key);
  state.tasks.delete(key);
  state.polls.delete(key);
  state.callers.delete(callerOf(value.replyTo));
  return value;
}

function callerOf({ address, callId }: ReplyTo): string {
  return `${callId} ${address}`;
}

function receive(state: ActivityState, message: Message, now: number, limits: StatesLimits, effects: Effect[]): void {
  switch (message.type) {
    case 'call': {
      const request = message.request as JsonObject;
      if ('resource' in request) return schedule(state, request as unknown as TaskRequest, message.replyTo, effects);
      if (state.polls.size >= limits.activityPollers) {
        effects.push({ type: 'reply', to: message.replyTo, outcome: { ok: false, error: new StatesError('ActivityWorkerLimitExceeded').toFailure() } });
        return;
      }
      const poll: Poll = { replyTo: message.replyTo, workerName: ((request['input'] as JsonObject)['workerName'] as string | undefined) ?? null };
      const key = keep(state, 'polls', poll as unknown as Json);
      effects.push({ type: 'timer', key, at: now + limits.activityPollSeconds * 1000, housekeeping: true });
      return;
    }
    case 'timer': {
      // Nothing came while the worker waited: it gets an empty answer and asks again.
      const poll = remove(state, message.key);
      if (poll) effects.push({ type: 'reply', to: poll.replyTo, outcome: { ok: true, value: {} } });
      return;
    }
    case 'cancelled': {
      const key = state.callers.get(callerOf(message.replyTo));
      if (key === undefined) return;
      remove(state, key);
      if (key.startsWith('poll:')) effects.push({ type: 'clearTimer', key });
      return;
    }
    case 'notice':
      if ((message.notice as JsonObject)['type'] === 'close') state.records.set('closed', true);
  }
}

function schedule(state: ActivityState, request: TaskRequest, replyTo: ReplyTo, effects: Effect[]): void {
  if (state.records.has('closed')) {
    const error = { Error: 'States.Runtime', Cause: `The activity ${request.resource} does not exist.` };
    effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error } });
    return;
  }
  const task: ScheduledTask = { replyTo, token: request.taskToken!, input: request.arguments };
  keep(state, 'tasks', task as unknown as Json);
  effects.push({ type: 'progress', to: replyTo, news: { type: 'scheduled' } });
}

function match(state: ActivityState, effects: Effect[]): void {
  for (;;) {
    const [pollKey] = state.polls;
    const [taskKey] = state.tasks;
    if (pollKey === undefined || taskKey === undefined) return;
    const poll = remove(state, pollKey) as unknown as Poll;
    const task = remove(state, taskKey) as unknown as ScheduledTask;
    const { workerName } = poll;
    effects.push({ type: 'clearTimer', key: pollKey });
    effects.push({ type: 'progress', to: task.replyTo, news: { type: 'started', ...(workerName !== null && { workerName }) } });
    const value = { taskToken: task.token, input: JSON.stringify(task.input) };
    effects.push({ type: 'reply', to: poll.replyTo, outcome: { ok: true, value } });
  }
}

function keep(state: ActivityState, queue: 'tasks' | 'polls', value: Json): string {
  const next = ((state.records.get('next') as number | undefined) ?? 0) + 1;
  state.records.set('next', next);
  const key = `${queue === 'tasks' ? 'task' : 'poll'}:${String(next).padStart(12, '0')}`;
  state.records.set(key, value);
  add(state, queue, key, value);
  return key;
}
