import { RecordMap, type ApiRequest, type JsonObject, type Machine, type Message, type StepContext } from '@interstate/kernel';
import { createOperations, mayCall, parsePolicy, type Operation } from '@interstate/service-kit';
import { createQueue } from './actions/create-queue.ts';
import { deleteQueue } from './actions/delete-queue.ts';
import { getQueueUrl } from './actions/get-queue-url.ts';
import { listDeadLetterSourceQueues, listQueues } from './actions/list-queues.ts';
import { addPermission, removePermission } from './actions/permissions.ts';
import { setQueueAttributes } from './actions/set-queue-attributes.ts';
import { cancelMessageMoveTask, startMessageMoveTask } from './actions/start-message-move-task.ts';
import { DirectoryState, type DirectoryOptions } from './directory-state.ts';
import { SQS_ERRORS } from './errors.ts';
import { fault, refuse } from './faults.ts';
import { INPUT_SHAPES, type SqsOperationName } from './input-shapes.ts';

export const DIRECTORY_KIND = 'sqs:directory';
const NOTHING: readonly never[] = [];

/** What comes here for a queue comes because there is none. */
const noQueue: Operation<DirectoryState> = (state, input) => {
  if (input['QueueUrl'] !== undefined) state.named(input);
  throw fault('QueueDoesNotExist');
};

const listMessageMoveTasks: Operation<DirectoryState> = () => {
  throw fault('ResourceNotFoundException', { reason: "The resource that you specified for the SourceArn parameter doesn't exist." });
};

const OWN: Partial<Record<SqsOperationName, Operation<DirectoryState>>> = {
  AddPermission: addPermission,
  CancelMessageMoveTask: cancelMessageMoveTask,
  CreateQueue: createQueue,
  DeleteQueue: deleteQueue,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueues: listQueues,
  RemovePermission: removePermission,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
};

const answer = createOperations<DirectoryState>({
  shapes: INPUT_SHAPES,
  errors: SQS_ERRORS,
  refuse,
  actions: Object.fromEntries(Object.keys(INPUT_SHAPES).map((name) => [name, guarded(name, OWN[name as SqsOperationName] ?? noQueue)])),
});

/** What changes a queue asks its policy first: a Deny keeps even its owner out. */
function guarded(name: string, operation: Operation<DirectoryState>): Operation<DirectoryState> {
  if (!('QueueUrl' in INPUT_SHAPES[name as SqsOperationName].members)) return operation;
  return (state, input, request) => {
    const { arn, entry } = state.named(input);
    const text = entry.attributes['Policy'];
    const policy = text === undefined ? undefined : parsePolicy(text);
    const { account } = state.options;
    const asked = { action: `sqs:${name}`, resource: arn, account, caller: request.caller, now: state.now };
    if (policy && !('fault' in policy) && !mayCall(policy, asked, { enforce: true })) {
      throw fault('AccessDeniedException', { reason: `User: ${request.caller?.service ?? 'the account'} is not authorized to perform: sqs:${name} on resource: ${arn}` });
    }
    return operation(state, input, request);
  };
}

/** The directory of an account and region: makes, names and lists queues, and checks what spans them. */
export function directoryMachine(options: DirectoryOptions): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    load: (saved) => new DirectoryState(options, new RecordMap(saved)),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: DirectoryState, message: Message, { now, crypto }: StepContext) {
      state.records.begin();
      state.now = now;
      state.crypto = crypto;
      state.effects = [];
      receive(state, message);
      return { effects: state.effects, journal: NOTHING };
    },
  };
}

function receive(state: DirectoryState, message: Message): void {
  switch (message.type) {
    case 'call': {
      state.replyTo = message.replyTo;
      const outcome = answer(state, message.request as unknown as ApiRequest);
      if (outcome) state.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply': {
      const to = state.takeCall(message.callId);
      if (to) state.effects.push({ type: 'reply', to, outcome: message.outcome });
      return;
    }
    case 'notice': {
      const { type, seed } = message.notice as JsonObject;
      if (type === 'open') state.changeRoot({ seed: JSON.stringify(seed) });
    }
  }
}
