import type { Action } from '../directory.ts';
import { readRecord, writeRecord } from '../directory-state.ts';
import { ACTIVITY_KIND } from '../activity.ts';
import { assertName } from '../names.ts';

/** Implements CreateActivity; idempotent. The activity becomes a machine at its ARN. */
export const createActivity: Action = ({ state, region, account, now, effects }, { name }) => {
  assertName(name);
  const activityArn = `arn:aws:states:${region}:${account}:activity:${name}`;
  const known = readRecord<{ creationTime: number }>(state, `activity:${activityArn}`);
  if (known) return { activityArn, creationDate: known.creationTime };
  writeRecord(state, `activity:${activityArn}`, { creationTime: now });
  effects.push({ type: 'spawn', kind: ACTIVITY_KIND, address: activityArn, notice: { type: 'open' } });
  return { activityArn, creationDate: now };
};
