import type { Action } from '../action.ts';
import { activityOf } from './describe-activity.ts';

/** Implements GetActivityTask: the activity answers, at once or within a minute. */
export const getActivityTask: Action = (context, input) => {
  activityOf(context, input['activityArn']);
  return context.forward(input['activityArn'] as string, { action: 'GetActivityTask', input });
};
