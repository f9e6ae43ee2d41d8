import type { Action } from '../directory.ts';
import { assertStatesArn } from '../names.ts';

/** Implements DeleteActivity: Tasks that ask for it from now on fail; those scheduled are left to their time-outs. */
export const deleteActivity: Action = ({ state, effects }, { activityArn }) => {
  assertStatesArn(activityArn);
  state.records.delete(`activity:${activityArn}`);
  effects.push({ type: 'notice', to: activityArn, notice: { type: 'close' } });
  return {};
};
