import type { ResponseMetadata } from '@interstate/service-kit';
import type { ApiDestinationOperations } from './client/api-destination.ts';
import type { ArchiveOperations } from './client/archive.ts';
import type { ConnectionOperations } from './client/connection.ts';
import type { EndpointOperations } from './client/endpoint.ts';
import type { EventOperations } from './client/event.ts';
import type { EventBusOperations } from './client/event-bus.ts';
import type { EventSourceOperations } from './client/event-source.ts';
import type { RuleOperations } from './client/rule.ts';
import type { TagOperations } from './client/tag.ts';
import type { Nothing } from './client/common-members.ts';

/** What each operation takes and gives; times are Dates. */
export interface EventBridgeOperations extends ApiDestinationOperations, ArchiveOperations, ConnectionOperations, EndpointOperations, EventOperations, EventBusOperations, EventSourceOperations, RuleOperations, TagOperations {}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends Date ? T : T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/** The EventBridge client of a cloud, in the shape of the AWS SDK v3 aggregated client `EventBridge`. */
export type EventBridge = {
  readonly [K in keyof EventBridgeOperations]: Nothing extends EventBridgeOperations[K][0]
    ? (input?: Given<EventBridgeOperations[K][0]>) => Promise<EventBridgeOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<EventBridgeOperations[K][0]>) => Promise<EventBridgeOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
