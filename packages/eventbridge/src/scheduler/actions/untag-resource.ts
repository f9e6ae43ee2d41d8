import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryContext } from '../directory-context.ts';
import { taggedGroup } from '../tags.ts';

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
export function untagResource(context: DirectoryContext, input: JsonObject): Json {
  const name = taggedGroup(context, input);
  const group = context.groupThere(name);
  const gone = new Set(input['TagKeys'] as readonly string[]);
  context.writeGroup(name, { ...group, tags: group.tags.filter(([key]) => !gone.has(key)) });
  return {};
}
