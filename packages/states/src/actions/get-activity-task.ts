import type { Action } from '../action.ts';
import { assertKeyUsable } from '../state-machines.ts';
import { activityOf } from './describe-activity.ts';

/** Implements GetActivityTask: the activity answers, at once or within a minute. */
export const getActivityTask: Action = (context, input) => {
  assertKeyUsable(context, activityOf(context, input['activityArn']).encryption);
  return context.forward(input['activityArn'] as string, { action: 'GetActivityTask', input });
};
