import type { StructureShape } from '@interstate/service-kit';
import { API_DESTINATION_SHAPES } from './shapes/api-destination.ts';
import { ARCHIVE_SHAPES } from './shapes/archive.ts';
import { CONNECTION_SHAPES } from './shapes/connection.ts';
import { ENDPOINT_SHAPES } from './shapes/endpoint.ts';
import { EVENT_SHAPES } from './shapes/event.ts';
import { EVENT_BUS_SHAPES } from './shapes/event-bus.ts';
import { EVENT_SOURCE_SHAPES } from './shapes/event-source.ts';
import { RULE_SHAPES } from './shapes/rule.ts';
import { TAG_SHAPES } from './shapes/tag.ts';

/** What each operation takes. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export const INPUT_SHAPES = {
  ...API_DESTINATION_SHAPES,
  ...ARCHIVE_SHAPES,
  ...CONNECTION_SHAPES,
  ...ENDPOINT_SHAPES,
  ...EVENT_SHAPES,
  ...EVENT_BUS_SHAPES,
  ...EVENT_SOURCE_SHAPES,
  ...RULE_SHAPES,
  ...TAG_SHAPES,
} as const satisfies Readonly<Record<string, StructureShape>>;

/** The 57 operations of the service. */
export type OperationName = keyof typeof INPUT_SHAPES;
