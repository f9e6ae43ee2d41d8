// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { EVENT_PATTERN, KMS_KEY_IDENTIFIER, LIMIT_MAX100, TIME } from './common-members.ts';

const REPLAY_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const ARCHIVE_NAME: Shape = { ...text(1, 48), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const EVENT_BUS_ARN: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$/) };
const ARCHIVE_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const RETENTION_DAYS: Shape = { type: 'integer', min: 0 };
const ARCHIVE_STATE: Shape = oneOf('ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED');
const REPLAY_STATE: Shape = oneOf('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED');
const ARCHIVE_ARN: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$/) };
const REPLAY_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const REPLAY_DESTINATION = structure({ Arn: required(text(1, 1600)), FilterArns: { type: 'list', member: text(1, 1600) } }, 'ReplayDestination');

/** What the operations of archives and replays take. */
export const ARCHIVE_SHAPES = {
  CancelReplay: structure({ ReplayName: required(REPLAY_NAME) }),
  CreateArchive: structure({
    ArchiveName: required(ARCHIVE_NAME),
    EventSourceArn: required(EVENT_BUS_ARN),
    Description: ARCHIVE_DESCRIPTION,
    EventPattern: EVENT_PATTERN,
    RetentionDays: RETENTION_DAYS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
  DeleteArchive: structure({ ArchiveName: required(ARCHIVE_NAME) }),
  DescribeArchive: structure({ ArchiveName: required(ARCHIVE_NAME) }),
  DescribeReplay: structure({ ReplayName: required(REPLAY_NAME) }),
  ListArchives: structure({
    NamePrefix: ARCHIVE_NAME,
    EventSourceArn: EVENT_BUS_ARN,
    State: ARCHIVE_STATE,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListReplays: structure({
    NamePrefix: REPLAY_NAME,
    State: REPLAY_STATE,
    EventSourceArn: ARCHIVE_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  StartReplay: structure({
    ReplayName: required(REPLAY_NAME),
    Description: REPLAY_DESCRIPTION,
    EventSourceArn: required(ARCHIVE_ARN),
    EventStartTime: required(TIME),
    EventEndTime: required(TIME),
    Destination: required(REPLAY_DESTINATION),
  }),
  UpdateArchive: structure({
    ArchiveName: required(ARCHIVE_NAME),
    Description: ARCHIVE_DESCRIPTION,
    EventPattern: EVENT_PATTERN,
    RetentionDays: RETENTION_DAYS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;
