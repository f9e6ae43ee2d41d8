// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { LIMIT_MAX100 } from './common-members.ts';

const ENDPOINT_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const ENDPOINT_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const HEALTH_CHECK: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:route53:::healthcheck\/[\-a-z0-9]+$/) };
const PRIMARY = structure({ HealthCheck: required(HEALTH_CHECK) }, 'Primary');
const ROUTE: Shape = { ...text(9, 20), pattern: whole(/^[\-a-z0-9]+$/) };
const SECONDARY = structure({ Route: required(ROUTE) }, 'Secondary');
const FAILOVER_CONFIG = structure({ Primary: required(PRIMARY), Secondary: required(SECONDARY) }, 'FailoverConfig');
const ROUTING_CONFIG = structure({ FailoverConfig: required(FAILOVER_CONFIG) }, 'RoutingConfig');
const REPLICATION_STATE: Shape = oneOf('ENABLED', 'DISABLED');
const REPLICATION_CONFIG = structure({ State: REPLICATION_STATE }, 'ReplicationConfig');
const NON_PARTNER_EVENT_BUS_ARN: Shape = { ...text(1, 512), pattern: whole(/^arn:aws[a-z-]*:events:[a-z]+-[a-z-]+-\d+:\d{12}:event-bus\/[\w.-]+$/) };
const ENDPOINT_EVENT_BUS = structure({ EventBusArn: required(NON_PARTNER_EVENT_BUS_ARN) }, 'EndpointEventBus');
const ENDPOINT_EVENT_BUS_LIST: Shape = { type: 'list', member: ENDPOINT_EVENT_BUS, min: 2, max: 2 };
const IAM_ROLE_ARN: Shape = { ...text(1, 256), pattern: whole(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/) };
const HOME_REGION: Shape = { ...text(9, 20), pattern: whole(/^[\-a-z0-9]+$/) };

/** What the operations of global endpoints take. */
export const ENDPOINT_SHAPES = {
  CreateEndpoint: structure({
    Name: required(ENDPOINT_NAME),
    Description: ENDPOINT_DESCRIPTION,
    RoutingConfig: required(ROUTING_CONFIG),
    ReplicationConfig: REPLICATION_CONFIG,
    EventBuses: required(ENDPOINT_EVENT_BUS_LIST),
    RoleArn: IAM_ROLE_ARN,
  }),
  DeleteEndpoint: structure({ Name: required(ENDPOINT_NAME) }),
  DescribeEndpoint: structure({ Name: required(ENDPOINT_NAME), HomeRegion: HOME_REGION }),
  ListEndpoints: structure({ NamePrefix: ENDPOINT_NAME, HomeRegion: HOME_REGION, NextToken: text(1, 2048), MaxResults: LIMIT_MAX100 }),
  UpdateEndpoint: structure({
    Name: required(ENDPOINT_NAME),
    Description: ENDPOINT_DESCRIPTION,
    RoutingConfig: ROUTING_CONFIG,
    ReplicationConfig: REPLICATION_CONFIG,
    EventBuses: ENDPOINT_EVENT_BUS_LIST,
    RoleArn: IAM_ROLE_ARN,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;
