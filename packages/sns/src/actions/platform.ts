import type { Json, JsonObject } from '@interstate/kernel';
import { keepRecord, type DirectoryContext, type PlatformEndpoint } from '../directory-state.ts';
import { invalid, missing } from '../errors.ts';
import type { Attributes } from '../topic-attributes.ts';
import { page } from './lists.ts';

const PLATFORMS: ReadonlySet<string> = new Set(['ADM', 'APNS', 'APNS_SANDBOX', 'APNS_VOIP', 'APNS_VOIP_SANDBOX', 'APNS_PASSBOOK', 'MACOS', 'MACOS_SANDBOX', 'BAIDU', 'GCM', 'WNS', 'MPNS']);
const NEEDS_PRINCIPAL = /^(?:ADM|APNS|MACOS|BAIDU|WNS|MPNS)/;
const APPLICATION_ATTRIBUTES: ReadonlySet<string> = new Set([
  'PlatformCredential', 'PlatformPrincipal', 'EventEndpointCreated', 'EventEndpointDeleted', 'EventEndpointUpdated', 'EventDeliveryFailure', 'SuccessFeedbackRoleArn',
  'FailureFeedbackRoleArn', 'SuccessFeedbackSampleRate', 'ApplePlatformTeamID', 'ApplePlatformBundleID', 'Enabled',
]);
const SECRETS: ReadonlySet<string> = new Set(['PlatformCredential', 'PlatformPrincipal']);

/** Idempotent on the name. @see https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html */
export function createPlatformApplication(context: DirectoryContext, input: JsonObject): Json {
  const { state, options } = context;
  const { Name: name, Platform: platform } = input as unknown as { readonly Name: string; readonly Platform: string };
  const given = input['Attributes'] as Attributes;
  if (name === '') throw invalid('Name Reason: cannot be empty');
  if (name.length > 256) throw invalid('Name Reason: must be at most 256 characters long');
  if (!/^[\w.-]+$/.test(name)) throw invalid("Name Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'");
  if (!PLATFORMS.has(platform)) throw invalid(`Platform Reason: ${platform} is not supported`);
  checkApplicationAttributes(given);
  if (!given['PlatformCredential']) throw invalid('Attributes Reason: PlatformCredential attribute is required');
  if (NEEDS_PRINCIPAL.test(platform) && !given['PlatformPrincipal']) throw invalid('Attributes Reason: PlatformPrincipal attribute is required');
  const arn = `arn:aws:sns:${options.region}:${options.account}:app/${platform}/${name}`;
  if (!state.records.has(`app:${arn}`) && state.applications.all.length >= options.limits.platformApplications) throw invalid('Name Reason: there are too many platform applications');
  keepRecord(state, `app:${arn}`, given as Json);
  return { PlatformApplicationArn: arn };
}

function checkApplicationAttributes(given: Attributes): void {
  for (const [name, value] of Object.entries(given)) {
    if (!APPLICATION_ATTRIBUTES.has(name)) throw invalid(`Attributes Reason: Invalid attribute name: ${name}`);
    if (name === 'Enabled' && !/^(?:true|false)$/i.test(value)) throw invalid('Attributes Reason: Invalid value for attribute: Enabled: must be true or false');
    if (name.startsWith('Event') && value !== '' && !value.startsWith('arn:')) throw invalid(`Attributes Reason: Invalid value for attribute: ${name}: must be the ARN of a topic`);
  }
}

function applicationOf({ state }: DirectoryContext, arn: string): Attributes {
  if (!/^arn:[^:]*:sns:[^:]*:[^:]*:app\/[^/]+\/[^/]+$/.test(arn)) throw invalid('PlatformApplicationArn');
  const attributes = state.records.get(`app:${arn}`) as Attributes | undefined;
  if (!attributes) throw missing('PlatformApplication');
  return attributes;
}

function shown(attributes: Attributes): Json {
  // Credentials go in and never come out.
  return { Enabled: 'true', ...Object.fromEntries(Object.entries(attributes).filter(([name]) => !SECRETS.has(name))) };
}

/** Endpoints go along. @see https://docs.aws.amazon.com/sns/latest/api/API_DeletePlatformApplication.html */
export function deletePlatformApplication(context: DirectoryContext, input: JsonObject): Json {
  const { state } = context;
  const arn = input['PlatformApplicationArn'] as string;
  for (const endpoint of [...(state.endpoints.get(arn)?.all ?? [])]) forgetEndpoint(context, endpoint);
  state.records.delete(`app:${arn}`);
  state.applications.delete(arn);
  return {};
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListPlatformApplications.html */
export function listPlatformApplications(context: DirectoryContext, input: JsonObject): Json {
  const { state } = context;
  const show = (arn: string): Json => ({ PlatformApplicationArn: arn, Attributes: shown(state.records.get(`app:${arn}`) as Attributes) });
  return page(context, state.applications.all, show, { member: 'PlatformApplications', scope: 'ListPlatformApplications', token: input['NextToken'] });
}

export function getPlatformApplicationAttributes(context: DirectoryContext, input: JsonObject): Json {
  return { Attributes: shown(applicationOf(context, input['PlatformApplicationArn'] as string)) };
}

export function setPlatformApplicationAttributes(context: DirectoryContext, input: JsonObject): Json {
  const arn = input['PlatformApplicationArn'] as string;
  const before = applicationOf(context, arn);
  checkApplicationAttributes(input['Attributes'] as Attributes);
  context.state.records.set(`app:${arn}`, { ...before, ...(input['Attributes'] as Attributes) });
  return {};
}

/** Idempotent on the token. @see https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html */
export function createPlatformEndpoint(context: DirectoryContext, input: JsonObject): Json {
  const { state } = context;
  const { PlatformApplicationArn: applicationArn, Token: token, CustomUserData } = input as unknown as { readonly PlatformApplicationArn: string; readonly Token: string; readonly CustomUserData?: string };
  applicationOf(context, applicationArn);
  if (token === '') throw invalid('Token Reason: cannot be empty');
  const attributes: Attributes = { Enabled: 'true', ...(input['Attributes'] as Attributes | undefined), ...(CustomUserData !== undefined && { CustomUserData }) };
  checkEndpointAttributes(context, attributes);
  const known = state.byToken.get(`${applicationArn} ${token}`);
  if (known !== undefined) {
    const own = (state.records.get(`endpoint:${known}`) as unknown as PlatformEndpoint).attributes;
    const given: Attributes = { ...(input['Attributes'] as Attributes | undefined), ...(CustomUserData !== undefined && { CustomUserData }) };
    if (Object.entries(given).some(([name, value]) => own[name] !== value)) throw invalid(`Token Reason: Endpoint ${known} already exists with the same Token, but different attributes.`);
    return { EndpointArn: known };
  }
  const arn = `${applicationArn.replace(':app/', ':endpoint/')}/${context.uuid()}`;
  keepRecord(state, `endpoint:${arn}`, { applicationArn, token, attributes });
  notify(context, applicationArn, 'EventEndpointCreated', { Resource: arn, Action: 'Created', Attributes: attributes as Json });
  return { EndpointArn: arn };
}

const ENDPOINT_ATTRIBUTES = new Set(['CustomUserData', 'Enabled', 'Token']);

function checkEndpointAttributes({ options }: DirectoryContext, attributes: Attributes): void {
  for (const name of Object.keys(attributes)) if (!ENDPOINT_ATTRIBUTES.has(name)) throw invalid(`Attributes Reason: Invalid attribute name: ${name}`);
  if (!/^(?:true|false)$/i.test(attributes['Enabled'] ?? 'true')) throw invalid('Attributes Reason: Invalid value for attribute: Enabled: must be true or false');
  if ((attributes['CustomUserData'] ?? '').length > options.limits.customUserDataBytes) throw invalid(`CustomUserData Reason: must be at most ${options.limits.customUserDataBytes} bytes long in UTF-8 encoding`);
}

export function endpointOf({ state }: DirectoryContext, arn: string): PlatformEndpoint | undefined {
  return state.records.get(`endpoint:${arn}`) as unknown as PlatformEndpoint | undefined;
}

function forgetEndpoint({ state }: DirectoryContext, arn: string): PlatformEndpoint | undefined {
  const endpoint = state.records.get(`endpoint:${arn}`) as unknown as PlatformEndpoint | undefined;
  if (!endpoint) return undefined;
  state.records.delete(`endpoint:${arn}`);
  state.endpoints.get(endpoint.applicationArn)?.delete(arn);
  state.byToken.delete(`${endpoint.applicationArn} ${endpoint.token}`);
  return endpoint;
}

/** Idempotent. @see https://docs.aws.amazon.com/sns/latest/api/API_DeleteEndpoint.html */
export function deleteEndpoint(context: DirectoryContext, input: JsonObject): Json {
  const arn = input['EndpointArn'] as string;
  const endpoint = forgetEndpoint(context, arn);
  if (endpoint) notify(context, endpoint.applicationArn, 'EventEndpointDeleted', { Resource: arn, Action: 'Deleted' });
  return {};
}

export function getEndpointAttributes(context: DirectoryContext, input: JsonObject): Json {
  const endpoint = endpointOf(context, input['EndpointArn'] as string);
  if (!endpoint) throw missing('Endpoint');
  return { Attributes: { ...endpoint.attributes, Token: endpoint.token } };
}

export function setEndpointAttributes(context: DirectoryContext, input: JsonObject): Json {
  const arn = input['EndpointArn'] as string;
  const endpoint = endpointOf(context, arn);
  if (!endpoint) throw missing('Endpoint');
  const { Token: token = endpoint.token, ...given } = input['Attributes'] as Attributes;
  checkEndpointAttributes(context, given);
  const { state } = context;
  const holder = state.byToken.get(`${endpoint.applicationArn} ${token}`);
  if (holder !== undefined && holder !== arn) throw invalid(`Token Reason: Endpoint ${holder} already exists with the same Token, but different attributes.`);
  state.byToken.delete(`${endpoint.applicationArn} ${endpoint.token}`);
  state.byToken.set(`${endpoint.applicationArn} ${token}`, arn);
  const attributes = { ...endpoint.attributes, ...given };
  state.records.set(`endpoint:${arn}`, { ...endpoint, token, attributes });
  notify(context, endpoint.applicationArn, 'EventEndpointUpdated', { Resource: arn, Action: 'Updated', Attributes: attributes });
  return {};
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListEndpointsByPlatformApplication.html */
export function listEndpointsByPlatformApplication(context: DirectoryContext, input: JsonObject): Json {
  const arn = input['PlatformApplicationArn'] as string;
  applicationOf(context, arn);
  const show = (endpointArn: string): Json => {
    const { attributes, token } = endpointOf(context, endpointArn)!;
    return { EndpointArn: endpointArn, Attributes: { ...attributes, Token: token } };
  };
  return page(context, context.state.endpoints.get(arn)?.all ?? [], show, { member: 'Endpoints', scope: arn, token: input['NextToken'] });
}

/** Tells the topic that an application names for an event, if it names one. */
export function notify(context: DirectoryContext, applicationArn: string, event: string, message: JsonObject): void {
  const { state, options } = context;
  const topic = (state.records.get(`app:${applicationArn}`) as Attributes | undefined)?.[event];
  if (topic === undefined || topic === '') return;
  const input = { TopicArn: topic, Message: JSON.stringify({ Service: 'SNS', Time: new Date(context.now).toISOString(), ...message }) };
  context.tell(topic, { action: 'Publish', input, caller: { service: 'sns.amazonaws.com', sourceArn: applicationArn, account: options.account } });
}
