import type { Json, JsonObject } from '@interstate/kernel';
import type { GroupContext } from '../group-context.ts';
import { assertThere } from '../group-rules.ts';
import { readSchedule } from '../group-state.ts';
import { nextToken, readPage } from '../pages.ts';

/** Schedules looked at for one page: one of a rare State may come short, with more to follow. */
const LOOKED_AT = 1000;

/** Schedules of this group, by name. @throws ServiceFault ResourceNotFoundException, ValidationException */
export function listSchedules(context: GroupContext, input: JsonObject): Json {
  assertThere(context);
  const { records, names, root } = context.state;
  const { NamePrefix: prefix = '', State: state } = input as { NamePrefix?: string; State?: string };
  const scope = `schedules ${root.name} ${prefix} ${state ?? ''}`;
  const { count, position = '' } = readPage(scope, input);
  const schedules: Json[] = [];
  let looked = 0;
  let last = position;
  for (const name of names.from(position > prefix ? position : prefix)) {
    if (name === position) continue;
    if (!name.startsWith(prefix)) break;
    if (schedules.length === count || looked++ === LOOKED_AT) return { Schedules: schedules, NextToken: nextToken(scope, last) };
    last = name;
    const record = readSchedule(records, name)!;
    const isEnabled = record.disabled !== true;
    if (state !== undefined && (state === 'ENABLED') !== isEnabled) continue;
    schedules.push({
      Arn: context.scheduleArn(name),
      Name: name,
      GroupName: root.name,
      State: isEnabled ? 'ENABLED' : 'DISABLED',
      CreationDate: record.createdAt,
      LastModificationDate: record.modifiedAt ?? record.createdAt,
      Target: { Arn: record.target['Arn']! },
    });
  }
  return { Schedules: schedules };
}
