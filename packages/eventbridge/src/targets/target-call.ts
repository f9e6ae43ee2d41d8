import { parseArn, type Address, type Json, type JsonObject } from '@interstate/kernel';
import { compileEventPath } from '../input-transformer/event-path.ts';
import { payloadText, payloadValue, type Payload } from '../input-transformer/template.ts';
import type { HttpParameters, Target } from './target.ts';

/** What is asked of a target, and where. */
export interface TargetCall {
  readonly to: Address;
  readonly action: string;
  readonly input: JsonObject;
}

/** An event on its way to a target. */
export interface Sending {
  readonly event: JsonObject;
  readonly payload: Payload;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Names this delivery, the same in every attempt. */
  readonly id: string;
}

/** How a kind of target is called; a text says why it cannot be. */
export type Call = (target: Target, sending: Sending) => TargetCall | string;

/** The call of a target by its ARN. What nothing here knows is asked to `Invoke`, with all parameters, for adapters of your own. */
export function callOf(target: Target): Call {
  const arn = parseArn(target.Arn);
  const kind = arn === undefined ? undefined : `${arn.service}:${/^[\w-]*/.exec(arn.resource)![0]}`;
  if (kind === undefined) return invoke;
  return KINDS.get(kind) ?? KINDS.get(`${arn!.service}:`) ?? invoke;
}

const KINDS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['lambda:', invokeFunction],
  ['sqs:', sendMessage],
  ['sns:', publish],
  ['states:stateMachine', startExecution],
  ['events:event-bus', putEvents],
  ['events:api-destination', invokeApiDestination],
  ['events:archive', archiveEvent],
  ['logs:log-group', putLogEvents],
  ['firehose:deliverystream', putFirehoseRecord],
  ['kinesis:stream', putKinesisRecord],
]);

function invokeFunction({ Arn }: Target, { payload }: Sending): TargetCall | string {
  const value = payloadValue(payload);
  if (value === undefined) return 'The input for the function is not JSON.';
  return { to: Arn, action: 'Invoke', input: { FunctionName: Arn, InvocationType: 'Event', Payload: value } };
}

function sendMessage({ Arn, SqsParameters }: Target, { payload }: Sending): TargetCall {
  const group = SqsParameters?.MessageGroupId;
  return { to: Arn, action: 'SendMessage', input: { QueueUrl: queueUrlOf(Arn), MessageBody: payloadText(payload), ...(group !== undefined && { MessageGroupId: group }) } };
}

/** The URL that SQS gives a queue of this ARN. */
export function queueUrlOf(queueArn: string): string {
  const arn = parseArn(queueArn);
  return `https://sqs.${arn?.region}.amazonaws.com/${arn?.account}/${arn?.resource}`;
}

function publish({ Arn }: Target, { payload }: Sending): TargetCall {
  return { to: Arn, action: 'Publish', input: { TopicArn: Arn, Message: payloadText(payload) } };
}

/** The execution's name holds the event's id, and is the same in every attempt, so that none is started twice. */
function startExecution({ Arn }: Target, { payload, event, id }: Sending): TargetCall {
  return { to: Arn, action: 'StartExecution', input: { stateMachineArn: Arn, input: payloadText(payload), name: `${event['id'] as string}_${id}` } };
}

function putEvents({ Arn }: Target, { payload }: Sending): TargetCall | string {
  const sent = payloadValue(payload) as JsonObject | undefined;
  const { source = null, 'detail-type': detailType = null, detail = null, resources = [], time = null } = typeof sent === 'object' ? sent : {};
  if (typeof source !== 'string' || typeof detailType !== 'string') return 'What is sent to an event bus must be an event: it has no source or no detail-type.';
  const entry = { EventBusName: Arn, Source: source, DetailType: detailType, Detail: JSON.stringify(detail), Resources: resources, Time: time };
  return { to: Arn, action: 'PutEvents', input: { Entries: [entry] } };
}

function archiveEvent({ Arn }: Target, { event }: Sending): TargetCall {
  return { to: Arn, action: 'ArchiveEvent', input: { Event: event } };
}

function putLogEvents({ Arn }: Target, { payload, event, now }: Sending): TargetCall {
  const to = Arn.endsWith(':*') ? Arn.slice(0, -2) : Arn;
  const name = to.slice(to.indexOf(':log-group:') + ':log-group:'.length);
  return { to, action: 'PutLogEvents', input: { logGroupName: name, logStreamName: String(event['id']), logEvents: [{ timestamp: now, message: payloadText(payload) }] } };
}

function putFirehoseRecord({ Arn }: Target, { payload }: Sending): TargetCall {
  return { to: Arn, action: 'PutRecord', input: { DeliveryStreamName: nameIn(Arn), Record: { Data: payloadText(payload) } } };
}

function putKinesisRecord({ Arn, KinesisParameters }: Target, { payload, event }: Sending): TargetCall {
  const key = KinesisParameters && compileEventPath(KinesisParameters.PartitionKeyPath)?.(event);
  return { to: Arn, action: 'PutRecord', input: { StreamName: nameIn(Arn), Data: payloadText(payload), PartitionKey: key === undefined ? (event['id'] as string) : textOf(key) } };
}

function nameIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function invokeApiDestination({ Arn, HttpParameters = {} }: Target, { payload, event }: Sending): TargetCall {
  return { to: Arn, action: 'InvokeApiDestination', input: { Body: payloadText(payload), HttpParameters: filled(HttpParameters, event) } };
}

/** Parameters with their paths replaced by what the event holds there. */
export function filled({ PathParameterValues = [], HeaderParameters = {}, QueryStringParameters = {} }: HttpParameters, event: JsonObject): JsonObject {
  const fill = (value: string): string => {
    const path = value.startsWith('$') ? compileEventPath(value) : undefined;
    return path ? textOf(path(event) ?? '') : value;
  };
  const each = (parameters: Readonly<Record<string, string>>): JsonObject => Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, fill(value)]));
  return { PathParameterValues: PathParameterValues.map(fill), HeaderParameters: each(HeaderParameters), QueryStringParameters: each(QueryStringParameters) };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function invoke(target: Target, { payload, event }: Sending): TargetCall {
  const { Id: _id, Input: _input, InputPath: _path, InputTransformer: _transformer, DeadLetterConfig: _queue, RetryPolicy: _retries, ...parameters } = target;
  return { to: target.Arn, action: 'Invoke', input: { ...(parameters as unknown as JsonObject), Payload: payloadValue(payload) ?? payloadText(payload), EventId: event['id']! } };
}
