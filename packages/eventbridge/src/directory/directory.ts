import { createRandom, type ApiRequest, type JsonObject, type Machine, type Message, type StepContext } from '@interstate/kernel';
import { createOperations } from '@interstate/service-kit';
import type { BusOptions } from '../bus/bus-context.ts';
import type { BusRecord } from '../bus/bus-state.ts';
import { EVENTBRIDGE_ERRORS } from '../errors.ts';
import { INPUT_SHAPES } from '../input-shapes.ts';
import { DEFAULT_BUS } from '../names.ts';
import { UNKNOWN_BUS_ACTIONS } from '../unknown-bus.ts';
import { createApiDestination, deleteApiDestination, describeApiDestination, listApiDestinations, updateApiDestination } from './actions/api-destinations.ts';
import { createArchive, deleteArchive, describeArchive, finishListArchives, listArchives, updateArchive } from './actions/archives.ts';
import { connectionChanged, createConnection, deauthorizeConnection, deleteConnection, describeConnection, listConnections, updateConnection } from './actions/connections.ts';
import { createEndpoint, deleteEndpoint, describeEndpoint, listEndpoints, updateEndpoint } from './actions/endpoints.ts';
import { createEventBus, listEventBuses, spawnBus } from './actions/event-buses.ts';
import {
  activateEventSource,
  createPartnerEventSource,
  deactivateEventSource,
  deletePartnerEventSource,
  describeEventSource,
  describePartnerEventSource,
  finishPutPartnerEvents,
  listEventSources,
  listPartnerEventSourceAccounts,
  listPartnerEventSources,
  putPartnerEvents,
} from './actions/partner-sources.ts';
import { finishPutEvents, putEvents } from './actions/put-events.ts';
import { cancelReplay, describeReplay, listReplays, replayChanged, startReplay } from './actions/replays.ts';
import { testEventPattern } from './actions/test-event-pattern.ts';
import { DirectoryContext } from './directory-context.ts';
import { dropRecord, keepRecord, loadDirectory, writeRoot, type DirectoryState } from './directory-state.ts';
import { answered } from './gather.ts';

export const DIRECTORY_KIND = 'eventbridge:directory';

/**
 * The directory of EventBridge in an account and region: makes, names and lists buses, archives, replays, connections, API
 * destinations, endpoints and partner event sources, and answers for those that are not there.
 */
export function directoryMachine(options: BusOptions): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    load: loadDirectory,
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: DirectoryState, message: Message, { now }: StepContext) {
      state.records.begin();
      const context = new DirectoryContext(options, state, now, message.type === 'call' ? message.replyTo : undefined);
      receive(context, message);
      writeRoot(state);
      return { effects: context.effects, journal: NOTHING };
    },
  };
}

const NOTHING: readonly never[] = [];

function receive(context: DirectoryContext, message: Message): void {
  switch (message.type) {
    case 'call': {
      const outcome = operations(context, message.request as unknown as ApiRequest);
      if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply':
      return answered(context, message.callId, message.outcome, FINISHES);
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'timer':
    case 'cancelled':
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

const FINISHES = { putEvents: finishPutEvents, putPartnerEvents: finishPutPartnerEvents, listArchives: finishListArchives };

const operations = createOperations<DirectoryContext>({
  shapes: INPUT_SHAPES,
  errors: EVENTBRIDGE_ERRORS,
  actions: {
    // Of a bus that is not there.
    ...UNKNOWN_BUS_ACTIONS,
    ActivateEventSource: activateEventSource,
    CancelReplay: cancelReplay,
    CreateApiDestination: createApiDestination,
    CreateArchive: createArchive,
    CreateConnection: createConnection,
    CreateEndpoint: createEndpoint,
    CreateEventBus: createEventBus,
    CreatePartnerEventSource: createPartnerEventSource,
    DeactivateEventSource: deactivateEventSource,
    DeauthorizeConnection: deauthorizeConnection,
    DeleteApiDestination: deleteApiDestination,
    DeleteArchive: deleteArchive,
    DeleteConnection: deleteConnection,
    DeleteEndpoint: deleteEndpoint,
    DeletePartnerEventSource: deletePartnerEventSource,
    DescribeApiDestination: describeApiDestination,
    DescribeArchive: describeArchive,
    DescribeConnection: describeConnection,
    DescribeEndpoint: describeEndpoint,
    DescribeEventSource: describeEventSource,
    DescribePartnerEventSource: describePartnerEventSource,
    DescribeReplay: describeReplay,
    ListApiDestinations: listApiDestinations,
    ListArchives: listArchives,
    ListConnections: listConnections,
    ListEndpoints: listEndpoints,
    ListEventBuses: listEventBuses,
    ListEventSources: listEventSources,
    ListPartnerEventSourceAccounts: listPartnerEventSourceAccounts,
    ListPartnerEventSources: listPartnerEventSources,
    ListReplays: listReplays,
    PutEvents: putEvents,
    PutPartnerEvents: putPartnerEvents,
    StartReplay: startReplay,
    TestEventPattern: testEventPattern,
    UpdateApiDestination: updateApiDestination,
    UpdateArchive: updateArchive,
    UpdateConnection: updateConnection,
    UpdateEndpoint: updateEndpoint,
  },
});

function noticed(context: DirectoryContext, notice: JsonObject): void {
  const { state } = context;
  switch (notice['type']) {
    case 'open':
      state.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
      spawnBus(context, DEFAULT_BUS);
      return;
    case 'busChanged': {
      const bus = notice['bus'] as unknown as BusRecord;
      return keepRecord(state, 'bus', bus.name, bus);
    }
    case 'replayChanged':
      return replayChanged(context, notice['name'] as string, notice['change'] as JsonObject);
    case 'connectionChanged':
      return connectionChanged(context, notice['name'] as string, notice['state'] as 'AUTHORIZED' | 'DEAUTHORIZED', notice['reason'] as string | undefined);
    case 'busDeleted':
      return dropRecord(state, 'bus', notice['name'] as string);
  }
}
