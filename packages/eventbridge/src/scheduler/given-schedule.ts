import { isJsonEqual, type EpochMs, type JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { picked } from '../picked.ts';
import { isTimeZone } from '../schedule/time-zone.ts';
import type { GroupContext } from './group-context.ts';
import type { ScheduleRecord } from './group-state.ts';
import { TARGET } from './input-shapes.ts';
import { scheduleOf } from './plan.ts';
import { assertTarget } from './target-rules.ts';

/** What of a schedule CreateSchedule and UpdateSchedule are given. */
export type GivenSchedule = Omit<ScheduleRecord, 'number' | 'createdAt' | 'modifiedAt' | 'dueAt' | 'scheduledAt' | 'anchor' | 'token'>;

/** Reads the input of CreateSchedule or UpdateSchedule; what has its default is left out. @throws ServiceFault ValidationException */
export function readGivenSchedule({ options, now }: GroupContext, input: JsonObject): GivenSchedule {
  const expression = input['ScheduleExpression'] as string;
  const schedule = scheduleOf(expression);
  if (schedule.type === 'fault') throw new ServiceFault('ValidationException', { reason: schedule.message });
  const target = picked(TARGET, input['Target']!) as JsonObject;
  assertTarget(target);
  const given: { -readonly [Name in keyof GivenSchedule]: GivenSchedule[Name] } = { expression, target };
  const { ScheduleExpressionTimezone: timeZone, StartDate: start, EndDate: end, Description: description, KmsKeyArn: kmsKeyArn } = input;
  if (typeof timeZone === 'string' && timeZone !== 'UTC') {
    if (!isTimeZone(timeZone)) throw invalid(`Invalid ScheduleExpressionTimezone ${timeZone}.`);
    given.timeZone = timeZone;
  }
  if (typeof start === 'number') {
    const age = options.limits.startDateAgeSeconds * 1000;
    if (schedule.type !== 'at' && start < now - age) throw invalid(`The StartDate you specify cannot be earlier than ${age / 60_000} minutes ago.`);
    given.start = wholeSeconds(start);
  }
  if (typeof end === 'number') {
    if (schedule.type !== 'at' && end < now) throw invalid('The EndDate you specify cannot be in the past.');
    if (typeof start === 'number' && start >= end) throw invalid('The StartDate you specify must come before the EndDate.');
    given.end = wholeSeconds(end);
  }
  if (typeof description === 'string') given.description = description;
  if (typeof kmsKeyArn === 'string') {
    const state = options.kms?.stateOf(kmsKeyArn) ?? 'Enabled';
    if (state !== 'Enabled') throw invalid(`The KMS key ${kmsKeyArn} cannot be used: ${state}.`);
    given.kmsKeyArn = kmsKeyArn;
  }
  const { Mode: mode, MaximumWindowInMinutes: window } = input['FlexibleTimeWindow'] as JsonObject;
  if (mode === 'FLEXIBLE') {
    if (typeof window !== 'number') throw invalid('MaximumWindowInMinutes must be specified when Mode is FLEXIBLE.');
    given.windowMinutes = window;
  } else if (typeof window === 'number') throw invalid('MaximumWindowInMinutes cannot be specified when Mode is OFF.');
  if (input['State'] === 'DISABLED') given.disabled = true;
  if (input['ActionAfterCompletion'] === 'DELETE') given.deleteAfter = true;
  return given;
}

export function invalid(reason: string): ServiceFault {
  return new ServiceFault('ValidationException', { reason });
}

const GIVEN = ['expression', 'target', 'timeZone', 'start', 'end', 'description', 'kmsKeyArn', 'windowMinutes', 'disabled', 'deleteAfter'] as const satisfies readonly (keyof GivenSchedule)[];

/** True where a schedule is what was given. */
export function isAsGiven(record: ScheduleRecord, given: GivenSchedule): boolean {
  return GIVEN.every((name) => isJsonEqual(record[name] ?? null, given[name] ?? null));
}

function wholeSeconds(time: EpochMs): EpochMs {
  return Math.floor(time / 1000) * 1000;
}
