import type { Action } from '../action.ts';
import { writeRecord } from '../directory-state.ts';
import { assertTaggable, readTags, tagsKey } from '../tags.ts';

/** Implements UntagResource; keys that are not there do no harm. */
export const untagResource: Action = (context, { resourceArn, tagKeys }) => {
  assertTaggable(context, resourceArn);
  const tags = new Map(readTags(context, resourceArn));
  for (const key of tagKeys as readonly string[]) tags.delete(key);
  writeRecord(context.state, tagsKey(resourceArn), [...tags]);
  return {};
};
