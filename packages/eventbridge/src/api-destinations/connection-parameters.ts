import { base64FromBytes, isJsonObject, setJsonKey, utf8FromText, type Json, type JsonObject } from '@interstate/kernel';

/** A header, query parameter or body member that a connection adds. */
export interface ConnectionParameter {
  readonly Key?: string;
  readonly Value?: string;
  readonly IsValueSecret?: boolean;
}

export interface ConnectionHttpParameters {
  readonly HeaderParameters?: readonly ConnectionParameter[];
  readonly QueryStringParameters?: readonly ConnectionParameter[];
  readonly BodyParameters?: readonly ConnectionParameter[];
}

export interface OAuthParameters {
  readonly ClientParameters?: { readonly ClientID?: string; readonly ClientSecret?: string };
  readonly AuthorizationEndpoint?: string;
  readonly HttpMethod?: 'GET' | 'POST' | 'PUT';
  readonly OAuthHttpParameters?: ConnectionHttpParameters;
}

/** What CreateConnection takes, secrets and all. */
export interface AuthParameters {
  readonly BasicAuthParameters?: { readonly Username?: string; readonly Password?: string };
  readonly ApiKeyAuthParameters?: { readonly ApiKeyName?: string; readonly ApiKeyValue?: string };
  readonly OAuthParameters?: OAuthParameters;
  readonly InvocationHttpParameters?: ConnectionHttpParameters;
}

export type AuthorizationType = 'BASIC' | 'API_KEY' | 'OAUTH_CLIENT_CREDENTIALS';

/** Parameters with those of an update in the place of the old ones, group by group. */
export function mergedParameters(known: AuthParameters, given: AuthParameters): AuthParameters {
  return { ...known, ...given, ...(given.OAuthParameters && { OAuthParameters: { ...known.OAuthParameters, ...given.OAuthParameters } }) };
}

/** As DescribeConnection shows them: no password, key, secret or value that is one. */
export function withoutSecrets({ BasicAuthParameters: basic, ApiKeyAuthParameters: apiKey, OAuthParameters: oauth, InvocationHttpParameters: http }: AuthParameters): JsonObject {
  return given({
    BasicAuthParameters: basic && given({ Username: basic.Username }),
    ApiKeyAuthParameters: apiKey && given({ ApiKeyName: apiKey.ApiKeyName }),
    OAuthParameters:
      oauth &&
      given({
        ClientParameters: given({ ClientID: oauth.ClientParameters?.ClientID }),
        AuthorizationEndpoint: oauth.AuthorizationEndpoint,
        HttpMethod: oauth.HttpMethod,
        OAuthHttpParameters: oauth.OAuthHttpParameters && shownHttp(oauth.OAuthHttpParameters),
      }),
    InvocationHttpParameters: http && shownHttp(http),
  });
}

function shownHttp({ HeaderParameters, QueryStringParameters, BodyParameters }: ConnectionHttpParameters): JsonObject {
  const shown = (parameters?: readonly ConnectionParameter[]): Json | undefined => parameters?.map(({ Key, Value, IsValueSecret = true }) => given({ Key, Value: IsValueSecret ? undefined : Value, IsValueSecret }));
  return given({ HeaderParameters: shown(HeaderParameters), QueryStringParameters: shown(QueryStringParameters), BodyParameters: shown(BodyParameters) });
}

function given(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** What is missing for a type of authorization; undefined where nothing is. */
export function missingFor(type: AuthorizationType, { BasicAuthParameters, ApiKeyAuthParameters, OAuthParameters }: AuthParameters): string | undefined {
  const group = { BASIC: BasicAuthParameters, API_KEY: ApiKeyAuthParameters, OAUTH_CLIENT_CREDENTIALS: OAuthParameters }[type];
  const name = { BASIC: 'BasicAuthParameters', API_KEY: 'ApiKeyAuthParameters', OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters' }[type];
  return group ? undefined : name;
}

/** The header that authorizes a request by what is known without asking. */
export function credentialOf(type: AuthorizationType, { BasicAuthParameters: basic, ApiKeyAuthParameters: apiKey }: AuthParameters): readonly [name: string, value: string] | undefined {
  if (type === 'BASIC') return ['Authorization', `Basic ${base64FromBytes(utf8FromText(`${basic?.Username ?? ''}:${basic?.Password ?? ''}`))}`];
  return type === 'API_KEY' ? [apiKey?.ApiKeyName ?? '', apiKey?.ApiKeyValue ?? ''] : undefined;
}

/** Headers with others in their place, whatever the case of their names. */
export function withHeaders(headers: Readonly<Record<string, string>>, added: Iterable<readonly [name: string, value: string]>): Record<string, string> {
  const all = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  for (const [name, value] of added) all.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(all.values());
}

/** A URL with query parameters; those it has under the same name go. */
export function withQuery(url: string, added: readonly (readonly [name: string, value: string])[]): string {
  if (added.length === 0) return url;
  const hash = url.indexOf('#');
  const whole = hash < 0 ? url : url.slice(0, hash);
  const mark = whole.indexOf('?');
  const names = new Set(added.map(([name]) => encodeURIComponent(name)));
  const kept = mark < 0 ? [] : whole.slice(mark + 1).split('&').filter((pair) => pair !== '' && !names.has(pair.split('=')[0]!));
  const query = [...kept, ...added.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)];
  return `${mark < 0 ? whole : whole.slice(0, mark)}?${query.join('&')}`;
}

export function pairsOf(parameters: readonly ConnectionParameter[] = []): readonly (readonly [string, string])[] {
  return parameters.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? ''] as const]));
}

/** A JSON object's text with members added; any other body stays as it is. */
export function withMembers(body: string, added: readonly (readonly [name: string, value: string])[]): string {
  if (added.length === 0) return body;
  try {
    const parsed = JSON.parse(body) as Json;
    if (!isJsonObject(parsed)) return body;
    const merged: Record<string, Json> = {};
    for (const [key, value] of Object.entries(parsed)) setJsonKey(merged, key, value);
    for (const [key, value] of added) setJsonKey(merged, key, value);
    return JSON.stringify(merged);
  } catch {
    return body;
  }
}
