import { isJsonObject, type HttpRequest, type HttpResponse, type Json } from '@interstate/kernel';
import { pairsOf, withHeaders, withQuery, type OAuthParameters } from './connection-parameters.ts';

/** Asks an authorization server for a token by the client's own credentials. @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.4 */
export function tokenRequest({ AuthorizationEndpoint: endpoint = '', HttpMethod: method = 'POST', ClientParameters: client = {}, OAuthHttpParameters: http = {} }: OAuthParameters, timeoutMs: number): HttpRequest {
  const form = [['grant_type', 'client_credentials'], ['client_id', client.ClientID ?? ''], ['client_secret', client.ClientSecret ?? ''], ...pairsOf(http.BodyParameters)] as const;
  const hasBody = method !== 'GET';
  const query = [...pairsOf(http.QueryStringParameters), ...(hasBody ? [] : form)];
  const headers = withHeaders({ Accept: 'application/json', ...(hasBody && { 'Content-Type': 'application/x-www-form-urlencoded' }) }, pairsOf(http.HeaderParameters));
  const isJson = Object.entries(headers).some(([name, value]) => name.toLowerCase() === 'content-type' && value.includes('json'));
  const encode = (pairs: typeof form): string => (isJson ? JSON.stringify(Object.fromEntries(pairs)) : withQuery('', pairs).slice(1));
  return { method, url: withQuery(endpoint, query), headers, ...(hasBody && { body: encode(form) }), timeoutMs };
}

export interface Token {
  /** Value of the Authorization header. */
  readonly header: string;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

/** Where an answer does not say how long its token is good. */
const DEFAULT_SECONDS = 300;

/** The token of an answer; a text says why there is none. */
export function readToken({ status, body }: HttpResponse, now: number): Token | string {
  if (status < 200 || status > 299) return `The authorization endpoint answered ${status}.`;
  let answer: Json;
  try {
    answer = JSON.parse(body) as Json;
  } catch {
    return 'The answer of the authorization endpoint is no JSON.';
  }
  const { access_token: token, token_type: type, expires_in: seconds } = isJsonObject(answer) ? answer : {};
  if (typeof token !== 'string' || token === '') return 'The answer of the authorization endpoint holds no access_token.';
  const lifetimeSeconds = typeof seconds === 'number' && seconds > 0 ? seconds : DEFAULT_SECONDS;
  const scheme = typeof type !== 'string' || type.toLowerCase() === 'bearer' ? 'Bearer' : type;
  // A token about to expire is not worth a request.
  return { header: `${scheme} ${token}`, validUntil: now + lifetimeSeconds * 900 };
}
