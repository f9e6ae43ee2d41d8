import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryContext } from '../directory-context.ts';

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
export function getScheduleGroup(context: DirectoryContext, input: JsonObject): Json {
  const name = input['Name'] as string;
  context.groupThere(name);
  return context.describeGroup(name);
}
