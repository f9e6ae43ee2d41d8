import type { Action } from '../action.ts';
import { readRecord, type ActivityRecord } from '../directory-state.ts';
import { assertStatesArn } from '../names.ts';
import { tagsKey } from '../tags.ts';

/** Implements DeleteActivity: Tasks that ask for it from now on fail; those scheduled are left to their time-outs. */
export const deleteActivity: Action = ({ state, effects }, { activityArn }) => {
  assertStatesArn(activityArn, 'activity');
  const known = readRecord<ActivityRecord>(state, activityArn);
  if (!known) return {};
  state.records.delete(activityArn);
  state.records.delete(tagsKey(activityArn));
  state.index.activities.remove(known.name);
  effects.push({ type: 'notice', to: activityArn, notice: { type: 'close' } });
  return {};
};
