import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';
import { exchange, type ExchangeRules, type HttpRequest } from './exchange.ts';

/** A header, query parameter or body member of a connection. */
export interface ConnectionParameter {
  readonly Key: string;
  readonly Value: string;
  readonly IsValueSecret?: boolean;
}

export interface ConnectionHttpParameters {
  readonly HeaderParameters?: readonly ConnectionParameter[];
  readonly QueryStringParameters?: readonly ConnectionParameter[];
  readonly BodyParameters?: readonly ConnectionParameter[];
}

interface Common {
  /** Added to every request made with the connection; wins over what the Task says. */
  readonly InvocationHttpParameters?: ConnectionHttpParameters;
}

/**
 * An EventBridge connection, written as for its `CreateConnection` action.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html
 */
export type Connection =
  | { readonly AuthorizationType: 'API_KEY'; readonly AuthParameters: Common & { readonly ApiKeyAuthParameters: { readonly ApiKeyName: string; readonly ApiKeyValue: string } } }
  | { readonly AuthorizationType: 'BASIC'; readonly AuthParameters: Common & { readonly BasicAuthParameters: { readonly Username: string; readonly Password: string } } }
  | { readonly AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS'; readonly AuthParameters: Common & { readonly OAuthParameters: OAuthParameters } };

export interface OAuthParameters {
  readonly AuthorizationEndpoint: string;
  readonly ClientParameters: { readonly ClientID: string; readonly ClientSecret: string };
  readonly HttpMethod: 'GET' | 'POST' | 'PUT';
  readonly OAuthHttpParameters?: ConnectionHttpParameters;
}

/** What a connection adds to a request. */
export interface ConnectionAdditions {
  readonly headers: readonly ConnectionParameter[];
  readonly query: readonly ConnectionParameter[];
  readonly body: readonly ConnectionParameter[];
}

/** The connection could not give its credentials. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure';
}

export interface Authorizer {
  /** @throws ConnectionFailure where an OAuth token is needed and not given. */
  additionsOf(arn: string, connection: Connection): Promise<ConnectionAdditions>;
  /** The API did not accept what the connection gave: fetch a new token next time. */
  forget(arn: string): void;
}

interface Token {
  readonly header: string;
  /** Real time, epoch milliseconds. */
  readonly validUntil: number;
}

/** Knows what connections add, and keeps their OAuth tokens as long as they are valid. */
export function createAuthorizer(rulesOf: () => Promise<ExchangeRules>): Authorizer {
  const tokens = new Map<string, Token>();
  const pending = new Map<string, Promise<Token>>();

  const tokenOf = async (arn: string, parameters: OAuthParameters): Promise<string> => {
    const known = tokens.get(arn);
    if (known !== undefined && known.validUntil > Date.now()) return known.header;
    // Tasks that start together fetch one token, which none of them may abort.
    let fetching = pending.get(arn);
    if (fetching === undefined) {
      fetching = fetchToken(parameters, rulesOf).finally(() => pending.delete(arn));
      pending.set(arn, fetching);
    }
    const token = await fetching;
    tokens.set(arn, token);
    return token.header;
  };

  return {
    async additionsOf(arn, connection) {
      const { HeaderParameters = [], QueryStringParameters = [], BodyParameters = [] } = connection.AuthParameters.InvocationHttpParameters ?? {};
      const credential = await credentialOf(connection, (parameters) => tokenOf(arn, parameters));
      return { headers: [...HeaderParameters, credential], query: QueryStringParameters, body: BodyParameters };
    },
    forget: (arn) => void tokens.delete(arn),
  };
}

async function credentialOf(connection: Connection, tokenOf: (parameters: OAuthParameters) => Promise<string>): Promise<ConnectionParameter> {
  switch (connection.AuthorizationType) {
    case 'API_KEY': {
      const { ApiKeyName, ApiKeyValue } = connection.AuthParameters.ApiKeyAuthParameters;
      return { Key: ApiKeyName, Value: ApiKeyValue };
    }
    case 'BASIC': {
      const { Username, Password } = connection.AuthParameters.BasicAuthParameters;
      return { Key: 'Authorization', Value: `Basic ${Buffer.from(`${Username}:${Password}`).toString('base64')}` };
    }
    case 'OAUTH_CLIENT_CREDENTIALS':
      return { Key: 'Authorization', Value: await tokenOf(connection.AuthParameters.OAuthParameters) };
  }
}

async function fetchToken(parameters: OAuthParameters, rulesOf: () => Promise<ExchangeRules>): Promise<Token> {
  const { HeaderParameters = [], QueryStringParameters = [], BodyParameters = [] } = parameters.OAuthHttpParameters ?? {};
  const { ClientID, ClientSecret } = parameters.ClientParameters;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: ClientID, client_secret: ClientSecret });
  for (const { Key, Value } of BodyParameters) form.set(Key, Value);
  if (!URL.canParse(parameters.AuthorizationEndpoint)) throw new ConnectionFailure('The AuthorizationEndpoint of the connection is no URL.');
  const url = new URL(parameters.AuthorizationEndpoint);
  for (const { Key, Value } of QueryStringParameters) url.searchParams.set(Key, Value);
  const headers: Record<string, string> = { Accept: 'application/json' };
  let body: string | undefined;
  if (parameters.HttpMethod === 'GET') {
    for (const [key, value] of form) url.searchParams.set(key, value);
  } else {
    headers['Content-Type'] = 'application/x-www-form-urlencoded';
    body = form.toString();
  }
  for (const { Key, Value } of HeaderParameters) headers[Key] = Value;
  const request: HttpRequest = { method: parameters.HttpMethod, url, headers, ...(body !== undefined && { body }) };
  let answer: unknown;
  try {
    // A redirected token request would carry the client's secret elsewhere.
    const response = await exchange(request, { ...(await rulesOf()), maxRedirects: 0 });
    if (response.status < 200 || response.status > 299) throw new Error(`it answered ${response.status}`);
    answer = JSON.parse(new TextDecoder().decode(response.body));
  } catch (error) {
    throw new ConnectionFailure(`The authorization endpoint gave no token: ${(error as Error).message}`);
  }
  const { access_token: token, token_type: type, expires_in: seconds } = isJsonObject(answer) ? answer : {};
  if (typeof token !== 'string' || token === '') throw new ConnectionFailure('The authorization endpoint gave no token: its answer holds no access_token.');
  const lifetimeMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : 300_000;
  const scheme = typeof type !== 'string' || type.toLowerCase() === 'bearer' ? 'Bearer' : type;
  // A token about to expire is not worth a request.
  return { header: `${scheme} ${token}`, validUntil: Date.now() + lifetimeMs * 0.9 };
}

/** The Task's body with the connection's members; `undefined` where they cannot be put together (a string body and a connection with members). */
export function mergedBody(body: Json | undefined, additions: readonly ConnectionParameter[]): { readonly body: Json | undefined } | undefined {
  if (additions.length === 0) return { body };
  if (body !== undefined && body !== null && !isJsonObject(body)) return undefined;
  const merged: Record<string, Json> = {};
  for (const [key, value] of Object.entries(body ?? {})) setJsonKey(merged, key, value);
  for (const { Key, Value } of additions) setJsonKey(merged, Key, Value);
  return { body: merged };
}
