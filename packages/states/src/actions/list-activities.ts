import type { Action } from '../action.ts';
import { readRecord, type ActivityRecord } from '../directory-state.ts';
import { listPage } from '../pagination.ts';

/** Implements ListActivities, by name. */
export const listActivities: Action = (context, input) => {
  const { activities } = context.state.index;
  const { entries, token } = listPage(context, 'ListActivities', input, (position, count) => activities.ascending(position as string | undefined, count), (name) => name);
  const described = entries.map((name) => {
    const activityArn = context.arn('activity', name);
    return { activityArn, name, creationDate: readRecord<ActivityRecord>(context.state, activityArn)!.creationTime };
  });
  return { activities: described, ...token };
};
