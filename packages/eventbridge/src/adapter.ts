import type { Kms, ServiceAdapter } from '@interstate/service-kit';
import { apiDestinationMachine } from './api-destinations/api-destination.ts';
import { connectionMachine } from './api-destinations/connection.ts';
import { archiveMachine } from './archive/archive.ts';
import type { EventSource } from './bus/bus-context.ts';
import { busMachine } from './bus/bus.ts';
import { DIRECTORY_KIND, directoryMachine } from './directory/directory.ts';
import { EVENTBRIDGE_LIMITS, type EventBridgeLimits } from './limits.ts';
import { EVENTBRIDGE_MODEL } from './model.ts';
import { addressOf, busArn, DEFAULT_BUS, directoryAddress } from './names.ts';
import { DISCOVERY_KIND, discoveryMachine } from './schemas/discovery.ts';
import { SCHEMAS_MODEL } from './schemas/model.ts';

export interface EventBridgeOptions {
  readonly region: string;
  readonly account: string;
  /** What seals secrets, and events where a key is given, wherever they leave memory. Default: nothing does. */
  readonly kms?: Kms;
  /** AWS's limits, relaxed by name. */
  readonly limits?: Partial<EventBridgeLimits>;
  /** Services that send events to the default bus only while the notice `{ type: 'eventsWanted', wanted: true }` of the bus holds. */
  readonly sources?: readonly EventSource[];
}

/** EventBridge of an account and region: its machines, and where they are reached. */
export function eventBridge({ region, account, kms, limits, sources = [] }: EventBridgeOptions): ServiceAdapter {
  const place = { region, account };
  const options = { place, limits: { ...EVENTBRIDGE_LIMITS, ...limits }, sources, kms };
  const timeoutMs = options.limits.apiDestinationTimeoutMs;
  const directory = directoryAddress(place);
  const schemas = `arn:aws:schemas:${region}:${account}:directory`;
  return {
    service: 'eventbridge',
    machines: [directoryMachine(options), busMachine(options), archiveMachine(place, kms), apiDestinationMachine(timeoutMs), connectionMachine(place, timeoutMs, kms), discoveryMachine(place)] as ServiceAdapter['machines'],
    services: [
      { model: EVENTBRIDGE_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf: addressOf(place) },
      { model: SCHEMAS_MODEL, directory: { kind: DISCOVERY_KIND, address: schemas }, addressOf: () => schemas },
    ],
    // What is not there is answered for by the directory, whatever the account: events for unknown buses are taken.
    forwards: [{ resource: 'arn:aws:events:*', to: directory }, { resource: `arn:aws:schemas:${region}:${account}:*`, to: schemas }],
  };
}

/** The ARN of the default bus of an account and region. */
export function defaultEventBus(region: string, account: string): string {
  return busArn({ region, account }, DEFAULT_BUS);
}
