import { HTTP_ADDRESS, parseArn, type Address, type HttpRequest, type Json, type JsonObject } from '@interstate/kernel';
import { withHeaders, withQuery } from '../api-destinations/connection-parameters.ts';
import type { HttpParameters } from '../targets/target.ts';
import { filled } from '../targets/target-call.ts';
import { openedRecord } from './opened-record.ts';

/** An operation asked of an ARN. */
export interface OperationCall {
  readonly to: Address;
  readonly action: string;
  readonly input: JsonObject;
  /** How many events in a row brought it about. Absent: nobody knows. */
  readonly hops?: number;
}

/** What is asked of an enrichment or a target, and where: an operation, or an HTTP exchange. */
export type StageCall = OperationCall | { readonly to: typeof HTTP_ADDRESS; readonly http: HttpRequest };

/** Milliseconds an enrichment or a target has to answer. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const STAGE_TIMEOUT_MS = 300_000;

export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Hands one event to an API destination. @param record what paths among the parameters look into */
export function apiDestinationCall(arn: string, parameters: HttpParameters, event: Json, record: Json): StageCall {
  return { to: arn, action: 'InvokeApiDestination', input: { Body: textOf(event), HttpParameters: filled(parameters, openedRecord(record) as JsonObject) } };
}

/** Hands one event to a stage of API Gateway, by `…:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`. */
export function apiGatewayCall(arn: string, parameters: HttpParameters, event: Json, record: Json): StageCall {
  const { region = '', resource = '' } = parseArn(arn) ?? {};
  const [api = '', stage = '', method = 'POST', ...path] = resource.split('/');
  const { PathParameterValues: values = [], HeaderParameters: headers = {}, QueryStringParameters: query = {} } = filled(parameters, openedRecord(record) as JsonObject) as HttpParameters;
  let next = 0;
  const url = `https://${api}.execute-api.${region}.amazonaws.com/${[stage, ...path].join('/').replace(/\*/g, () => encodeURIComponent(values[next++] ?? ''))}`;
  const isBodiless = method === 'GET' || method === 'HEAD';
  return {
    to: HTTP_ADDRESS,
    http: {
      method: method === '*' ? 'POST' : method,
      url: withQuery(url, Object.entries(query)),
      headers: withHeaders({ 'Content-Type': 'application/json; charset=utf-8' }, Object.entries(headers)),
      ...(!isBodiless && { body: textOf(event) }),
      signed: true,
      timeoutMs: STAGE_TIMEOUT_MS,
    },
  };
}
