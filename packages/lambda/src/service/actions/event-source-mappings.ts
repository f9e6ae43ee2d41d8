import { MAX_RECORD_FILTERS, recordFilter } from '@interstate/event-patterns';
import { isJsonObject, parseArn, type Json, type JsonObject, type Outcome, type ReplyTo } from '@interstate/kernel';
import { polledQueue, ServiceFault, type Operation } from '@interstate/service-kit';
import { MAPPING_KIND } from '../../mapping/mapping.ts';
import { describeMapping, type MappingConfiguration, type MappingNews, type MappingNotice, type MappingRecord, type MappingState } from '../../mapping/mapping-record.ts';
import { callerFor, directoryAddress, newUuid, type DirectoryContext } from '../directory-state.ts';
import { LAMBDA_ERRORS } from '../errors.ts';
import { functionArnOf } from '../names.ts';
import { pageOf } from './event-invoke-config.ts';

const MAPPING = 'mapping:';
const CREATING = 'creating:';
const DEFAULT_BATCH_SIZE = 10;
/** What one receive brings at most: more need a window to be gathered in. */
const RECEIVED_AT_ONCE = 10;

/** Implements CreateEventSourceMapping. The queue is asked whether it is there; it answers later. */
export const createEventSourceMapping: Operation<DirectoryContext> = (context, input) => {
  const { options, state, replyTo, now } = context;
  const queueArn = (input['EventSourceArn'] as string | undefined) ?? '';
  const queue = polledQueue(queueArn);
  if (!queue) throw invalid('Unrecognized event source.');
  const targetArn = targetOf(context, input['FunctionName'] as string);
  for (const known of state.mappings.values()) if (known.queueArn === queueArn && known.targetArn === targetArn) throw alreadyThere(known);
  const uuid = newUuid(state);
  const arn = `arn:aws:lambda:${options.region}:${options.account}:event-source-mapping:${uuid}`;
  const fresh: MappingConfiguration = { arn, queueArn, targetArn, enabled: true, batchSize: DEFAULT_BATCH_SIZE, windowSeconds: 0, maximumConcurrency: null, patterns: [], reportsItemFailures: false };
  const record: MappingRecord = { ...configured(fresh, input), uuid, state: 'Creating', lastModified: now, lastResult: '' };
  const callId = CREATING + uuid;
  state.records.set(callId, { record, replyTo } as unknown as Json);
  const request = { action: 'GetQueueAttributes', input: { QueueUrl: queue.url, AttributeNames: ['QueueArn'] }, caller: callerFor(options, arn) };
  context.effects.push({ type: 'call', to: queueArn, callId, request: request as unknown as Json });
  return undefined;
};

/** The queue of a new mapping has answered. False: the call was none of these. */
export function queueAnswered(context: DirectoryContext, callId: string, outcome: Outcome): boolean {
  if (!callId.startsWith(CREATING)) return false;
  const { state, effects } = context;
  const waiting = state.records.get(callId) as unknown as { record: MappingRecord; replyTo: ReplyTo } | undefined;
  if (!waiting) return true;
  state.records.delete(callId);
  const { record, replyTo } = waiting;
  if (outcome.ok) {
    keep(context, record);
    effects.push({ type: 'spawn', kind: MAPPING_KIND, address: record.arn, notice: notice(context, record) });
    effects.push({ type: 'reply', to: replyTo, outcome: { ok: true, value: describeMapping(record) } });
    return true;
  }
  const { Error: code = '', Cause: message = '' } = outcome.error;
  const oldCode = code === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : code;
  const failure = invalid(`Error occurred while ReceiveMessage. SQS Error Code: ${oldCode}. SQS Error Message: ${message}`).toFailure(LAMBDA_ERRORS);
  effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error: failure } });
  return true;
}

/** Implements UpdateEventSourceMapping: what is not said stays. */
export const updateEventSourceMapping: Operation<DirectoryContext> = (context, input) => {
  const record = existing(context, input);
  if (record.state === 'Deleting') throw inUse();
  const named = input['FunctionName'] as string | undefined;
  const configuration = configured(named === undefined ? record : { ...record, targetArn: targetOf(context, named) }, input);
  const changes: MappingState = configuration.enabled === record.enabled ? 'Updating' : configuration.enabled ? 'Enabling' : 'Disabling';
  const changed: MappingRecord = { ...record, ...configuration, state: changes, lastModified: context.now };
  keep(context, changed);
  context.effects.push({ type: 'notice', to: record.arn, notice: notice(context, changed) });
  return describeMapping(changed);
};

/** Implements GetEventSourceMapping. */
export const getEventSourceMapping: Operation<DirectoryContext> = (context, input) => describeMapping(existing(context, input));

/** Implements DeleteEventSourceMapping: it goes when its last batch has ended. */
export const deleteEventSourceMapping: Operation<DirectoryContext> = (context, input) => {
  const record: MappingRecord = { ...existing(context, input), state: 'Deleting', lastModified: context.now };
  keep(context, record);
  context.effects.push({ type: 'notice', to: record.arn, notice: { type: 'delete' } });
  return describeMapping(record);
};

/** Implements ListEventSourceMappings. */
export const listEventSourceMappings: Operation<DirectoryContext> = (context, { EventSourceArn: source, FunctionName: name, Marker, MaxItems = 100 }) => {
  const target = name === undefined ? undefined : targetArnOf(context, name as string);
  const records = [...context.state.mappings.values()].filter(({ queueArn, targetArn }) => (source === undefined || queueArn === source) && (target === undefined || targetArn === target)).sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
  const { page, marker } = pageOf(records, `ListEventSourceMappings|${String(source)}|${String(target)}`, Marker, Math.min(MaxItems as number, 100));
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
  keep(context, { ...record, state: shown, lastResult });
}

function keep({ state }: DirectoryContext, record: MappingRecord): void {
  state.mappings.set(record.uuid, record);
  state.records.set(MAPPING + record.uuid, record as unknown as Json);
}

function notice({ options: { region, account } }: DirectoryContext, { uuid, state: _state, lastModified: _time, lastResult: _result, ...configuration }: MappingRecord): Json {
  return { type: 'configure', configuration, directory: directoryAddress(region, account), uuid } satisfies MappingNotice as unknown as Json;
}

function existing({ state }: DirectoryContext, { UUID }: JsonObject): MappingRecord {
  const record = state.mappings.get(UUID as string);
  if (!record) throw new ServiceFault('ResourceNotFoundException', { reason: 'The resource you requested does not exist.' });
  return record;
}

/** @throws ServiceFault where there is no such function; a state machine is asked when the first batch comes */
function targetOf(context: DirectoryContext, name: string): string {
  const arn = targetArnOf(context, name);
  if (!isStateMachine(name) && !context.options.functions.has(arn)) throw invalid('Function does not exist');
  return arn;
}

function targetArnOf({ options }: DirectoryContext, name: string): string {
  return isStateMachine(name) ? name : functionArnOf(name, options);
}

function isStateMachine(name: string): boolean {
  const { service, resource = '' } = parseArn(name) ?? {};
  return service === 'states' && resource.startsWith('stateMachine:');
}

/** A configuration with what a request says. @throws ServiceFault InvalidParameterValueException */
function configured(old: MappingConfiguration, input: JsonObject): MappingConfiguration {
  const { Enabled, BatchSize, MaximumBatchingWindowInSeconds, ScalingConfig, FilterCriteria, FunctionResponseTypes } = input;
  const maximum = isJsonObject(ScalingConfig) ? (ScalingConfig['MaximumConcurrency'] ?? null) : old.maximumConcurrency;
  const filters = isJsonObject(FilterCriteria) ? ((FilterCriteria['Filters'] ?? []) as readonly JsonObject[]) : undefined;
  const changed: MappingConfiguration = {
    ...old,
    enabled: (Enabled as boolean | undefined) ?? old.enabled,
    batchSize: (BatchSize as number | undefined) ?? old.batchSize,
    windowSeconds: (MaximumBatchingWindowInSeconds as number | undefined) ?? old.windowSeconds,
    maximumConcurrency: maximum as number | null,
    patterns: filters?.flatMap(({ Pattern }) => (typeof Pattern === 'string' && Pattern !== '' ? [Pattern] : [])) ?? old.patterns,
    reportsItemFailures: FunctionResponseTypes === undefined ? old.reportsItemFailures : (FunctionResponseTypes as readonly string[]).length > 0,
  };
  const { batchSize, windowSeconds, patterns } = changed;
  const fifo = old.queueArn.endsWith('.fifo');
  if (fifo && batchSize > RECEIVED_AT_ONCE) throw invalid(`BatchSize must be between 1 and ${RECEIVED_AT_ONCE} for FIFO queues.`);
  if (fifo && windowSeconds > 0) throw invalid('Batching window is not supported for FIFO queues.');
  if (batchSize > RECEIVED_AT_ONCE && windowSeconds === 0) throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  if (patterns.length > MAX_RECORD_FILTERS) throw invalid(`A mapping can have at most ${MAX_RECORD_FILTERS} filters.`);
  const filter = recordFilter(patterns);
  if (filter.type === 'fault') throw invalid(filter.message);
  return changed;
}

function invalid(reason: string): ServiceFault {
  return new ServiceFault('InvalidParameterValueException', { reason });
}

function inUse(): ServiceFault {
  return new ServiceFault('ResourceInUseException', { reason: 'Cannot update the event source mapping because it is in use.' });
}

function alreadyThere({ queueArn, targetArn, uuid }: MappingRecord): ServiceFault {
  const name = targetArn.split(':').slice(6).join(':');
  const reason = `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${name} ") already exists. Please update or delete the existing mapping with UUID ${uuid}`;
  return new ServiceFault('ResourceConflictException', { reason });
}
