import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { BUS_KIND } from '../../bus/bus-kind.ts';
import { checkDeadLetterQueue } from '../../bus/dead-letter-queue.ts';
import type { BusRecord } from '../../bus/bus-state.ts';
import { exists, invalid } from '../../errors.ts';
import { assertKeyUsable } from '../../kms-key.ts';
import { busArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { Tag } from '../../tags.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { keepRecord, namesOf } from '../directory-state.ts';
import { takeSource } from './partner-sources.ts';

interface CreateInput {
  readonly Name: string;
  readonly EventSourceName?: string;
  readonly Description?: string;
  readonly KmsKeyIdentifier?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly LogConfig?: JsonObject;
  readonly Tags?: readonly Tag[];
}

/** Makes a custom bus; with an EventSourceName, which must be its name, the bus of a partner event source. */
export function createEventBus(context: DirectoryContext, input: JsonObject): Json {
  const { Name: name, EventSourceName: source, Description: description, KmsKeyIdentifier: kmsKey, DeadLetterConfig: deadLetterConfig, LogConfig: logConfig, Tags: tags = [] } = input as unknown as CreateInput;
  if (context.record('bus', name)) throw exists(`Event bus ${name} already exists.`);
  if (source === undefined && name.includes('/')) throw invalid('Event bus name must not contain \'/\'.');
  if (source !== undefined && source !== name) throw invalid('EventBusName must be the same as EventSourceName.');
  if (source !== undefined) takeSource(context, source);
  checkDeadLetterQueue(deadLetterConfig?.Arn);
  assertKeyUsable(context.options.kms, 'KmsKeyIdentifier', kmsKey);
  const { limits } = context.options;
  if (namesOf(context.state, 'bus').length >= limits.eventBuses || tags.length > limits.tagsPerResource) throw new ServiceFault('LimitExceededException');
  const bus = spawnBus(context, name, {
    ...(description !== undefined && { description }),
    ...(kmsKey !== undefined && { kmsKey }),
    ...(deadLetterConfig !== undefined && { deadLetterConfig }),
    ...(logConfig !== undefined && { logConfig }),
    ...(source !== undefined && { eventSource: source }),
  }, tags);
  return {
    EventBusArn: bus.arn,
    ...(description !== undefined && { Description: description }),
    ...(kmsKey !== undefined && { KmsKeyIdentifier: kmsKey }),
    ...(deadLetterConfig !== undefined && { DeadLetterConfig: deadLetterConfig as JsonObject }),
    ...(logConfig !== undefined && { LogConfig: logConfig }),
  };
}

export function spawnBus(context: DirectoryContext, name: string, settings: Partial<BusRecord> = {}, tags: readonly Tag[] = []): BusRecord {
  const { now, effects, state } = context;
  const bus: BusRecord = { ...settings, name, arn: busArn(context.options.place, name), creationTime: now, modifiedTime: now };
  keepRecord(state, 'bus', name, bus);
  effects.push({ type: 'spawn', kind: BUS_KIND, address: bus.arn, notice: { type: 'create', bus: bus as unknown as Json, seed: context.seed(), tags: tags as unknown as Json } });
  return bus;
}

export function listEventBuses(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '' } = input as { NamePrefix?: string };
  const { page, ...rest } = pageOf('ListEventBuses', { prefix }, namesOf(context.state, 'bus').filter((name) => name.startsWith(prefix)), input);
  const buses = page.map((name): Json => {
    const { arn, description, policy, creationTime, modifiedTime } = context.record<BusRecord>('bus', name)!;
    return { Name: name, Arn: arn, ...(description !== undefined && { Description: description }), ...(policy !== undefined && { Policy: policy }), CreationTime: creationTime, LastModifiedTime: modifiedTime };
  });
  return { EventBuses: buses, ...rest };
}
