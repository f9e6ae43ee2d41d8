// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { HTTPS_ENDPOINT, LIMIT_MAX100 } from './common-members.ts';

const API_DESTINATION_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const API_DESTINATION_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const CONNECTION_ARN: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$/) };
const API_DESTINATION_HTTP_METHOD: Shape = oneOf('POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE');
const API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND: Shape = { type: 'integer', min: 1 };

/** What the operations of API destinations take. */
export const API_DESTINATION_SHAPES = {
  CreateApiDestination: structure({
    Name: required(API_DESTINATION_NAME),
    Description: API_DESTINATION_DESCRIPTION,
    ConnectionArn: required(CONNECTION_ARN),
    InvocationEndpoint: required(HTTPS_ENDPOINT),
    HttpMethod: required(API_DESTINATION_HTTP_METHOD),
    InvocationRateLimitPerSecond: API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND,
  }),
  DeleteApiDestination: structure({ Name: required(API_DESTINATION_NAME) }),
  DescribeApiDestination: structure({ Name: required(API_DESTINATION_NAME) }),
  ListApiDestinations: structure({
    NamePrefix: API_DESTINATION_NAME,
    ConnectionArn: CONNECTION_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  UpdateApiDestination: structure({
    Name: required(API_DESTINATION_NAME),
    Description: API_DESTINATION_DESCRIPTION,
    ConnectionArn: CONNECTION_ARN,
    InvocationEndpoint: HTTPS_ENDPOINT,
    HttpMethod: API_DESTINATION_HTTP_METHOD,
    InvocationRateLimitPerSecond: API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;
