import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { exists, notFound } from '../../errors.ts';
import { eventsArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { dropRecord, keepRecord, namesOf } from '../directory-state.ts';

/** A global endpoint: kept and told of. There is one region here, so nothing ever fails over. */
interface EndpointRecord {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  /** As they were given. */
  readonly settings: JsonObject;
  readonly creationTime: number;
  readonly modifiedTime: number;
}

export function createEndpoint(context: DirectoryContext, input: JsonObject): Json {
  const { Name, ...settings } = input;
  const name = Name as string;
  if (context.record('endpoint', name)) throw exists(`Endpoint ${name} already exists.`);
  const { now, options } = context;
  if (namesOf(context.state, 'endpoint').length >= options.limits.endpoints) throw new ServiceFault('LimitExceededException');
  const endpoint: EndpointRecord = { name, arn: eventsArn(options.place, `endpoint/${name}`), id: `${context.uuid().slice(0, 10).replace('-', '')}.veo`, settings: { ReplicationConfig: { State: 'ENABLED' }, ...settings }, creationTime: now, modifiedTime: now };
  keepRecord(context.state, 'endpoint', name, endpoint);
  return madeOf(endpoint, 'CREATING');
}

export function updateEndpoint(context: DirectoryContext, input: JsonObject): Json {
  const { Name, ...settings } = input;
  const known = endpointNamed(context, Name as string);
  const endpoint: EndpointRecord = { ...known, settings: { ...known.settings, ...settings }, modifiedTime: context.now };
  keepRecord(context.state, 'endpoint', endpoint.name, endpoint);
  return { ...madeOf(endpoint, 'UPDATING'), EndpointId: endpoint.id, EndpointUrl: urlOf(endpoint) };
}

export function deleteEndpoint(context: DirectoryContext, input: JsonObject): Json {
  dropRecord(context.state, 'endpoint', endpointNamed(context, input['Name'] as string).name);
  return {};
}

export function describeEndpoint(context: DirectoryContext, input: JsonObject): Json {
  return detailsOf(endpointNamed(context, input['Name'] as string));
}

export function listEndpoints(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '', HomeRegion: region = context.options.place.region } = input as { NamePrefix?: string; HomeRegion?: string };
  const names = namesOf(context.state, 'endpoint').filter((name) => name.startsWith(prefix) && region === context.options.place.region);
  const { page, ...rest } = pageOf('ListEndpoints', { prefix, region }, names, input);
  return { Endpoints: page.map((name) => detailsOf(context.record<EndpointRecord>('endpoint', name)!)), ...rest };
}

function endpointNamed(context: DirectoryContext, name: string): EndpointRecord {
  const endpoint = context.record<EndpointRecord>('endpoint', name);
  if (!endpoint) throw notFound(`Endpoint ${name} does not exist.`);
  return endpoint;
}

function urlOf({ id }: EndpointRecord): string {
  return `https://${id}.endpoint.events.amazonaws.com`;
}

/** What making or changing it tells. */
function madeOf({ name, arn, settings }: EndpointRecord, state: string): JsonObject {
  const { Description: _description, ...told } = settings;
  return { Name: name, Arn: arn, ...told, State: state };
}

function detailsOf(endpoint: EndpointRecord): JsonObject {
  const { name, arn, id, settings, creationTime, modifiedTime } = endpoint;
  return { Name: name, Arn: arn, ...settings, EndpointId: id, EndpointUrl: urlOf(endpoint), State: 'ACTIVE', CreationTime: creationTime, LastModifiedTime: modifiedTime };
}
