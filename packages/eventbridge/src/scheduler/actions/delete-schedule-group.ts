import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { DEFAULT_GROUP, groupArn } from '../addresses.ts';
import type { DirectoryContext } from '../directory-context.ts';

/** Its schedules go with it, a few hundred at a time. @throws ServiceFault ResourceNotFoundException, ValidationException */
export function deleteScheduleGroup(context: DirectoryContext, input: JsonObject): Json {
  const name = input['Name'] as string;
  if (name === DEFAULT_GROUP) throw new ServiceFault('ValidationException', { reason: 'The default schedule group cannot be deleted.' });
  const group = context.groupThere(name);
  if (group.deleting) return {};
  context.writeGroup(name, { ...group, deleting: true, modifiedAt: context.now });
  context.effects.push({ type: 'notice', to: groupArn(context.options, name), notice: { type: 'delete' } });
  return {};
}
