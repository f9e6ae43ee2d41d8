// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { required, structure, text, whole } from './shape.ts';
import { EVENT_PATTERN, EVENT_RESOURCE_LIST, TIME } from './common-members.ts';

const NON_PARTNER_EVENT_BUS_NAME_OR_ARN: Shape = { ...text(1, 1600), pattern: whole(/(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[\.\-_A-Za-z0-9]+/) };
const PUT_EVENTS_REQUEST_ENTRY = structure({
  Time: TIME,
  Source: text(),
  Resources: EVENT_RESOURCE_LIST,
  DetailType: text(),
  Detail: text(),
  EventBusName: NON_PARTNER_EVENT_BUS_NAME_OR_ARN,
  TraceHeader: text(1, 500),
}, 'PutEventsRequestEntry');
const ENDPOINT_ID: Shape = { ...text(1, 50), pattern: whole(/^[A-Za-z0-9\-]+[\.][A-Za-z0-9\-]+$/) };

/** What the operations of events take. */
export const EVENT_SHAPES = {
  PutEvents: structure({
    Entries: required({ type: 'list', member: PUT_EVENTS_REQUEST_ENTRY, min: 1, max: 10 }),
    EndpointId: ENDPOINT_ID,
  }),
  TestEventPattern: structure({ EventPattern: required(EVENT_PATTERN), Event: required(text()) }),
} as const satisfies Readonly<Record<string, StructureShape>>;
