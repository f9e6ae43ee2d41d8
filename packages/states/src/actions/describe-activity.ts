import type { Action, ActionContext } from '../action.ts';
import { readRecord, type ActivityRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn } from '../names.ts';
import type { Json } from '@interstate/kernel';

/** Implements DescribeActivity. */
export const describeActivity: Action = (context, { activityArn }) => {
  const { name, creationTime, encryption } = activityOf(context, activityArn);
  return { activityArn: activityArn!, name, creationDate: creationTime, encryptionConfiguration: encryption };
};

/** @throws StatesError InvalidArn, ActivityDoesNotExist */
export function activityOf({ state }: ActionContext, activityArn: Json | undefined): ActivityRecord {
  assertStatesArn(activityArn, 'activity');
  const activity = readRecord<ActivityRecord>(state, activityArn);
  if (!activity) throw new StatesError('ActivityDoesNotExist', { arn: activityArn });
  return activity;
}
