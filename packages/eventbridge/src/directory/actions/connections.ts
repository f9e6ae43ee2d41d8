import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { mergedParameters, missingFor, withoutSecrets, type AuthorizationType, type AuthParameters } from '../../api-destinations/connection-parameters.ts';
import { CONNECTION_KIND } from '../../api-destinations/connection.ts';
import { exists, invalid, notFound } from '../../errors.ts';
import { assertKeyUsable } from '../../kms-key.ts';
import { eventsArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { dropRecord, keepRecord, namesOf } from '../directory-state.ts';

type State = 'AUTHORIZED' | 'AUTHORIZING' | 'DEAUTHORIZED' | 'DEAUTHORIZING' | 'DELETING';

/** A connection as it is shown; its secrets are in its own machine alone. */
export interface ConnectionRecord {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly type: AuthorizationType;
  readonly description?: string;
  readonly kmsKey?: string;
  readonly state: State;
  readonly reason?: string;
  readonly parameters: JsonObject;
  readonly creationTime: number;
  readonly modifiedTime: number;
  readonly authorizedTime?: number;
}

interface ConnectionInput {
  readonly Name: string;
  readonly Description?: string;
  readonly AuthorizationType?: AuthorizationType;
  readonly AuthParameters?: AuthParameters;
  readonly KmsKeyIdentifier?: string;
}

export function createConnection(context: DirectoryContext, input: JsonObject): Json {
  const { Name: name, Description: description, AuthorizationType: type = 'BASIC', AuthParameters: parameters = {}, KmsKeyIdentifier: kmsKey } = input as unknown as ConnectionInput;
  const { state, options, now } = context;
  if (context.record('connection', name)) throw exists(`Connection ${name} already exists.`);
  if (namesOf(state, 'connection').length >= options.limits.connections) throw new ServiceFault('LimitExceededException');
  checkParameters(type, parameters);
  refusePrivate(input);
  assertKeyUsable(context.options.kms, 'KmsKeyIdentifier', kmsKey);
  const { region, account } = options.place;
  const connection: ConnectionRecord = {
    name,
    arn: eventsArn(options.place, `connection/${name}/${context.uuid()}`),
    secretArn: `arn:aws:secretsmanager:${region}:${account}:secret:events!connection/${name}/${context.uuid()}`,
    type,
    ...(description !== undefined && { description }),
    ...(kmsKey !== undefined && { kmsKey }),
    state: 'AUTHORIZED',
    parameters: withoutSecrets(parameters),
    creationTime: now,
    modifiedTime: now,
  };
  context.effects.push({ type: 'spawn', kind: CONNECTION_KIND, address: connection.arn, notice: secretsOf(connection, parameters) });
  return summaryOf(keepAuthorized(context, connection));
}

/** What is given takes the place of what was. The connection is authorized anew. */
export function updateConnection(context: DirectoryContext, input: JsonObject): Json {
  const known = connectionNamed(context, input['Name'] as string);
  const { Description: description, AuthorizationType: type = known.type, AuthParameters: parameters = {}, KmsKeyIdentifier: kmsKey } = input as unknown as ConnectionInput;
  refusePrivate(input);
  assertKeyUsable(context.options.kms, 'KmsKeyIdentifier', kmsKey);
  const shown = withoutSecrets(mergedParameters(known.parameters as AuthParameters, parameters));
  checkParameters(type, shown as AuthParameters);
  const { reason: _reason, ...rest } = known;
  const connection: ConnectionRecord = { ...rest, ...(description !== undefined && { description }), ...(kmsKey !== undefined && { kmsKey }), type, parameters: shown, modifiedTime: context.now };
  context.notify(connection.arn, secretsOf(connection, parameters));
  return summaryOf(keepAuthorized(context, connection));
}

/** An OAuth client is authorized when the first token has come. */
function keepAuthorized({ state, now }: DirectoryContext, connection: ConnectionRecord): ConnectionRecord {
  const kept: ConnectionRecord = connection.type === 'OAUTH_CLIENT_CREDENTIALS' ? { ...connection, state: 'AUTHORIZING' } : { ...connection, state: 'AUTHORIZED', authorizedTime: now };
  keepRecord(state, 'connection', kept.name, kept);
  return kept;
}

function secretsOf({ name, arn, kmsKey, type }: ConnectionRecord, parameters: AuthParameters): JsonObject {
  return { type: 'authorize', arn, kmsKey: kmsKey ?? null, connection: { name, type, parameters: parameters as unknown as Json } };
}

/** There are no private networks here. @throws ServiceFault */
function refusePrivate({ InvocationConnectivityParameters: invocation, AuthParameters: parameters }: JsonObject): void {
  if (invocation !== undefined || (parameters as JsonObject | undefined)?.['ConnectivityParameters'] !== undefined) throw invalid('Connections to private APIs are not offered here: leave the connectivity parameters out.');
}

function checkParameters(type: AuthorizationType, parameters: AuthParameters): void {
  const missing = missingFor(type, parameters);
  if (missing !== undefined) throw invalid(`Parameter(s) ${missing} must be specified for authorization type ${type}.`);
}

/** The connection's own machine tells whether it got a token. */
export function connectionChanged(context: DirectoryContext, name: string, state: State, reason: string | undefined): void {
  const connection = context.record<ConnectionRecord>('connection', name);
  if (!connection || connection.state === 'DEAUTHORIZED' && state === 'DEAUTHORIZED') return;
  const { reason: _before, ...rest } = connection;
  keepRecord<ConnectionRecord>(context.state, 'connection', name, { ...rest, state, ...(reason !== undefined && { reason }), ...(state === 'AUTHORIZED' && { authorizedTime: context.now }) });
}

export function deauthorizeConnection(context: DirectoryContext, input: JsonObject): Json {
  const connection = connectionNamed(context, input['Name'] as string);
  const { name, arn } = connection;
  keepRecord<ConnectionRecord>(context.state, 'connection', name, { ...connection, state: 'DEAUTHORIZED', modifiedTime: context.now });
  context.notify(arn, { type: 'deauthorize' });
  return summaryOf({ ...connection, state: 'DEAUTHORIZING' });
}

export function deleteConnection(context: DirectoryContext, input: JsonObject): Json {
  const connection = connectionNamed(context, input['Name'] as string);
  dropRecord(context.state, 'connection', connection.name);
  context.notify(connection.arn, { type: 'deauthorize' });
  return summaryOf({ ...connection, state: 'DELETING' });
}

export function describeConnection(context: DirectoryContext, input: JsonObject): Json {
  const connection = connectionNamed(context, input['Name'] as string);
  const { name, secretArn, type, description, kmsKey, reason, parameters } = connection;
  return {
    ...summaryOf(connection),
    Name: name,
    ...(description !== undefined && { Description: description }),
    ...(kmsKey !== undefined && { KmsKeyIdentifier: kmsKey }),
    ...(reason !== undefined && { StateReason: reason }),
    AuthorizationType: type,
    SecretArn: secretArn,
    AuthParameters: parameters,
  };
}

export function listConnections(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '', ConnectionState: state } = input as { NamePrefix?: string; ConnectionState?: string };
  const names = namesOf(context.state, 'connection').filter((name) => name.startsWith(prefix) && (state === undefined || context.record<ConnectionRecord>('connection', name)!.state === state));
  const { page, ...rest } = pageOf('ListConnections', { prefix, state: state ?? null }, names, input);
  const connections = page.map((name): Json => {
    const connection = context.record<ConnectionRecord>('connection', name)!;
    return { ...summaryOf(connection), Name: name, AuthorizationType: connection.type, ...(connection.reason !== undefined && { StateReason: connection.reason }) };
  });
  return { Connections: connections, ...rest };
}

function connectionNamed(context: DirectoryContext, name: string): ConnectionRecord {
  const connection = context.record<ConnectionRecord>('connection', name);
  if (!connection) throw notFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
  return connection;
}

function summaryOf({ arn, state, creationTime, modifiedTime, authorizedTime }: ConnectionRecord): JsonObject {
  return { ConnectionArn: arn, ConnectionState: state, CreationTime: creationTime, LastModifiedTime: modifiedTime, ...(authorizedTime !== undefined && { LastAuthorizedTime: authorizedTime }) };
}
