import type { Json, JsonObject } from '@interstate/kernel';
import { invalid } from '../../errors.ts';
import { assertKeyUsable } from '../../kms-key.ts';
import { DEFAULT_BUS, directoryAddress } from '../../names.ts';
import type { BusContext } from '../bus-context.ts';
import { writeRecord, type BusRecord } from '../bus-state.ts';
import { checkDeadLetterQueue } from '../dead-letter-queue.ts';

export function describeEventBus({ bus }: BusContext): Json {
  const { name, arn, description, kmsKey, deadLetterConfig, policy, logConfig, creationTime, modifiedTime } = bus;
  return {
    Name: name,
    Arn: arn,
    ...(description !== undefined && { Description: description }),
    ...(kmsKey !== undefined && { KmsKeyIdentifier: kmsKey }),
    ...(deadLetterConfig !== undefined && { DeadLetterConfig: deadLetterConfig as JsonObject }),
    ...(policy !== undefined && { Policy: policy }),
    ...(logConfig !== undefined && { LogConfig: logConfig }),
    CreationTime: creationTime,
    LastModifiedTime: modifiedTime,
  };
}

/** What is given takes the place of what was; the rest stays. */
export function updateEventBus(context: BusContext, input: JsonObject): Json {
  const { Description: description, KmsKeyIdentifier: kmsKey, DeadLetterConfig: deadLetterConfig, LogConfig: logConfig } = input as BusSettings;
  checkDeadLetterQueue(deadLetterConfig?.Arn);
  assertKeyUsable(context.options.kms, 'KmsKeyIdentifier', kmsKey);
  changeBus(context, {
    ...context.bus,
    ...(description !== undefined && { description }),
    ...(kmsKey !== undefined && { kmsKey }),
    ...(deadLetterConfig !== undefined && { deadLetterConfig }),
    ...(logConfig !== undefined && { logConfig }),
  });
  const { CreationTime: _created, LastModifiedTime: _modified, Policy: _policy, ...told } = describeEventBus(context) as JsonObject;
  return told;
}

export interface BusSettings {
  readonly Description?: string;
  readonly KmsKeyIdentifier?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly LogConfig?: JsonObject;
}

/** Keeps a changed bus; the directory, which lists buses, hears of it. */
export function changeBus(context: BusContext, changed: BusRecord): void {
  const bus: BusRecord = { ...changed, modifiedTime: context.now };
  writeRecord<BusRecord>(context.state, 'bus', bus);
  context.effects.push({ type: 'notice', to: directoryAddress(context.options.place), notice: { type: 'busChanged', bus: bus as unknown as JsonObject } });
}

/** Its rules must have been deleted before. What is on its way to a target still gets there. */
export function deleteEventBus({ bus, state, options, effects }: BusContext): Json {
  const { name, arn } = bus;
  if (name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
  if (state.rules.size > 0) throw invalid("Event bus can't be deleted since it has rules.");
  for (const key of ['bus', `tags:${arn}`]) state.records.delete(key);
  effects.push({ type: 'notice', to: directoryAddress(options.place), notice: { type: 'busDeleted', name } });
  return {};
}
