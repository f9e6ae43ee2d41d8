import type { Action } from '../action.ts';
import { assertTaggable, writeTags } from '../tags.ts';

/** Implements TagResource. */
export const tagResource: Action = (context, { resourceArn, tags }) => {
  assertTaggable(context, resourceArn);
  writeTags(context, resourceArn, tags);
  return {};
};
