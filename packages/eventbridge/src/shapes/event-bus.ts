// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { DEAD_LETTER_CONFIG, EVENT_BUS_NAME_OR_ARN, EVENT_SOURCE_NAME, FLAG, KMS_KEY_IDENTIFIER, LIMIT_MAX100, TAG_LIST } from './common-members.ts';

const EVENT_BUS_NAME: Shape = { ...text(1, 256), pattern: whole(/[\/\.\-_A-Za-z0-9]+/) };
const EVENT_BUS_DESCRIPTION: Shape = text(undefined, 512);
const INCLUDE_DETAIL: Shape = oneOf('NONE', 'FULL');
const LEVEL: Shape = oneOf('OFF', 'ERROR', 'INFO', 'TRACE');
const LOG_CONFIG = structure({ IncludeDetail: INCLUDE_DETAIL, Level: LEVEL }, 'LogConfig');
const NON_PARTNER_EVENT_BUS_NAME: Shape = { ...text(1, 256), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const ACTION: Shape = { ...text(1, 64), pattern: whole(/events:[a-zA-Z]+/) };
const PRINCIPAL: Shape = { ...text(1, 12), pattern: whole(/(\d{12}|\*)/) };
const STATEMENT_ID: Shape = { ...text(1, 64), pattern: whole(/[a-zA-Z0-9-_]+/) };
const CONDITION = structure({ Type: required(text()), Key: required(text()), Value: required(text()) }, 'Condition');

/** What the operations of event buses take. */
export const EVENT_BUS_SHAPES = {
  CreateEventBus: structure({
    Name: required(EVENT_BUS_NAME),
    EventSourceName: EVENT_SOURCE_NAME,
    Description: EVENT_BUS_DESCRIPTION,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
    DeadLetterConfig: DEAD_LETTER_CONFIG,
    LogConfig: LOG_CONFIG,
    Tags: TAG_LIST,
  }),
  DeleteEventBus: structure({ Name: required(EVENT_BUS_NAME) }),
  DescribeEventBus: structure({ Name: EVENT_BUS_NAME_OR_ARN }),
  ListEventBuses: structure({ NamePrefix: EVENT_BUS_NAME, NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  PutPermission: structure({
    EventBusName: NON_PARTNER_EVENT_BUS_NAME,
    Action: ACTION,
    Principal: PRINCIPAL,
    StatementId: STATEMENT_ID,
    Condition: CONDITION,
    Policy: text(),
  }),
  RemovePermission: structure({ StatementId: STATEMENT_ID, RemoveAllPermissions: FLAG, EventBusName: NON_PARTNER_EVENT_BUS_NAME }),
  UpdateEventBus: structure({
    Name: EVENT_BUS_NAME,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
    Description: EVENT_BUS_DESCRIPTION,
    DeadLetterConfig: DEAD_LETTER_CONFIG,
    LogConfig: LOG_CONFIG,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;
