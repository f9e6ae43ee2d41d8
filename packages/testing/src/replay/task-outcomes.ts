import type { Json } from '@interstate/kernel';
import { splitLanes, type Lane } from './lanes.ts';
import type { RecordedHistory } from './read-history.ts';
import { detailsOf, type RecordedEvent, type TaskOutcome } from './recorded-event.ts';

type OpenOutcome = { -readonly [Key in keyof TaskOutcome]: TaskOutcome[Key] };

interface OpenTask {
  readonly outcome: OpenOutcome;
  readonly scheduledAt: number;
}

/** How each Task attempt of a history ended, in the order they were scheduled. */
export function taskOutcomesOf({ events, times }: Pick<RecordedHistory, 'events' | 'times'>): TaskOutcome[] {
  const { byEvent } = splitLanes(events);
  const states = new Map<Lane, { readonly name: string; attempts: number }>();
  const open = new Map<Lane, OpenTask>();
  const outcomes: TaskOutcome[] = [];
  const timeOf = ({ id }: RecordedEvent): number => times.get(id) ?? 0;
  for (const event of events) {
    const lane = byEvent.get(event.id)!;
    const details = detailsOf(event);
    if (event.type.endsWith('StateEntered')) states.set(lane, { name: String(details['name']), attempts: 0 });
    const kind = /^(Task|LambdaFunction|Activity)(Scheduled|ScheduleFailed|Started|StartFailed|Submitted|SubmitFailed|Succeeded|Failed|TimedOut)$/.exec(event.type);
    if (!kind) continue;
    if (kind[2] === 'Scheduled' || (kind[2] === 'ScheduleFailed' && !open.has(lane))) {
      const state = states.get(lane);
      if (state) state.attempts++;
      const outcome: OpenOutcome = { state: state?.name ?? null, attempt: state?.attempts ?? 1, iteration: lane.iteration, resource: String(details['resource'] ?? ''), none: true };
      outcomes.push(outcome);
      open.set(lane, { outcome, scheduledAt: timeOf(event) });
    }
    const task = open.get(lane);
    if (task && note(task.outcome, kind[1]!, kind[2]!, details)) {
      delete task.outcome.none;
      const afterMs = timeOf(event) - task.scheduledAt;
      if (afterMs > 0) task.outcome.afterMs = afterMs;
      open.delete(lane);
    }
  }
  return outcomes;
}

/** Takes in what an event says of a Task; true where it has ended. */
function note(outcome: OpenOutcome, kind: string, what: string, details: Readonly<Record<string, Json>>): boolean {
  switch (what) {
    case 'Started':
      if (kind !== 'Activity') return false;
      outcome.started = true;
      if (typeof details['workerName'] === 'string') outcome.workerName = details['workerName'];
      return false;
    case 'Submitted':
      outcome.submitted = details['output'] ?? null;
      return false;
    case 'Succeeded':
      outcome.result = details['output'] ?? null;
      return true;
    case 'TimedOut':
      // The engine's own clock ends it; a failure by this name is no time-out.
      outcome.timeout = true;
      return true;
    case 'Scheduled':
      return false;
    default:
      outcome.error = typeof details['error'] === 'string' ? details['error'] : null;
      if (details['cause'] !== undefined) outcome.cause = details['cause'];
      return true;
  }
}
