import { type Failure, type Json, type JsonObject, type Outcome, type ReplyTo } from '@interstate/kernel';
import { polledQueue, ServiceFault, type Operation } from '@interstate/service-kit';
import { MAPPING_KIND, NOTHING_YET } from '../../mapping/mapping.ts';
import { describeMapping, type MappingNews, type MappingNotice, type MappingRecord, type MappingState } from '../../mapping/mapping-record.ts';
import { readSettings } from '../../mapping/read-settings.ts';
import { channelOf, sourceOf, type SourceType } from '../../mapping/source-type.ts';
import { isStateMachine } from '../../mapping/target.ts';
import { callerFor, directoryAddress, keepMapping, newUuid, type DirectoryContext } from '../directory-state.ts';
import { LAMBDA_ERRORS } from '../errors.ts';
import { functionArnOf } from '../names.ts';
import { pageOf } from './event-invoke-config.ts';
import { withTags } from './tags.ts';

const MAPPING = 'mapping:';
const CREATING = 'creating:';

/** Implements CreateEventSourceMapping. The source is asked whether it is there; it answers later. */
export const createEventSourceMapping: Operation<DirectoryContext> = (context, input) => {
  const { options, state, replyTo, now } = context;
  const { EventSourceArn, FunctionName, Enabled = true, Tags = {} } = input as { EventSourceArn?: string; FunctionName: string; Enabled?: boolean; Tags?: Readonly<Record<string, string>> };
  if ((EventSourceArn === undefined) === (input['SelfManagedEventSource'] === undefined)) throw invalid('Unrecognized event source.');
  const found = sourceOf(EventSourceArn, input);
  if (!found) throw invalid('Unrecognized event source.');
  const { type, source } = found;
  const targetArn = targetOf(context, FunctionName, type);
  const settings = readSettings(type, source, input);
  const same = (known: MappingRecord): boolean => known.source === source && known.targetArn === targetArn && JSON.stringify([known.settings.Topics, known.settings.Queues]) === JSON.stringify([settings.Topics, settings.Queues]);
  for (const known of state.mappings.values()) if (same(known)) throw alreadyThere(known);
  const uuid = newUuid(state);
  const arn = `arn:aws:lambda:${options.region}:${options.account}:event-source-mapping:${uuid}`;
  const lastResult = type === 'sqs' ? '' : NOTHING_YET;
  const record: MappingRecord = { arn, uuid, type, source, targetArn, enabled: Enabled, settings, state: 'Creating', lastModified: now, lastResult, tags: withTags({}, Tags) };
  const callId = CREATING + uuid;
  state.records.set(callId, { record, replyTo } as unknown as Json);
  context.effects.push({ type: 'call', to: source, callId, request: { ...sourceRequest(record), caller: callerFor(options, arn) } as unknown as Json });
  return undefined;
};

/** What a source answers if it is there. */
function sourceRequest({ type, source, settings, uuid }: MappingRecord): { readonly action: string; readonly input: JsonObject } {
  if (type === 'sqs') return { action: 'GetQueueAttributes', input: { QueueUrl: polledQueue(source)!.url, AttributeNames: ['QueueArn'] } };
  return { action: 'ListShards', input: { ...channelOf(type, settings, uuid), KnownShardIds: [] } };
}

/** The source of a new mapping has answered. False: the call was none of these. */
export function sourceAnswered(context: DirectoryContext, callId: string, outcome: Outcome): boolean {
  if (!callId.startsWith(CREATING)) return false;
  const { state, effects } = context;
  const waiting = state.records.get(callId) as unknown as { record: MappingRecord; replyTo: ReplyTo } | undefined;
  if (!waiting) return true;
  state.records.delete(callId);
  const { record, replyTo } = waiting;
  if (outcome.ok) {
    keepMapping(context, record);
    effects.push({ type: 'spawn', kind: MAPPING_KIND, address: record.arn, notice: notice(context, record) });
    effects.push({ type: 'reply', to: replyTo, outcome: { ok: true, value: describeMapping(record) } });
    return true;
  }
  const failure = notFound(record, outcome.error).toFailure(LAMBDA_ERRORS);
  effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error: failure } });
  return true;
}

/** Implements UpdateEventSourceMapping: what is not said stays. */
export const updateEventSourceMapping: Operation<DirectoryContext> = (context, input) => {
  const record = existing(context, input);
  if (record.state === 'Deleting') throw inUse();
  const { type, source, settings } = record;
  const { FunctionName, Enabled: enabled = record.enabled } = input as { FunctionName?: string; Enabled?: boolean };
  const targetArn = FunctionName === undefined ? record.targetArn : targetOf(context, FunctionName, type);
  const changes: MappingState = enabled === record.enabled ? 'Updating' : enabled ? 'Enabling' : 'Disabling';
  const changed: MappingRecord = { ...record, targetArn, enabled, settings: readSettings(type, source, input, settings), state: changes, lastModified: context.now };
  keepMapping(context, changed);
  context.effects.push({ type: 'notice', to: record.arn, notice: notice(context, changed) });
  return describeMapping(changed);
};

/** Implements GetEventSourceMapping. */
export const getEventSourceMapping: Operation<DirectoryContext> = (context, input) => describeMapping(existing(context, input));

/** Implements DeleteEventSourceMapping: it goes when its last batch has ended. */
export const deleteEventSourceMapping: Operation<DirectoryContext> = (context, input) => {
  const record: MappingRecord = { ...existing(context, input), state: 'Deleting', lastModified: context.now };
  keepMapping(context, record);
  context.effects.push({ type: 'notice', to: record.arn, notice: { type: 'delete' } });
  return describeMapping(record);
};

/** Implements ListEventSourceMappings. */
export const listEventSourceMappings: Operation<DirectoryContext> = (context, { EventSourceArn: wanted, FunctionName: name, Marker, MaxItems = 100 }) => {
  const target = name === undefined ? undefined : targetArnOf(context, name as string);
  const records = [...context.state.mappings.values()].filter(({ source, targetArn }) => (wanted === undefined || source === wanted) && (target === undefined || targetArn === target)).sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
  const { page, marker } = pageOf(records, `ListEventSourceMappings|${String(wanted)}|${String(target)}`, Marker, Math.min(MaxItems as number, 100));
  return { EventSourceMappings: page.map(describeMapping), ...marker };
};

/** A mapping's machine tells where it has got to. */
export function mappingChanged(context: DirectoryContext, { uuid, state, lastResult }: MappingNews): void {
  const record = context.state.mappings.get(uuid);
  if (!record) return;
  if (state === 'Deleted') {
    context.state.mappings.delete(uuid);
    context.state.records.delete(MAPPING + uuid);
    return;
  }
  // The answer to an older configuration says nothing of a newer one.
  const shown = record.state === 'Deleting' || (state === 'Enabled') !== record.enabled ? record.state : state;
  keepMapping(context, { ...record, state: shown, lastResult });
}

function notice({ options: { region, account } }: DirectoryContext, { state: _state, lastModified: _time, lastResult: _result, tags: _tags, ...configuration }: MappingRecord): Json {
  return { type: 'configure', configuration, directory: directoryAddress(region, account) } satisfies MappingNotice as unknown as Json;
}

function existing({ state }: DirectoryContext, { UUID }: JsonObject): MappingRecord {
  const record = state.mappings.get(UUID as string);
  if (!record) throw new ServiceFault('ResourceNotFoundException', { reason: 'The resource you requested does not exist.' });
  return record;
}

/** @throws ServiceFault where there is no such function; a state machine is asked when the first batch comes */
function targetOf(context: DirectoryContext, name: string, type: SourceType): string {
  const arn = targetArnOf(context, name);
  if (isStateMachine(name) && type !== 'sqs') throw invalid('A state machine is started from queues only; make a pipe for other sources.');
  if (!isStateMachine(name) && !context.options.functions.has(arn)) throw invalid('Function does not exist');
  return arn;
}

function targetArnOf({ options }: DirectoryContext, name: string): string {
  return isStateMachine(name) ? name : functionArnOf(name, options);
}

function invalid(reason: string): ServiceFault {
  return new ServiceFault('InvalidParameterValueException', { reason });
}

function inUse(): ServiceFault {
  return new ServiceFault('ResourceInUseException', { reason: 'Cannot update the event source mapping because it is in use.' });
}

function alreadyThere({ type, source, targetArn, uuid }: MappingRecord): ServiceFault {
  const name = targetArn.split(':').slice(6).join(':');
  const known = type === 'sqs' ? `An event source mapping with SQS arn (" ${source} ") and function (" ${name} ") already exists` : `The event source arn (" ${source} ") and function (" ${name} ") provided mapping already exists`;
  return new ServiceFault('ResourceConflictException', { reason: `${known}. Please update or delete the existing mapping with UUID ${uuid}` });
}

function notFound({ type, source }: MappingRecord, { Error: code = '', Cause: message = '' }: Failure): ServiceFault {
  const oldCode = code === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : code;
  if (type === 'sqs') return invalid(`Error occurred while ReceiveMessage. SQS Error Code: ${oldCode}. SQS Error Message: ${message}`);
  return invalid(type === 'kinesis' || type === 'dynamodb' ? `Stream not found: ${source}` : `The event source ${source} cannot be read: ${code}: ${message}`);
}
