import type { DeliveryEntry, Effect, Machine, Message, StepContext } from '@interstate/kernel';
import type { ApiRequest } from '@interstate/kernel';
import { createOperations, ServiceFault } from '@interstate/service-kit';
import { EVENTS_TIMER, eventAnswered, eventsDue, queueEvent } from '../events/event-queue.ts';
import type { MappingNews } from '../mapping/mapping-record.ts';
import { deleteFunctionEventInvokeConfig, getFunctionEventInvokeConfig, listFunctionEventInvokeConfigs, putFunctionEventInvokeConfig, updateFunctionEventInvokeConfig } from './actions/event-invoke-config.ts';
import { createEventSourceMapping, deleteEventSourceMapping, getEventSourceMapping, listEventSourceMappings, mappingChanged, sourceAnswered, updateEventSourceMapping } from './actions/event-source-mappings.ts';
import { getFunctionRecursionConfig, putFunctionRecursionConfig } from './actions/recursion-config.ts';
import { listTags, tagResource, untagResource } from './actions/tags.ts';
import { loadDirectory, openDirectory, type DirectoryContext, type DirectoryState, type LambdaDirectoryOptions } from './directory-state.ts';
import { LAMBDA_ERRORS } from './errors.ts';
import { INPUT_SHAPES, QUEUE_EVENT } from './input-shapes.ts';

export const DIRECTORY_KIND = 'lambda:directory';

/** What is journalled of events is kept so far back. */
const KEPT_ENTRIES = 1_000;

const answer = createOperations<DirectoryContext>({
  shapes: { ...INPUT_SHAPES, QueueEvent: QUEUE_EVENT },
  errors: LAMBDA_ERRORS,
  actions: {
    // Functions are called at their own ARNs; what names none comes here.
    Invoke: () => {
      throw new ServiceFault('InvalidParameterValueException', { reason: 'FunctionName names no function.' });
    },
    QueueEvent: queueEvent,
    CreateEventSourceMapping: createEventSourceMapping,
    GetEventSourceMapping: getEventSourceMapping,
    ListEventSourceMappings: listEventSourceMappings,
    UpdateEventSourceMapping: updateEventSourceMapping,
    DeleteEventSourceMapping: deleteEventSourceMapping,
    GetFunctionRecursionConfig: getFunctionRecursionConfig,
    PutFunctionRecursionConfig: putFunctionRecursionConfig,
    ListTags: listTags,
    TagResource: tagResource,
    UntagResource: untagResource,
    PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
    UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
    GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
    ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
    DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
  },
});

/** The directory of an account and region: event source mappings, settings for asynchronous invocation, and the queues of events behind it. */
export function directoryMachine(options: LambdaDirectoryOptions): Machine<DirectoryState, DeliveryEntry> {
  return {
    kind: DIRECTORY_KIND,
    keptEntries: KEPT_ENTRIES,
    load: loadDirectory,
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state, message, { now }: StepContext) {
      state.records.begin();
      const effects: Effect[] = [];
      const journal: DeliveryEntry[] = [];
      const { due } = state;
      const before = due.nextAt;
      receive({ options, state, now, effects, journal, replyTo: message.type === 'call' ? message.replyTo : undefined }, message);
      const { nextAt } = due;
      if (nextAt !== undefined && (nextAt !== before || message.type === 'timer')) effects.push({ type: 'timer', key: EVENTS_TIMER, at: nextAt });
      return { effects, journal };
    },
  };
}

function receive(context: DirectoryContext, message: Message): void {
  switch (message.type) {
    case 'call': {
      const outcome = answer(context, message.request as unknown as ApiRequest);
      if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply':
      if (!sourceAnswered(context, message.callId, message.outcome)) eventAnswered(context, message.callId, message.outcome);
      return;
    case 'timer':
      return eventsDue(context);
    case 'notice':
      return noticed(context, message.notice as unknown as { type: 'open'; seed: [number, number, number, number] } | MappingNews);
    default:
      // A withdrawn call is answered to nobody; there is no news of running calls.
      return;
  }
}

function noticed(context: DirectoryContext, notice: { type: 'open'; seed: [number, number, number, number] } | MappingNews): void {
  if (notice.type === 'open') openDirectory(context.state, notice.seed);
  else mappingChanged(context, notice);
}

