import { nextUuid, type EpochMs, type Json, type JsonObject } from '@interstate/kernel';
import { fault, invalid, invalidValue } from './faults.ts';
import { sendAway } from './moving.ts';
import { nextLane } from './places.ts';
import type { QueueState } from './queue-state.ts';
import { unseal } from './sealing.ts';
import { readTaskHandle, writeTaskHandle } from './move-task-handle.ts';

/** Moving a dead-letter queue's messages on, as it is kept. */
export interface MoveTask {
  readonly taskId: string;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  /** Absent: each message goes back to where it comes from. */
  readonly destinationArn?: string;
  readonly maxPerSecond?: number;
  readonly startedAt: EpochMs;
  readonly toMove: number;
  readonly moved: number;
  readonly onTheWay: number;
  /** When the next second's messages go. */
  readonly tickAt: EpochMs;
  readonly failureReason?: string;
  /** Newer ones have greater numbers. */
  readonly number: number;
}

const SECOND = 1000;
/** Why tasks fail. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html */
const NO_QUEUE = 'AWS.SimpleQueueService.NonExistentQueue';
const NO_SOURCE = 'CouldNotDetermineMessageSource';

function taskKey(taskId: string): string {
  return `k:${taskId}`;
}

/** Tasks of a queue, newest first. */
function tasksOf({ small }: QueueState): MoveTask[] {
  return [...small.entries('k:')].map(([, task]) => task as unknown as MoveTask).sort((a, b) => b.number - a.number);
}

function running(state: QueueState): MoveTask | undefined {
  return state.taskId === undefined ? undefined : (state.small.get(taskKey(state.taskId)) as unknown as MoveTask | undefined);
}

export function moveTick(state: QueueState): EpochMs {
  return running(state)?.tickAt ?? Infinity;
}

/** What the directory has checked that spans queues. @throws ServiceFault */
export function startMessageMoveTask(state: QueueState, { SourceArn: sourceArn, DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: maxPerSecond }: JsonObject): Json {
  const { limits } = state.options;
  if (state.taskId !== undefined) throw invalid('There is already a task running. Only one active task is allowed for a source queue arn at a given time.');
  if (maxPerSecond !== undefined && ((maxPerSecond as number) < 1 || (maxPerSecond as number) > limits.movesPerSecond)) {
    throw invalidValue('MaxNumberOfMessagesPerSecond', maxPerSecond, `Must be >= 1 and <= ${limits.movesPerSecond}, if provided.`);
  }
  for (const { taskId } of tasksOf(state).slice(limits.moveTasks - 1)) state.small.delete(taskKey(taskId));
  const task: MoveTask = {
    taskId: nextUuid(state.root.random),
    status: 'RUNNING',
    ...(typeof destinationArn === 'string' && { destinationArn }),
    ...(typeof maxPerSecond === 'number' && { maxPerSecond }),
    startedAt: state.now,
    toMove: state.ready,
    moved: 0,
    onTheWay: 0,
    tickAt: state.now,
    number: ++state.root.calls,
  };
  saveTask(state, task);
  return { TaskHandle: writeTaskHandle({ taskId: task.taskId, sourceArn: sourceArn as string }) };
}

export function cancelMessageMoveTask(state: QueueState, { TaskHandle: text }: JsonObject): Json {
  const handle = readTaskHandle(text);
  if (handle === undefined) throw invalid('Value for parameter TaskHandle is invalid.');
  const task = state.small.get(taskKey(handle.taskId)) as unknown as MoveTask | undefined;
  if (task === undefined || task.taskId !== state.taskId) throw fault('ResourceNotFoundException', { reason: 'Task does not exist.' });
  saveTask(state, { ...task, status: task.onTheWay > 0 ? 'CANCELLING' : 'CANCELLED' });
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

export function listMessageMoveTasks(state: QueueState, { SourceArn: sourceArn, MaxResults: count = 1 }: JsonObject): Json {
  const { moveTasks } = state.options.limits;
  if ((count as number) < 1 || (count as number) > moveTasks) throw invalidValue('MaxResults', count, `Must be >= 1 and <= ${moveTasks}, if provided.`);
  const Results = tasksOf(state).slice(0, count as number).map((task) => ({
    ...(task.status === 'RUNNING' && { TaskHandle: writeTaskHandle({ taskId: task.taskId, sourceArn: sourceArn as string }) }),
    Status: task.status,
    SourceArn: sourceArn as string,
    ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
    ...(task.maxPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.maxPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
    StartedTimestamp: task.startedAt,
  }));
  return { Results };
}

/** Sends on what the task may in this second. */
export function continueMoving(state: QueueState): void {
  const task = running(state);
  if (task === undefined || task.status !== 'RUNNING' || task.tickAt > state.now) return;
  const { movesPerSecond, moveTaskSeconds } = state.options.limits;
  let left = task.maxPerSecond ?? movesPerSecond;
  let { onTheWay, failureReason } = task;
  // Two tasks that move messages to and fro would never end.
  if (state.now >= task.startedAt + moveTaskSeconds * SECOND) {
    left = 0;
    failureReason = `The task has run for ${moveTaskSeconds} seconds, the longest it may.`;
  }
  for (; left > 0; left--) {
    const message = nextLane(state)?.head;
    if (message === undefined) break;
    const problem = unseal(state, message);
    if (problem !== undefined) {
      failureReason = problem.code;
      break;
    }
    const to = task.destinationArn ?? message.extras?.sourceArn;
    if (to === undefined) {
      failureReason = NO_SOURCE;
      break;
    }
    sendAway(state, message, to, { task: task.taskId });
    onTheWay++;
  }
  settle(state, { ...task, onTheWay, tickAt: task.tickAt + SECOND, ...(failureReason !== undefined && { failureReason }) });
}

/** A message of the task has arrived, or has come back. */
export function moveEnded(state: QueueState, taskId: string, ok: boolean): void {
  const task = state.small.get(taskKey(taskId)) as unknown as MoveTask | undefined;
  if (task === undefined) return;
  const counted = { ...task, onTheWay: task.onTheWay - 1, moved: task.moved + (ok ? 1 : 0) };
  settle(state, ok ? counted : { ...counted, failureReason: NO_QUEUE });
}

/** What a task's state is after something has happened to it. */
function settle(state: QueueState, task: MoveTask): void {
  const { onTheWay, status, failureReason } = task;
  if (onTheWay > 0) return saveTask(state, task);
  if (status === 'CANCELLING') return saveTask(state, { ...task, status: 'CANCELLED' });
  if (failureReason !== undefined) return saveTask(state, { ...task, status: 'FAILED' });
  saveTask(state, nextLane(state) === undefined ? { ...task, status: 'COMPLETED' } : task);
}

function saveTask(state: QueueState, task: MoveTask): void {
  state.small.set(taskKey(task.taskId), task as unknown as Json);
  keepTask(state, task);
}

/** Knows which task runs. */
export function keepTask(state: QueueState, { taskId, status }: MoveTask): void {
  if (status === 'RUNNING' || status === 'CANCELLING') state.taskId = taskId;
  else if (state.taskId === taskId) state.taskId = undefined;
}
