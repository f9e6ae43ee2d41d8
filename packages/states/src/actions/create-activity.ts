import { isJsonEqual } from '@interstate/kernel';
import type { Action } from '../action.ts';
import { ACTIVITY_KIND } from '../activity.ts';
import { readRecord, writeRecord, type ActivityRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertName } from '../names.ts';
import { readEncryption } from '../state-machines.ts';
import { writeTags } from '../tags.ts';

/** Implements CreateActivity; idempotent for the same name and encryption. The activity becomes a machine at its ARN. */
export const createActivity: Action = (context, { name, tags, encryptionConfiguration }) => {
  const { state, now, effects, limits } = context;
  assertName(name);
  const encryption = readEncryption(context, encryptionConfiguration);
  const activityArn = context.arn('activity', name);
  const known = readRecord<ActivityRecord>(state, activityArn);
  if (known) {
    if (!isJsonEqual(known.encryption, encryption)) throw new StatesError('ActivityAlreadyExists', { arn: activityArn });
    return { activityArn, creationDate: known.creationTime };
  }
  if (state.index.activities.size >= limits.activities) throw new StatesError('ActivityLimitExceeded');
  writeTags(context, activityArn, tags);
  writeRecord<ActivityRecord>(state, activityArn, { name, creationTime: now, encryption });
  state.index.activities.add(name);
  effects.push({ type: 'spawn', kind: ACTIVITY_KIND, address: activityArn, notice: { type: 'open' } });
  return { activityArn, creationDate: now };
};
