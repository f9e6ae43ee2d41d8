import type { StructureShape } from '@interstate/service-kit';
import { required, structure, text } from './shape.ts';
import { TAG_LIST } from './common-members.ts';

/** What the operations of tags take. */
export const TAG_SHAPES = {
  ListTagsForResource: structure({ ResourceARN: required(text(1, 1600)) }),
  TagResource: structure({ ResourceARN: required(text(1, 1600)), Tags: required(TAG_LIST) }),
  UntagResource: structure({ ResourceARN: required(text(1, 1600)), TagKeys: required({ type: 'list', member: text(1, 128) }) }),
} as const satisfies Readonly<Record<string, StructureShape>>;
