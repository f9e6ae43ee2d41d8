import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { API_DESTINATION_KIND, type DestinationRecord } from '../../api-destinations/api-destination.ts';
import { exists, invalidParameter, notFound } from '../../errors.ts';
import { eventsArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { dropRecord, keepRecord, namesOf } from '../directory-state.ts';
import type { ConnectionRecord } from './connections.ts';

interface DestinationInput {
  readonly Name: string;
  readonly Description?: string;
  readonly ConnectionArn?: string;
  readonly InvocationEndpoint?: string;
  readonly HttpMethod?: string;
  readonly InvocationRateLimitPerSecond?: number;
}

const DEFAULT_RATE = 300;

export function createApiDestination(context: DirectoryContext, input: JsonObject): Json {
  const { Name: name } = input as unknown as DestinationInput;
  const { state, options, now } = context;
  if (context.record('api-destination', name)) throw exists(`An api-destination '${name}' already exists.`);
  if (namesOf(state, 'api-destination').length >= options.limits.apiDestinations) throw new ServiceFault('LimitExceededException');
  const blank = { name, arn: eventsArn(options.place, `api-destination/${name}/${context.uuid()}`), connectionArn: '', endpoint: '', method: 'POST', ratePerSecond: DEFAULT_RATE, creationTime: now, modifiedTime: now };
  const destination = withSettings(context, blank, input);
  keepRecord(state, 'api-destination', name, destination);
  context.effects.push({ type: 'spawn', kind: API_DESTINATION_KIND, address: destination.arn, notice: { type: 'keep', destination: destination as unknown as Json } });
  return summaryOf(context, destination);
}

export function updateApiDestination(context: DirectoryContext, input: JsonObject): Json {
  const destination = withSettings(context, destinationNamed(context, input['Name'] as string), input);
  keepRecord(context.state, 'api-destination', destination.name, destination);
  context.notify(destination.arn, { type: 'keep', destination: destination as unknown as Json });
  return summaryOf(context, destination);
}

/** @throws ServiceFault where the connection is not there, or the endpoint no URL of HTTP */
function withSettings(context: DirectoryContext, destination: DestinationRecord, input: JsonObject): DestinationRecord {
  const { Description: description, ConnectionArn: connectionArn, InvocationEndpoint: endpoint, HttpMethod: method, InvocationRateLimitPerSecond: ratePerSecond } = input as unknown as DestinationInput;
  if (connectionArn !== undefined && connectionOf(context, connectionArn)?.arn !== connectionArn) throw notFound(`Connection '${connectionNameOf(connectionArn)}' does not exist.`);
  if (endpoint !== undefined && !/^https?:\/\/[^/?#]+/.test(endpoint)) throw invalidParameter('InvocationEndpoint', 'It must be a URL that begins with https:// (or http://).');
  return {
    ...destination,
    ...(description !== undefined && { description }),
    ...(connectionArn !== undefined && { connectionArn }),
    ...(endpoint !== undefined && { endpoint }),
    ...(method !== undefined && { method }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    modifiedTime: context.now,
  };
}

export function deleteApiDestination(context: DirectoryContext, input: JsonObject): Json {
  const { name, arn } = destinationNamed(context, input['Name'] as string);
  dropRecord(context.state, 'api-destination', name);
  context.notify(arn, { type: 'delete' });
  return {};
}

export function describeApiDestination(context: DirectoryContext, input: JsonObject): Json {
  const destination = destinationNamed(context, input['Name'] as string);
  return { ...detailsOf(context, destination), ...(destination.description !== undefined && { Description: destination.description }) };
}

export function listApiDestinations(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '', ConnectionArn: connectionArn } = input as { NamePrefix?: string; ConnectionArn?: string };
  const named = (name: string): DestinationRecord => context.record<DestinationRecord>('api-destination', name)!;
  const names = namesOf(context.state, 'api-destination').filter((name) => name.startsWith(prefix) && (connectionArn === undefined || named(name).connectionArn === connectionArn));
  const { page, ...rest } = pageOf('ListApiDestinations', { prefix, connectionArn: connectionArn ?? null }, names, input);
  return { ApiDestinations: page.map((name) => detailsOf(context, named(name))), ...rest };
}

function destinationNamed(context: DirectoryContext, name: string): DestinationRecord {
  const destination = context.record<DestinationRecord>('api-destination', name);
  if (!destination) throw notFound(`Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`);
  return destination;
}

function detailsOf(context: DirectoryContext, destination: DestinationRecord): JsonObject {
  const { name, connectionArn, endpoint, method, ratePerSecond } = destination;
  return { ...summaryOf(context, destination), Name: name, ConnectionArn: connectionArn, InvocationEndpoint: endpoint, HttpMethod: method, InvocationRateLimitPerSecond: ratePerSecond };
}

function summaryOf(context: DirectoryContext, { arn, connectionArn, creationTime, modifiedTime }: DestinationRecord): JsonObject {
  const connection = connectionOf(context, connectionArn);
  const isAuthorized = connection?.arn === connectionArn && (connection.state === 'AUTHORIZED' || connection.state === 'AUTHORIZING');
  return { ApiDestinationArn: arn, ApiDestinationState: isAuthorized ? 'ACTIVE' : 'INACTIVE', CreationTime: creationTime, LastModifiedTime: modifiedTime };
}

function connectionOf(context: DirectoryContext, arn: string): ConnectionRecord | undefined {
  return context.record<ConnectionRecord>('connection', connectionNameOf(arn));
}

/** `name` of `arn:…:connection/name/uuid`. */
function connectionNameOf(arn: string): string {
  return arn.split('/')[1] ?? '';
}
