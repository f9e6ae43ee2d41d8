import { listWith, ReplyEffect, type ApiRequest, type JsonObject, type Machine, type Message as HostMessage, type Outcome, type StepContext } from '@interstate/kernel';
import { createOperations, mayCall, mayCallByDefault, type ServiceFault } from '@interstate/service-kit';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './actions/change-message-visibility.ts';
import { deleteMessage, deleteMessageBatch } from './actions/delete-message.ts';
import { getQueueAttributes } from './actions/get-queue-attributes.ts';
import { purgeQueue } from './actions/purge-queue.ts';
import { receiveMessage } from './actions/receive-message.ts';
import { sendMessageBatch } from './actions/send-message-batch.ts';
import { sendMessage } from './actions/send-message.ts';
import { listQueueTags, tagQueue, untagQueue } from './actions/tags.ts';
import { changeQueue, CONFIGURE, deleteQueue, FORGET, openQueue } from './lifecycle.ts';
import { SQS_ERRORS } from './errors.ts';
import { fault, orFailure, refuse } from './faults.ts';
import { INPUT_SHAPES } from './input-shapes.ts';
import { cancelMessageMoveTask, continueMoving, listMessageMoveTasks, moveEnded, startMessageMoveTask } from './move-task.ts';
import { movedElsewhere, TAKE_OVER, takeOver } from './moving.ts';
import { endPolls, servePollers, withdrawPoller } from './polling.ts';
import { QUEUE_KIND, SQS_SERVICE } from './queue-kind.ts';
import type { QueueState, QueueOptions } from './queue-state.ts';
import { changesOf, loadQueue, recordsOf } from './records.ts';
import { isInTime } from './throughput.ts';
import { advance, releaseDue, setTimer } from './time.ts';

const NOTHING: readonly never[] = [];
/** Between steps; nothing is ever added to it. */
const NO_EFFECTS: never[] = [];

const answer = createOperations<QueueState>({
  shapes: INPUT_SHAPES,
  errors: SQS_ERRORS,
  refuse,
  actions: {
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    GetQueueAttributes: getQueueAttributes,
    PurgeQueue: purgeQueue,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
    ListQueueTags: listQueueTags,
    StartMessageMoveTask: startMessageMoveTask,
    CancelMessageMoveTask: cancelMessageMoveTask,
    ListMessageMoveTasks: listMessageMoveTasks,
  },
});

/** A queue, at its ARN. Spawned by its directory. */
export function queueMachine(options: QueueOptions): Machine<QueueState> {
  return {
    kind: QUEUE_KIND,
    load: (saved) => loadQueue(saved, options),
    changes: changesOf,
    records: recordsOf,
    step(state: QueueState, message: HostMessage, { now, crypto }: StepContext) {
      state.small.begin();
      forgetTouched(state);
      state.now = now;
      state.crypto = crypto;
      state.effects = [];
      if (!state.root.isDeleted) advance(state);
      receive(state, message);
      if (!state.root.isDeleted) settle(state);
      const { effects } = state;
      // A queue at rest holds on to nothing of its last step.
      state.effects = NO_EFFECTS;
      state.replyTo = null;
      return { effects, journal: NOTHING };
    },
  };
}

/** A message that is gone lets go of its delivery: an old one that waits for the collector would make what it holds old as well. */
function forgetTouched({ touchedBodies, touchedDeliveries, leftReceived }: QueueState): void {
  // One by one, which keeps the list's memory for the next step.
  while (touchedBodies.length > 0) touchedBodies.pop();
  while (touchedDeliveries.length > 0) touchedDeliveries.pop();
  for (let message = leftReceived.pop(); message !== undefined; message = leftReceived.pop()) message.delivery = null;
}

/** What follows from whatever happened. */
function settle(state: QueueState): void {
  if (state.taskId !== undefined) continueMoving(state);
  if (state.pollers.size > 0) {
    servePollers(state);
    endPolls(state);
  }
  // What was received for no time at all.
  releaseDue(state);
  setTimer(state);
}

function receive(state: QueueState, message: HostMessage): void {
  switch (message.type) {
    case 'call': {
      state.replyTo = message.replyTo;
      const outcome = state.root.isDeleted ? GONE_QUEUE : callQueue(state, message.request as unknown as ApiRequest);
      if (outcome) state.effects = listWith(state.effects, new ReplyEffect(message.replyTo, outcome));
      return;
    }
    case 'notice':
      openQueue(state, message.notice as JsonObject);
      return;
    case 'reply': {
      const moved = movedElsewhere(state, message.callId, message.outcome);
      if (moved?.task !== undefined) moveEnded(state, moved.task, moved.ok);
      return;
    }
    case 'cancelled':
      return withdrawPoller(state, message.replyTo);
    case 'timer':
      state.root.timerAt = 0;
      return;
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

const GONE_QUEUE: Outcome = { ok: false, error: fault('QueueDoesNotExist').toFailure(SQS_ERRORS) };
const THROTTLED: Outcome = { ok: false, error: fault('RequestThrottled').toFailure(SQS_ERRORS) };

function callQueue(state: QueueState, request: ApiRequest): Outcome | undefined {
  const { caller } = request;
  if (caller?.service === SQS_SERVICE) {
    const own = answerOwn(state, request);
    if (own) return own;
  } else if ((caller !== undefined || state.settings.policy !== undefined) && !isAllowed(state, request)) {
    return { ok: false, error: deniedFault(state, request).toFailure(SQS_ERRORS) };
  }
  return isInTime(state, request) ? answer(state, request) : THROTTLED;
}

/** What the directory and other queues ask. */
function answerOwn(state: QueueState, { action, input }: ApiRequest): Outcome | undefined {
  switch (action) {
    case TAKE_OVER:
      return orFailure(() => takeOver(state, input));
    case CONFIGURE:
      return { ok: true, value: changeQueue(state, input) };
    case FORGET:
      return { ok: true, value: deleteQueue(state) };
    default:
      return undefined;
  }
}

function isAllowed({ settings, root, options, now }: QueueState, { action, caller }: ApiRequest): boolean {
  const { account, enforcePolicies } = options;
  if (settings.policy === undefined) return mayCallByDefault({ caller, account }, { enforce: enforcePolicies });
  return mayCall(settings.policy, { action: `sqs:${policyAction(action)}`, resource: root.arn, account, caller, now }, { enforce: enforcePolicies });
}

/** Batches are allowed as their single operation is. */
function policyAction(action: string): string {
  return action.endsWith('Batch') ? action.slice(0, -'Batch'.length) : action;
}

function deniedFault({ root }: QueueState, { action, caller }: ApiRequest): ServiceFault {
  const who = caller?.service ?? 'the account';
  return fault('AccessDeniedException', { reason: `User: ${who} is not authorized to perform: sqs:${policyAction(action)} on resource: ${root.arn}` });
}
