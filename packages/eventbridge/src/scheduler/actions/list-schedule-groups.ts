import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryContext } from '../directory-context.ts';
import { nextToken, readPage } from '../pages.ts';

/** By name. @throws ServiceFault ValidationException */
export function listScheduleGroups(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '' } = input as { NamePrefix?: string };
  const scope = `groups ${prefix}`;
  const { count, position = '' } = readPage(scope, input);
  const names = context.groupNames().filter((name) => name > position && name.startsWith(prefix));
  const page = names.slice(0, count);
  return { ScheduleGroups: page.map((name) => context.describeGroup(name)), ...(names.length > count && { NextToken: nextToken(scope, page[count - 1]!) }) };
}
