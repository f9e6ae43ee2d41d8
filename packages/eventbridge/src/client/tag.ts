import type { Nothing, Tag } from './common-members.ts';

/** Operations of tags. */
export interface TagOperations {
  listTagsForResource: [{ ResourceARN: string }, { Tags: Tag[] }];
  tagResource: [{ ResourceARN: string; Tags: Tag[] }, Nothing];
  untagResource: [{ ResourceARN: string; TagKeys: string[] }, Nothing];
}
