import type { Json, JsonObject } from '@interstate/kernel';
import type { GroupContext } from '../group-context.ts';
import { assertThere } from '../group-rules.ts';
import { namesOf } from '../group-state.ts';
import { nextToken, readPage } from '../pages.ts';

/** Schedules looked at for one page: one of a rare State may come short, with more to follow. */
const LOOKED_AT = 1000;

/** Schedules of this group, by name. @throws ServiceFault ResourceNotFoundException, ValidationException */
export function listSchedules(context: GroupContext, input: JsonObject): Json {
  assertThere(context);
  const { schedules: known, root } = context.state;
  const { NamePrefix: prefix = '', State: state } = input as { NamePrefix?: string; State?: string };
  const scope = `schedules ${root.name} ${prefix} ${state ?? ''}`;
  const { count, position = '' } = readPage(scope, input);
  const schedules: Json[] = [];
  let looked = 0;
  let last = position;
  for (const name of namesOf(context.state).from(position > prefix ? position : prefix)) {
    if (name === position) continue;
    if (!name.startsWith(prefix)) break;
    if (schedules.length === count || looked++ === LOOKED_AT) return { Schedules: schedules, NextToken: nextToken(scope, last) };
    last = name;
    const { createdAt, form } = known.get(name)!;
    const isEnabled = form.disabled !== true;
    if (state !== undefined && (state === 'ENABLED') !== isEnabled) continue;
    schedules.push({
      Arn: context.scheduleArn(name),
      Name: name,
      GroupName: root.name,
      State: isEnabled ? 'ENABLED' : 'DISABLED',
      CreationDate: createdAt,
      LastModificationDate: form.modifiedAt ?? createdAt,
      Target: { Arn: form.target['Arn']! },
    });
  }
  return { Schedules: schedules };
}
