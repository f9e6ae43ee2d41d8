import { isJsonObject, parseArn, setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { compileEventPath } from '../input-transformer/event-path.ts';
import { queueUrlOf } from '../targets/target-call.ts';
import { openedRecord } from './opened-record.ts';
import type { PipeConfiguration } from './pipe-record.ts';

/** A call of a target with a batch of events. */
export interface TargetRequest {
  readonly action: string;
  readonly input: JsonObject;
}

/** A kind of target: how much it takes at once, how it is called, and which entries its answer refuses. */
interface TargetKind {
  /** Undefined: whatever the source brings. */
  readonly maximumBatch?: number;
  readonly request: (pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]) => TargetRequest;
  /** Places of entries that failed. Default: none where the call did not fail. */
  readonly failures?: (answer: JsonObject) => readonly number[];
  /** The answer of whoever dealt with it may name records that failed. */
  readonly reportsFailures?: true;
}

/** The kind of a target by its ARN; undefined where it is not modelled. */
export function targetKind(arn: string): TargetKind | undefined {
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  const kind = service === 'events' || service === 'states' ? `${service}:${/^[\w-]*/.exec(resource)![0]}` : service;
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}

const KINDS: Readonly<Record<string, TargetKind>> = {
  lambda: { request: invoke, reportsFailures: true },
  'states:stateMachine': { request: startExecution, reportsFailures: true },
  sqs: { maximumBatch: 10, request: sendMessages, failures: failedIds },
  sns: { maximumBatch: 10, request: publish, failures: failedIds },
  'events:event-bus': { maximumBatch: 10, request: putEvents, failures: (answer) => failedEntries(answer, 'Entries') },
  kinesis: { maximumBatch: 500, request: putRecords, failures: (answer) => failedEntries(answer, 'Records') },
  firehose: { maximumBatch: 500, request: putRecordBatch, failures: (answer) => failedEntries(answer, 'RequestResponses') },
  logs: { maximumBatch: 10_000, request: putLogEvents },
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

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const given: Record<string, Json> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) setJsonKey(given, name, value);
  return given;
}

function invoke(pipe: PipeConfiguration, events: readonly Json[]): TargetRequest {
  const InvocationType = isFireAndForget(pipe, 'LambdaFunctionParameters') ? 'Event' : 'RequestResponse';
  return { action: 'Invoke', input: { FunctionName: pipe.target, InvocationType, Payload: events } };
}

function startExecution(pipe: PipeConfiguration, events: readonly Json[]): TargetRequest {
  const action = isFireAndForget(pipe, 'StepFunctionStateMachineParameters') ? 'StartExecution' : 'StartSyncExecution';
  return { action, input: { stateMachineArn: pipe.target, input: JSON.stringify(events) } };
}

function sendMessages(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): TargetRequest {
  const { MessageGroupId: group, MessageDeduplicationId: deduplication } = block(pipe, 'SqsQueueParameters');
  const Entries = events.map((event, index) => {
    const record = records[index] ?? event;
    return defined({ Id: String(index), MessageBody: textOf(event), MessageGroupId: parameter(group, record), MessageDeduplicationId: parameter(deduplication, record) });
  });
  return { action: 'SendMessageBatch', input: { QueueUrl: queueUrlOf(pipe.target), Entries } };
}

function publish(pipe: PipeConfiguration, events: readonly Json[]): TargetRequest {
  return { action: 'PublishBatch', input: { TopicArn: pipe.target, PublishBatchRequestEntries: events.map((event, index) => ({ Id: String(index), Message: textOf(event) })) } };
}

function putEvents(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): TargetRequest {
  const { Source: source = `Pipe ${pipe.name}`, DetailType: detailType = 'Event from aws:sqs', Resources: resources, Time: time } = block(pipe, 'EventBridgeEventBusParameters');
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
  return { action: 'PutEvents', input: { Entries } };
}

function putRecords(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): TargetRequest {
  const { PartitionKey: key } = block(pipe, 'KinesisStreamParameters');
  const Records = events.map((event, index) => ({ Data: textOf(event), PartitionKey: parameter(key, records[index] ?? event) ?? '' }));
  return { action: 'PutRecords', input: { StreamName: nameIn(pipe.target), StreamARN: pipe.target, Records } };
}

function putRecordBatch(pipe: PipeConfiguration, events: readonly Json[]): TargetRequest {
  return { action: 'PutRecordBatch', input: { DeliveryStreamName: nameIn(pipe.target), Records: events.map((event) => ({ Data: textOf(event) })) } };
}

function putLogEvents(pipe: PipeConfiguration, events: readonly Json[], records: readonly Json[]): TargetRequest {
  const { LogStreamName: stream = pipe.name, Timestamp: timestamp } = block(pipe, 'CloudWatchLogsParameters');
  const logEvents = events.map((event, index) => {
    const record = records[index] ?? event;
    const sent = isJsonObject(record) ? (record['attributes'] as JsonObject | undefined)?.['SentTimestamp'] : undefined;
    return { timestamp: Number(parameter(timestamp, record) ?? sent ?? 0), message: textOf(event) };
  });
  return { action: 'PutLogEvents', input: { logGroupName: pipe.target.slice(pipe.target.indexOf(':log-group:') + 11).replace(/:\*$/, ''), logStreamName: parameter(stream, records[0] ?? null) ?? pipe.name, logEvents } };
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
