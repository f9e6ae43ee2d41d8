import type { Json, JsonObject } from '@interstate/kernel';
import { assertActive } from '../group-rules.ts';
import { readGivenSchedule } from '../given-schedule.ts';
import type { GroupContext } from '../group-context.ts';
import { writeSchedule } from '../group-state.ts';
import { planFirst } from '../plan.ts';

/**
 * Replaces everything; what is not given has its default. A rate is counted from the update where its expression changes.
 * @throws ServiceFault ConflictException, ResourceNotFoundException, ValidationException
 */
export function updateSchedule(context: GroupContext, input: JsonObject): Json {
  assertActive(context);
  const { state, now } = context;
  const name = input['Name'] as string;
  const before = context.schedule(name);
  const { number, createdAt, expression } = before;
  const { anchor, token } = before.form;
  const given = readGivenSchedule(context, input);
  const counted = given.expression === expression ? anchor : now;
  const form = { ...given.form, modifiedAt: now, ...(counted !== undefined && { anchor: counted }), ...(token !== undefined && { token }) };
  writeSchedule(state, name, planFirst(context, { ...given, form, number, createdAt }), before);
  return { ScheduleArn: context.scheduleArn(name) };
}
