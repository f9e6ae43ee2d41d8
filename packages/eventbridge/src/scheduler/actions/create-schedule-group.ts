import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { groupArn } from '../addresses.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { mergedTags, type Tag } from '../tags.ts';

/** @throws ServiceFault ConflictException, ServiceQuotaExceededException, ValidationException */
export function createScheduleGroup(context: DirectoryContext, input: JsonObject): Json {
  const { Name: name, Tags: given = [], ClientToken: token } = input as unknown as { Name: string; Tags?: readonly Tag[]; ClientToken?: string };
  const { options, now } = context;
  const { scheduleGroups } = options.limits;
  const answer = { ScheduleGroupArn: groupArn(options, name) };
  const tags = mergedTags(context, [], given);
  const existing = context.group(name);
  if (existing) {
    // The same request again, as its token says.
    if (token !== undefined && existing.token === token && JSON.stringify(existing.tags) === JSON.stringify(tags)) return answer;
    throw new ServiceFault('ConflictException', { reason: existing.deleting ? `Schedule group ${name} is being deleted.` : `Schedule group ${name} already exists.` });
  }
  if (context.groupNames().length >= scheduleGroups) throw new ServiceFault('ServiceQuotaExceededException', { reason: `There are ${scheduleGroups} schedule groups at most.` });
  context.openGroup(name, { createdAt: now, modifiedAt: now, tags, ...(token !== undefined && { token }) });
  return answer;
}
