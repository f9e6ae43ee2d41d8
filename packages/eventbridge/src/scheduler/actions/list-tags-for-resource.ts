import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryContext } from '../directory-context.ts';
import { taggedGroup } from '../tags.ts';

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
export function listTagsForResource(context: DirectoryContext, input: JsonObject): Json {
  const { tags } = context.groupThere(taggedGroup(context, input));
  return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}
