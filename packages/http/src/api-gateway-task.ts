import { isJsonObject, setJsonKey, type Connector, type Failure, type Json, type TaskCheck, type TaskRequest } from '@interstate/kernel';
import { misshapenField, parameterFault } from '@interstate/service-kit';
import { exchange, ExchangeError, schemeFault, type ExchangeRules, type HttpRequest } from './exchange.ts';
import { API_GATEWAY_FORBIDDEN, isForbidden, isSendable } from './header-rules.ts';
import { shownResponse, textOf } from './response-body.ts';
import { METHODS, pairsOf, readParameters, type ParameterFaults } from './task-parameters.ts';

/** Headers to add to a request, so that IAM accepts it. */
export type SignRequest = (request: HttpRequest) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

interface Call {
  readonly request: HttpRequest;
  readonly isSigned: boolean;
}

/**
 * Answers `arn:aws:states:::apigateway:invoke[.waitForTaskToken]`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
 */
export function apiGatewayConnector(rulesOf: () => Promise<ExchangeRules>, sign: SignRequest | undefined): Connector {
  return async ({ request, signal }) => {
    const { arguments: parameters } = request as unknown as TaskRequest;
    const rules = await rulesOf();
    const call = parseCall(parameters);
    if ('faults' in call) return { ok: false, error: parameterFault(parameters, call.faults) };
    const scheme = schemeFault(call.request.url, rules.hosts);
    if (scheme !== undefined) return { ok: false, error: { Error: 'States.Runtime', Cause: scheme } };
    try {
      const signature = call.isSigned && sign !== undefined ? await sign(call.request) : {};
      const response = await exchange({ ...call.request, headers: { ...call.request.headers, ...signature } }, rules, signal);
      const text = textOf(response) ?? '';
      if (response.status >= 400) return { ok: false, error: { Error: `ApiGateway.${response.status}`, Cause: text } };
      return { ok: true, value: shownResponse(response, text) };
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  };
}

/** What is wrong with the parameters of an API Gateway Task. */
export const checkApiGatewayTask: TaskCheck = ({ arguments: parameters }) => {
  const call = parseCall(parameters);
  return 'faults' in call ? call.faults.join(', ') : undefined;
};

function parseCall(parameters: Json): Call | ParameterFaults {
  const reader = readParameters(parameters);
  const { faults } = reader;
  const host = reader.text('ApiEndpoint', 'required') ?? '';
  const method = reader.oneOf('Method', METHODS, 'required') ?? 'GET';
  const stage = reader.text('Stage');
  const path = reader.text('Path');
  const isSigned = (reader.oneOf('AuthType', ['NO_AUTH', 'IAM_ROLE', 'RESOURCE_POLICY']) ?? 'NO_AUTH') !== 'NO_AUTH';
  const given = pairsOf(reader, 'Headers', 'required');
  const query = pairsOf(reader, 'QueryParameters', 'required');
  const url = endpointUrl(host);
  if (host !== '' && url === undefined) faults.push(misshapenField('ApiEndpoint'));
  const headers = new Map<string, string>();
  for (const [name, value] of given) {
    if (isForbidden(name, API_GATEWAY_FORBIDDEN) || (!isSigned && name.toLowerCase() === 'authorization')) {
      faults.push(`The header '${name}' is not supported in the field 'Headers'`);
    } else if (!isSendable(name, value)) faults.push(misshapenField('Headers'));
    else headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  const body = reader.json('RequestBody');
  const text = body === undefined ? undefined : bodyText(body, reader.json('AllowNullValues') === true);
  if (body !== undefined && text === undefined) faults.push(misshapenField('RequestBody'));
  if (faults.length > 0 || url === undefined) return { faults: [...new Set(faults)] };

  // Set as a path: a question mark or hash in it starts nothing new.
  url.pathname = [stage, path].filter((part) => part !== undefined && part !== '').map((part) => part!.replace(/^\/+/, '')).join('/');
  for (const [name, value] of query) url.searchParams.append(name, value);
  if (text !== undefined && ![...headers.keys()].some((name) => name.toLowerCase() === 'content-type')) headers.set('Content-Type', 'application/json');
  return { request: { method, url, headers: Object.fromEntries(headers), ...(text !== undefined && { body: text }) }, isSigned };
}

/** `abc.execute-api.us-east-1.amazonaws.com`, with a port or scheme where a local server stands in. */
function endpointUrl(host: string): URL | undefined {
  const text = /^https?:\/\//i.test(host) ? host : `https://${host}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '' ? url : undefined;
}

function bodyText(body: Json, allowNullValues: boolean): string | undefined {
  try {
    return JSON.stringify(allowNullValues ? body : withoutNulls(body));
  } catch {
    return undefined;
  }
}

/** Members that are `null` are not sent, unless AllowNullValues says so. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) if (item !== null) setJsonKey(kept, key, withoutNulls(item));
  return kept;
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof ExchangeError)) throw error;
  if (error.kind !== 'size') return { Error: 'ApiGateway.SdkClientException', Cause: `Unable to execute HTTP request: ${error.message}` };
  return {
    Error: 'States.DataLimitExceeded',
    Cause: "The state/task 'apigateway' returned a result with a size exceeding the maximum number of bytes service limit.",
  };
}
