// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { required, structure, text, whole } from './shape.ts';
import { EVENT_RESOURCE_LIST, EVENT_SOURCE_NAME, LIMIT_MAX100, TIME } from './common-members.ts';

const ACCOUNT_ID: Shape = { ...text(12, 12), pattern: whole(/\d{12}/) };
const EVENT_SOURCE_NAME_PREFIX: Shape = { ...text(1, 256), pattern: whole(/[\/\.\-_A-Za-z0-9]+/) };
const PARTNER_EVENT_SOURCE_NAME_PREFIX: Shape = { ...text(1, 256), pattern: whole(/aws\.partner\/[\.\-_A-Za-z0-9]+\/[\/\.\-_A-Za-z0-9]*/) };
const PUT_PARTNER_EVENTS_REQUEST_ENTRY = structure({
  Time: TIME,
  Source: EVENT_SOURCE_NAME,
  Resources: EVENT_RESOURCE_LIST,
  DetailType: text(),
  Detail: text(),
}, 'PutPartnerEventsRequestEntry');

/** What the operations of partner event sources take. */
export const EVENT_SOURCE_SHAPES = {
  ActivateEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  CreatePartnerEventSource: structure({ Name: required(EVENT_SOURCE_NAME), Account: required(ACCOUNT_ID) }),
  DeactivateEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  DeletePartnerEventSource: structure({ Name: required(EVENT_SOURCE_NAME), Account: required(ACCOUNT_ID) }),
  DescribeEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  DescribePartnerEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  ListEventSources: structure({ NamePrefix: EVENT_SOURCE_NAME_PREFIX, NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListPartnerEventSourceAccounts: structure({ EventSourceName: required(EVENT_SOURCE_NAME), NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListPartnerEventSources: structure({ NamePrefix: required(PARTNER_EVENT_SOURCE_NAME_PREFIX), NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  PutPartnerEvents: structure({ Entries: required({ type: 'list', member: PUT_PARTNER_EVENTS_REQUEST_ENTRY, min: 1, max: 20 }) }),
} as const satisfies Readonly<Record<string, StructureShape>>;
