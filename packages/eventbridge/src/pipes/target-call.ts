import { isJsonObject, parseArn, setJsonKey, type EpochMs, type Json, type JsonObject } from '@interstate/kernel';
import { compileEventPath } from '../input-transformer/event-path.ts';
import type { HttpParameters } from '../targets/target.ts';
import { queueUrlOf } from '../targets/target-call.ts';
import { openedRecord } from './opened-record.ts';
import type { PipeConfiguration } from './pipe-record.ts';
import { sourceKind } from './source/source-kind.ts';
import { apiDestinationCall, apiGatewayCall, textOf, type OperationCall, type StageCall } from './stage-call.ts';

/** A kind of target: how much it takes at once, how it is called, and which entries its answer refuses. */
interface TargetKind {
  /** The block of TargetParameters that is its own. Undefined: whatever is given goes along. */
  readonly parameters?: string;
  /** Undefined: whatever the source brings. */
  readonly maximumBatch?: number;
  readonly call: (pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[], now: EpochMs) => StageCall;
  /** Places of entries that failed. Default: none where the call did not fail. */
  readonly failures?: (answer: JsonObject) => readonly number[];
  /** The answer of whoever dealt with it may name records that failed. */
  readonly reportsFailures?: true;
}

/** The kind of a target by its ARN; undefined where it is not modelled. @param reaches whether an adapter of the application's answers there */
export function targetKind(arn: string, reaches: (arn: string) => boolean = () => true): TargetKind | undefined {
  const member = targetMember(arn);
  if (Object.hasOwn(KINDS, member)) return KINDS[member];
  return parseArn(arn) && reaches(arn) ? ADAPTER : undefined;
}

/** What tells a target's kind: its service, and which of its resources it is where there are several. */
export function targetMember(arn: string): string {
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  return service === 'events' || service === 'states' ? `${service}:${/^[\w-]*/.exec(resource)![0]}` : service;
}

const KINDS: Readonly<Record<string, TargetKind>> = {
  lambda: { parameters: 'LambdaFunctionParameters', call: invoke, reportsFailures: true },
  'states:stateMachine': { parameters: 'StepFunctionStateMachineParameters', call: startExecution, reportsFailures: true },
  sqs: { parameters: 'SqsQueueParameters', maximumBatch: 10, call: sendMessages, failures: failedIds },
  sns: { parameters: 'InputTemplate', maximumBatch: 10, call: publish, failures: failedIds },
  'events:event-bus': { parameters: 'EventBridgeEventBusParameters', maximumBatch: 10, call: putEvents, failures: (answer) => failedEntries(answer, 'Entries') },
  'events:api-destination': { parameters: 'HttpParameters', maximumBatch: 1, call: (pipe, [event], [record]) => apiDestinationCall(pipe.target, block(pipe, 'HttpParameters') as HttpParameters, event!, record!) },
  'execute-api': { parameters: 'HttpParameters', maximumBatch: 1, call: (pipe, [event], [record]) => apiGatewayCall(pipe.target, block(pipe, 'HttpParameters') as HttpParameters, event!, record!) },
  kinesis: { parameters: 'KinesisStreamParameters', maximumBatch: 500, call: putRecords, failures: (answer) => failedEntries(answer, 'Records') },
  firehose: { parameters: 'InputTemplate', maximumBatch: 500, call: putRecordBatch, failures: (answer) => failedEntries(answer, 'RequestResponses') },
  logs: { parameters: 'CloudWatchLogsParameters', maximumBatch: 10_000, call: putLogEvents },
};

/** Whatever an adapter of the application's answers for: one event at a time, with the target's parameters. */
const ADAPTER: TargetKind = {
  maximumBatch: 1,
  call: ({ target, targetParameters: { InputTemplate: _template, ...parameters } }, [event]) => ({ to: target, action: 'Invoke', input: { ...parameters, Payload: event! } }),
};

function block(pipe: PipeConfiguration, name: string): JsonObject {
  const given = pipe.targetParameters[name];
  return isJsonObject(given) ? given : {};
}

function isFireAndForget(pipe: PipeConfiguration, name: string): boolean {
  return block(pipe, name)['InvocationType'] === 'FIRE_AND_FORGET';
}

/** A parameter: a text, or what a path that begins with `$.` finds in the record. */
function parameter(value: Json | undefined, record: Json): string | undefined {
  if (typeof value !== 'string') return undefined;
  const path = value.startsWith('$.') ? compileEventPath(value) : undefined;
  if (!path) return value;
  const found = path(openedRecord(record));
  return found === undefined ? '' : textOf(found);
}

function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const given: Record<string, Json> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) setJsonKey(given, name, value);
  return given;
}

function invoke(pipe: PipeConfiguration, events: readonly Json[]): StageCall {
  const InvocationType = isFireAndForget(pipe, 'LambdaFunctionParameters') ? 'Event' : 'RequestResponse';
  return { to: pipe.target, action: 'Invoke', input: { FunctionName: pipe.target, InvocationType, Payload: events } };
}

function startExecution(pipe: PipeConfiguration, events: readonly Json[]): StageCall {
  const action = isFireAndForget(pipe, 'StepFunctionStateMachineParameters') ? 'StartExecution' : 'StartSyncExecution';
  return { to: pipe.target, action, input: { stateMachineArn: pipe.target, input: JSON.stringify(events) } };
}

function sendMessages(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): StageCall {
  const { MessageGroupId: group, MessageDeduplicationId: deduplication } = block(pipe, 'SqsQueueParameters');
  const Entries = events.map((event, index) => {
    const record = records[index] ?? event;
    return defined({ Id: String(index), MessageBody: textOf(event), MessageGroupId: parameter(group, record), MessageDeduplicationId: parameter(deduplication, record) });
  });
  return { to: pipe.target, action: 'SendMessageBatch', input: { QueueUrl: queueUrlOf(pipe.target), Entries } };
}

function publish(pipe: PipeConfiguration, events: readonly Json[]): StageCall {
  return { to: pipe.target, action: 'PublishBatch', input: { TopicArn: pipe.target, PublishBatchRequestEntries: events.map((event, index) => ({ Id: String(index), Message: textOf(event) })) } };
}

function putEvents(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): StageCall {
  const { Source: source = `Pipe ${pipe.name}`, DetailType: detailType = `Event from ${sourceKind(pipe.sourceBlock)?.eventSource ?? 'aws:sqs'}`, Resources: resources, Time: time } = block(pipe, 'EventBridgeEventBusParameters');
  const Entries = events.map((event, index) => {
    const record = records[index] ?? event;
    const at = Number(parameter(time, record));
    return defined({
      EventBusName: pipe.target,
      Source: parameter(source, record),
      DetailType: parameter(detailType, record),
      Detail: textOf(event),
      Resources: (resources as readonly Json[] | undefined)?.map((resource) => parameter(resource, record)!),
      Time: time === undefined || Number.isNaN(at) ? undefined : at,
    });
  });
  return { to: pipe.target, action: 'PutEvents', input: { Entries } };
}

function putRecords(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): StageCall {
  const { PartitionKey: key } = block(pipe, 'KinesisStreamParameters');
  const Records = events.map((event, index) => ({ Data: textOf(event), PartitionKey: parameter(key, records[index] ?? event) ?? '' }));
  return { to: pipe.target, action: 'PutRecords', input: { StreamName: nameIn(pipe.target), StreamARN: pipe.target, Records } };
}

function putRecordBatch(pipe: PipeConfiguration, events: readonly Json[]): StageCall {
  return { to: pipe.target, action: 'PutRecordBatch', input: { DeliveryStreamName: nameIn(pipe.target), Records: events.map((event) => ({ Data: textOf(event) })) } };
}

function putLogEvents(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[], now: EpochMs): StageCall {
  const { LogStreamName: stream = pipe.name, Timestamp: timestamp } = block(pipe, 'CloudWatchLogsParameters');
  const logEvents = events.map((event, index) => {
    const record = records[index] ?? event;
    const sent = isJsonObject(record) && isJsonObject(record['attributes']) ? record['attributes']['SentTimestamp'] : undefined;
    return { timestamp: Number(parameter(timestamp, record) ?? sent ?? now), message: textOf(event) };
  });
  return putLogEventsCall(pipe.target, parameter(stream, records[0] ?? null) ?? pipe.name, logEvents);
}

/** @param logGroup its ARN, with or without `:*` */
export function putLogEventsCall(logGroup: string, logStreamName: string, logEvents: readonly JsonObject[]): OperationCall {
  const to = logGroup.replace(/:\*$/, '');
  return { to, action: 'PutLogEvents', input: { logGroupName: to.slice(to.indexOf(':log-group:') + ':log-group:'.length), logStreamName, logEvents } };
}

function nameIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function failedIds({ Failed: failed = [] }: JsonObject): readonly number[] {
  return (failed as readonly JsonObject[]).map(({ Id }) => Number(Id));
}

function failedEntries(answer: JsonObject, name: string): readonly number[] {
  const entries = (answer[name] ?? []) as readonly JsonObject[];
  return entries.flatMap(({ ErrorCode: code }, index) => (code === undefined ? [] : [index]));
}
