import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { assertActive } from '../group-rules.ts';
import { isAsGiven, readGivenSchedule } from '../given-schedule.ts';
import type { GroupContext } from '../group-context.ts';
import { readSchedule, writeSchedule } from '../group-state.ts';
import { planFirst } from '../plan.ts';

/** @throws ServiceFault ConflictException, ResourceNotFoundException, ServiceQuotaExceededException, ValidationException */
export function createSchedule(context: GroupContext, input: JsonObject): Json {
  assertActive(context);
  const { state, options, now } = context;
  const { Name: name, ClientToken: token } = input as { Name: string; ClientToken?: string };
  const given = readGivenSchedule(context, input);
  const existing = readSchedule(state.records, name);
  if (existing) {
    // The same request again, as its token says.
    if (token !== undefined && existing.token === token && isAsGiven(existing, given)) return { ScheduleArn: context.scheduleArn(name) };
    throw new ServiceFault('ConflictException', { reason: `Schedule ${name} already exists.` });
  }
  if (state.root.schedules >= options.limits.schedules) throw new ServiceFault('ServiceQuotaExceededException', { reason: `A group holds ${options.limits.schedules} schedules at most.` });
  const record = { number: ++state.root.numbers, ...given, createdAt: now, ...(token !== undefined && { token }) };
  writeSchedule(state, name, planFirst(context, record));
  return { ScheduleArn: context.scheduleArn(name) };
}
