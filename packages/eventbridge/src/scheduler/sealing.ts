import type { Crypto, Json } from '@interstate/kernel';
import { RecordSeal } from '@interstate/service-kit';
import type { GroupContext } from './group-context.ts';
import { keepRecord, type DeliveryRecord, type GroupState } from './group-state.ts';
import type { Schedule } from './schedule.ts';

/** Before anything else in a step: what was loaded in cipher text is opened. */
export function beginSealed(context: GroupContext, crypto: Crypto): void {
  const { state, options: { kms } } = context;
  if (!kms || state.root.name === '') return;
  if (state.seal?.crypto !== crypto) state.seal = new RecordSeal(crypto, kms, context.arn);
  if (state.sealed.size === 0) return;
  for (const [key, record] of state.sealed) keepRecord(state, key, state.seal.open(key, record).value);
  state.sealed.clear();
}

/** A record as it leaves memory: a schedule with a KmsKeyArn, and its invocations, in cipher text. */
export function sealedRecord({ seal }: GroupState, key: string, record: Json): Json {
  if (!seal) return record;
  const { form, kmsKeyArn = form?.kmsKeyArn } = record as unknown as Partial<Schedule> & Pick<DeliveryRecord, 'kmsKeyArn'>;
  const dataKey = kmsKeyArn === undefined ? undefined : seal.dataKey(kmsKeyArn);
  return dataKey ? seal.seal(dataKey, key, record, []) : record;
}
