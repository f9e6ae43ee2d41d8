import { isJsonObject, parseArn, type Connector, type Failure, type Json, type JsonObject, type Outcome, type TaskCheck, type TaskRequest } from '@interstate/kernel';
import { misshapenField, parameterFault } from '@interstate/service-kit';
import { ConnectionFailure, mergedBody, type Authorizer, type Connection, type ConnectionAdditions } from './connection.ts';
import { exchange, ExchangeError, schemeFault, type ExchangeRules, type HttpRequest, type HttpResponse } from './exchange.ts';
import { ARRAY_FORMATS, encodeForm, type ArrayFormat } from './form-encoding.ts';
import { HTTP_TASK_FORBIDDEN, isForbidden, isSendable } from './header-rules.ts';
import { isBinaryType, shownResponse, textOf } from './response-body.ts';
import { METHODS, pairsOf, readParameters, type ParameterFaults } from './task-parameters.ts';

interface HttpTask {
  readonly endpoint: URL;
  readonly method: string;
  readonly connectionArn: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly body: Json | undefined;
  readonly arrayFormat: ArrayFormat | undefined;
}

/** A request that is not sent. */
interface Refusal {
  readonly refused: Failure;
}

/**
 * Answers `arn:aws:states:::http:invoke`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
export function httpTaskConnector(
  connections: Readonly<Record<string, Connection>>,
  authorizer: Authorizer,
  rulesOf: () => Promise<ExchangeRules>,
): Connector {
  return async ({ request, signal }) => {
    const { arguments: parameters, executionArn } = request as unknown as TaskRequest;
    const rules = await rulesOf();
    const task = parseHttpTask(parameters);
    if ('faults' in task) return { ok: false, error: parameterFault(parameters, task.faults) };
    const scheme = schemeFault(task.endpoint, rules.hosts);
    if (scheme !== undefined) return { ok: false, error: refuse(scheme).refused };
    const arn = task.connectionArn;
    const connection = arn !== undefined && Object.hasOwn(connections, arn) ? connections[arn] : undefined;
    if (arn !== undefined && connection === undefined) return { ok: false, error: unknownConnection(arn) };
    try {
      const additions = connection === undefined ? NOTHING : await authorizer.additionsOf(arn!, connection);
      const sent = buildRequest(task, additions, parseArn(executionArn)?.region ?? 'us-east-1');
      if ('refused' in sent) return { ok: false, error: sent.refused };
      const response = await exchange(sent, rules, signal);
      if (response.status === 401 && arn !== undefined) authorizer.forget(arn);
      return outcomeOf(response);
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  };
}

/** What is wrong with the parameters of an HTTP Task. */
export const checkHttpTask: TaskCheck = ({ arguments: parameters }) => {
  const task = parseHttpTask(parameters);
  return 'faults' in task ? task.faults.join(', ') : undefined;
};

const NOTHING: ConnectionAdditions = { headers: [], query: [], body: [] };

function parseHttpTask(parameters: Json): HttpTask | ParameterFaults {
  const reader = readParameters(parameters);
  const { faults } = reader;
  const endpoint = reader.text('ApiEndpoint', 'required') ?? '';
  const method = reader.oneOf('Method', METHODS, 'required') ?? '';
  const headers = pairsOf(reader, 'Headers', 'optional');
  const query = pairsOf(reader, 'QueryParameters', 'optional');
  const connectionArn = textIn(reader.object('Authentication'), 'ConnectionArn') ?? textIn(reader.object('InvocationConfig'), 'ConnectionArn');
  const transform = reader.object('Transform');
  const encoding = textIn(transform, 'RequestBodyEncoding') ?? 'NONE';
  const format = textIn(objectIn(transform, 'RequestEncodingOptions'), 'ArrayFormat') ?? 'INDICES';
  if (!['NONE', 'URL_ENCODED'].includes(encoding) || !(ARRAY_FORMATS as readonly string[]).includes(format)) faults.push(misshapenField('Transform'));
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (endpoint !== '' && (url === undefined || url.username !== '' || url.password !== '')) faults.push(misshapenField('ApiEndpoint'));
  for (const [name, value] of headers) {
    if (isForbidden(name, HTTP_TASK_FORBIDDEN)) faults.push(`The header '${name}' is not supported in the field 'Headers'`);
    else if (!isSendable(name, value)) faults.push(misshapenField('Headers'));
  }
  if (faults.length > 0) return { faults: [...new Set(faults)] };
  const arrayFormat = encoding === 'URL_ENCODED' ? (format as ArrayFormat) : undefined;
  return { endpoint: url!, method, connectionArn, headers, query, body: reader.json('RequestBody'), arrayFormat };
}

/** The request as it is sent: what the connection says wins over what the Task says, what is fixed wins over both. */
function buildRequest(task: HttpTask, additions: ConnectionAdditions, region: string): HttpRequest | Refusal {
  const url = new URL(task.endpoint);
  const ofConnection = new Set(additions.query.map(({ Key }) => Key));
  for (const [name, value] of task.query) if (!ofConnection.has(name)) url.searchParams.append(name, value);
  for (const { Key, Value } of additions.query) url.searchParams.append(Key, Value);

  const merged = mergedBody(task.body, additions.body);
  if (merged === undefined) {
    return refuse("The RequestBody of the Task is no object, and the connection's body parameters cannot be added to it.");
  }
  const { body } = merged;
  const headers = new Map<string, readonly [string, string]>();
  const set = (name: string, value: string): void => void headers.set(name.toLowerCase(), [name, value]);
  if (body !== undefined) set('Content-Type', task.arrayFormat === undefined ? 'application/json;charset=UTF-8' : 'application/x-www-form-urlencoded;charset=UTF-8');
  const given = new Set<string>();
  for (const [name, value] of task.headers) {
    const earlier = given.has(name.toLowerCase()) ? `${headers.get(name.toLowerCase())![1]}, ` : '';
    given.add(name.toLowerCase());
    set(name, earlier + value);
  }
  for (const { Key, Value } of additions.headers) {
    if (!isSendable(Key, Value)) return refuse(`The header '${Key}' of the connection cannot be sent.`);
    set(Key, Value);
  }
  set('User-Agent', `Amazon|StepFunctions|HttpInvoke|${region}`);
  set('Range', 'bytes=0-262144');
  let text: string | undefined;
  try {
    if (body !== undefined) text = task.arrayFormat !== undefined ? encodeForm(body, task.arrayFormat) : typeof body === 'string' ? body : JSON.stringify(body);
  } catch {
    return refuse('The RequestBody is nested too deeply to be sent.');
  }
  return { method: task.method, url, headers: Object.fromEntries(headers.values()), ...(text !== undefined && { body: text }) };
}

function outcomeOf(response: HttpResponse): Outcome {
  const text = isBinaryType(response) ? undefined : textOf(response);
  const fail = (Error: string, Cause: string): Outcome => ({ ok: false, error: { Error, Cause } });
  if (response.status < 200 || response.status > 299) return fail(`States.Http.StatusCode.${response.status}`, text || response.statusText);
  if (text === undefined) return fail('States.Runtime', 'The response of the HTTP Task is no text: binary content is not supported.');
  return { ok: true, value: shownResponse(response, text) };
}

function refuse(cause: string): Refusal {
  return { refused: { Error: 'States.Runtime', Cause: cause } };
}

function unknownConnection(arn: string): Failure {
  return {
    Error: 'Events.ConnectionResource.ResourceNotFound',
    Cause: `The connection ${arn} is not known. Describe it in the connections option of http(): { '${arn}': { AuthorizationType, AuthParameters } }.`,
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof ConnectionFailure) return { Error: 'Events.ConnectionResource.InvalidConnectionState', Cause: error.message };
  if (!(error instanceof ExchangeError)) throw error;
  if (error.kind !== 'size') return { Error: 'States.Http.Socket', Cause: error.message };
  return {
    Error: 'States.DataLimitExceeded',
    Cause: "The state/task 'http' returned a result with a size exceeding the maximum number of bytes service limit.",
  };
}

function objectIn(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

function textIn(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' ? value : undefined;
}
