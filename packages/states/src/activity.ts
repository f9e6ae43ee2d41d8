import { RecordMap, type Effect, type Json, type JsonObject, type Machine, type Message, type ReplyTo, type TaskRequest } from '@interstate/kernel';
import { STATES_LIMITS } from './limits.ts';

export const ACTIVITY_KIND = 'states:activity';

/** Scheduled Tasks that no worker has taken, under `task:<n>`; workers that wait, under `poll:<n>`. Both in order. */
interface ActivityState {
  readonly records: RecordMap;
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
export function activityMachine(): Machine<ActivityState> {
  return {
    kind: ACTIVITY_KIND,
    // A store may give records in any order; the numbers in their keys give it back.
    load: (saved) => ({ records: new RecordMap([...saved].sort(([a], [b]) => (a < b ? -1 : 1))) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step({ records }, message, { now }) {
      records.begin();
      const effects: Effect[] = [];
      receive(records, message, now, effects);
      match(records, effects);
      return { effects, journal: [] };
    },
  };
}

function receive(records: RecordMap, message: Message, now: number, effects: Effect[]): void {
  switch (message.type) {
    case 'call': {
      const request = message.request as JsonObject;
      if ('resource' in request) return schedule(records, request as unknown as TaskRequest, message.replyTo, effects);
      const poll: Poll = { replyTo: message.replyTo, workerName: ((request['input'] as JsonObject)['workerName'] as string | undefined) ?? null };
      const key = nextKey(records, 'poll');
      records.set(key, poll as unknown as Json);
      effects.push({ type: 'timer', key, at: now + STATES_LIMITS.activityPollSeconds * 1000, housekeeping: true });
      return;
    }
    case 'timer': {
      // Nothing came while the worker waited: it gets an empty answer and asks again.
      const poll = records.get(message.key) as unknown as Poll | undefined;
      records.delete(message.key);
      if (poll) effects.push({ type: 'reply', to: poll.replyTo, outcome: { ok: true, value: {} } });
      return;
    }
    case 'cancelled':
      for (const [key, value] of [...records.entries('')]) {
        const { replyTo } = value as unknown as { replyTo?: ReplyTo };
        if (replyTo?.address === message.replyTo.address && replyTo.callId === message.replyTo.callId) records.delete(key);
      }
      return;
    case 'notice':
      if ((message.notice as JsonObject)['type'] === 'close') records.set('closed', true);
  }
}

function schedule(records: RecordMap, request: TaskRequest, replyTo: ReplyTo, effects: Effect[]): void {
  if (records.has('closed')) {
    const error = { Error: 'States.Runtime', Cause: `The activity ${request.resource} does not exist.` };
    effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error } });
    return;
  }
  const task: ScheduledTask = { replyTo, token: request.taskToken!, input: request.arguments };
  records.set(nextKey(records, 'task'), task as unknown as Json);
  effects.push({ type: 'progress', to: replyTo, news: { type: 'scheduled' } });
}

function match(records: RecordMap, effects: Effect[]): void {
  for (;;) {
    const [polling] = records.entries('poll:');
    const [waiting] = records.entries('task:');
    if (!polling || !waiting) return;
    const [pollKey, poll] = polling as unknown as [string, Poll];
    const [taskKey, task] = waiting as unknown as [string, ScheduledTask];
    records.delete(pollKey);
    records.delete(taskKey);
    const { workerName } = poll;
    effects.push({ type: 'clearTimer', key: pollKey });
    effects.push({ type: 'progress', to: task.replyTo, news: { type: 'started', ...(workerName !== null && { workerName }) } });
    const value = { taskToken: task.token, input: JSON.stringify(task.input) };
    effects.push({ type: 'reply', to: poll.replyTo, outcome: { ok: true, value } });
  }
}

function nextKey(records: RecordMap, prefix: string): string {
  const next = ((records.get('next') as number | undefined) ?? 0) + 1;
  records.set('next', next);
  return `${prefix}:${String(next).padStart(12, '0')}`;
}
