import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryContext } from '../directory-context.ts';
import { mergedTags, taggedGroup, type Tag } from '../tags.ts';

/** Groups have tags; schedules have none. @throws ServiceFault ResourceNotFoundException, ServiceQuotaExceededException, ValidationException */
export function tagResource(context: DirectoryContext, input: JsonObject): Json {
  const name = taggedGroup(context, input);
  const group = context.groupThere(name);
  context.writeGroup(name, { ...group, tags: mergedTags(context, group.tags, input['Tags'] as unknown as readonly Tag[]) });
  return {};
}
