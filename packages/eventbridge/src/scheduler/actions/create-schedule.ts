import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { assertActive } from '../group-rules.ts';
import { isAsGiven, readGivenSchedule } from '../given-schedule.ts';
import type { GroupContext } from '../group-context.ts';
import { writeSchedule } from '../group-state.ts';
import { planFirst } from '../plan.ts';

/** @throws ServiceFault ConflictException, ResourceNotFoundException, ServiceQuotaExceededException, ValidationException */
export function createSchedule(context: GroupContext, input: JsonObject): Json {
  assertActive(context);
  const { state, options, now } = context;
  const { Name: name, ClientToken: token } = input as { Name: string; ClientToken?: string };
  const given = readGivenSchedule(context, input);
  if (state.schedules.has(name)) {
    const existing = context.schedule(name);
    // The same request again, as its token says.
    if (token !== undefined && existing.form.token === token && isAsGiven(existing, given)) return { ScheduleArn: context.scheduleArn(name) };
    throw new ServiceFault('ConflictException', { reason: `Schedule ${name} already exists.` });
  }
  if (state.schedules.size >= options.limits.schedules) throw new ServiceFault('ServiceQuotaExceededException', { reason: `A group holds ${options.limits.schedules} schedules at most.` });
  const { expression, input: text, form } = given;
  const number = ++state.root.numbers;
  writeSchedule(state, name, planFirst(context, { number, expression, input: text, createdAt: now, form: token === undefined ? form : { ...form, token } }));
  return { ScheduleArn: context.scheduleArn(name) };
}
