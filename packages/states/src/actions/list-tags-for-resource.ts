import type { Action } from '../action.ts';
import { assertTaggable, readTags } from '../tags.ts';

/** Implements ListTagsForResource. */
export const listTagsForResource: Action = (context, { resourceArn }) => {
  assertTaggable(context, resourceArn);
  return { tags: [...readTags(context, resourceArn)].map(([key, value]) => ({ key, value })) };
};
