import type { HistoryEvent, HistoryEventType } from '@interstate/core';

/**
 * What breaks the rules of execution histories: ids from 1 without a gap, times that never run back, every event after one
 * that came before it, states left as often as entered, and the rules of `previousEventId` that joins and failures follow.
 */
export function historyFaults(history: readonly HistoryEvent[]): string[] {
  const faults: string[] = [];
  const by = new Map(history.map((event) => [event.id, event]));
  const say = (event: HistoryEvent, problem: string): void => void faults.push(`event ${event.id} ${event.type} (previous ${event.previousEventId}): ${problem}`);
  const last = history.at(-1);

  history.forEach((event, index) => {
    const { id, previousEventId, type, timestamp } = event;
    if (id !== index + 1) say(event, `stands in place ${index + 1}`);
    if (previousEventId < 0 || previousEventId >= id) say(event, 'follows an event that is not earlier');
    if (index > 0 && timestamp < history[index - 1]!.timestamp) say(event, 'is earlier than the event before it');
    if (TERMINAL.has(type) && event !== last) say(event, 'is not the last');
    const previous = by.get(previousEventId);
    const mayFollow = FOLLOWS[type];
    if (mayFollow && !mayFollow(previous?.type)) say(event, `may not follow ${previous?.type ?? 'nothing'}`);
    if (NEVER_FOLLOWED.has(previous?.type ?? 'PassStateEntered')) say(event, `follows ${previous!.type}, which ends nothing that goes on`);
  });

  if (history[0]?.type !== 'ExecutionStarted') faults.push('does not begin with ExecutionStarted');
  if (!last || !TERMINAL.has(last.type)) faults.push('does not end with the execution');
  if (last?.type === 'ExecutionSucceeded') faults.push(...unbalanced(history));
  return faults;
}

const TERMINAL: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut']);

/** Side events: recorded beside a thread that does not go on from them. MapIterationSucceeded is what only a join may follow. */
const NEVER_FOLLOWED: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>([
  'ExecutionStarted', 'MapStateSucceeded', 'ParallelStateSucceeded', 'MapIterationFailed', 'MapIterationAborted',
  'TaskStateAborted', 'WaitStateAborted', 'MapStateAborted', 'ParallelStateAborted',
]);

type Follows = (previous: HistoryEventType | undefined) => boolean;

const after = (...types: HistoryEventType[]): Follows => (previous) => previous !== undefined && types.includes(previous);
const nothing: Follows = (previous) => previous === undefined;

/** What an event may follow, where that is fixed. */
const FOLLOWS: Partial<Readonly<Record<HistoryEventType, Follows>>> = {
  ExecutionStarted: nothing,
  ExecutionAborted: nothing,
  ExecutionTimedOut: nothing,
  PassStateExited: after('PassStateEntered'),
  ChoiceStateExited: after('ChoiceStateEntered'),
  WaitStateExited: after('WaitStateEntered'),
  SucceedStateExited: after('SucceedStateEntered'),
  TaskStateExited: after('TaskSucceeded', 'TaskFailed', 'TaskTimedOut', 'LambdaFunctionSucceeded', 'LambdaFunctionFailed', 'LambdaFunctionTimedOut', 'EvaluationFailed'),
  TaskStarted: after('TaskScheduled'),
  TaskSubmitted: after('TaskStarted'),
  TaskSucceeded: after('TaskStarted', 'TaskSubmitted'),
  TaskFailed: after('TaskStarted', 'TaskSubmitted'),
  TaskTimedOut: after('TaskStarted', 'TaskSubmitted'),
  LambdaFunctionStarted: after('LambdaFunctionScheduled'),
  LambdaFunctionSucceeded: after('LambdaFunctionStarted'),
  LambdaFunctionFailed: after('LambdaFunctionStarted'),
  LambdaFunctionTimedOut: after('LambdaFunctionStarted'),
  TaskScheduled: after('TaskStateEntered', 'TaskFailed', 'TaskTimedOut', 'EvaluationFailed'),
  LambdaFunctionScheduled: after('TaskStateEntered', 'LambdaFunctionFailed', 'LambdaFunctionTimedOut', 'EvaluationFailed'),
  MapRunStarted: after('MapStateStarted'),
  MapRunSucceeded: after('MapRunStarted'),
  MapRunFailed: after('MapRunStarted'),
};

/** In a run that succeeded without failures inside, every state that was entered has been left. */
function unbalanced(history: readonly HistoryEvent[]): string[] {
  const count = (pattern: RegExp): number => history.filter(({ type }) => pattern.test(type)).length;
  if (count(/Failed$|TimedOut$|Aborted$|^FailState/) > 0) return [];
  const faults: string[] = [];
  const same = (what: string, entered: number, left: number): void => void (entered !== left && faults.push(`${what}: ${entered} begun, ${left} ended`));
  same('states', count(/StateEntered$/), count(/StateExited$/));
  same('iterations', count(/^MapIterationStarted$/), count(/^MapIterationSucceeded$/));
  same('Map states', count(/^MapStateStarted$/), count(/^MapStateSucceeded$/));
  same('Parallel states', count(/^ParallelStateStarted$/), count(/^ParallelStateSucceeded$/));
  return faults;
}
