import { isJsonEqual, isJsonObject, normalizeJson, type EpochMs, type Json, type JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { assertKeyUsable } from '../kms-key.ts';
import { picked } from '../picked.ts';
import { isTimeZone } from '../schedule/time-zone.ts';
import type { GroupContext } from './group-context.ts';
import { TARGET } from './input-shapes.ts';
import { scheduleOf } from './plan.ts';
import type { Schedule, ScheduleForm } from './schedule.ts';
import { assertTarget } from './target-rules.ts';

/** What of a schedule CreateSchedule and UpdateSchedule are given. */
export interface GivenSchedule {
  readonly expression: string;
  readonly input: string | undefined;
  readonly form: ScheduleForm;
}

/** Reads the input of CreateSchedule or UpdateSchedule; what has its default is left out. @throws ServiceFault ValidationException */
export function readGivenSchedule(context: GroupContext, input: JsonObject): GivenSchedule {
  const expression = input['ScheduleExpression'] as string;
  const schedule = scheduleOf(expression);
  if (schedule.type === 'fault') throw invalid(schedule.message);
  const target = input['Target'] as JsonObject;
  assertTarget(target);
  const form = formOf(input, target);
  if (schedule.type !== 'at') assertTimes(context, input);
  assertKeyUsable(context.options.kms, 'KmsKeyArn', form.kmsKeyArn);
  return { expression, input: (target['Input'] ?? undefined) as string | undefined, form };
}

// ——— forms ———

/** Members that are a schedule's own; all else makes its form. */
const OWN: ReadonlySet<string> = new Set(['Name', 'GroupName', 'ScheduleExpression', 'ClientToken', 'Target']);
const OWN_OF_TARGET: ReadonlySet<string> = new Set(['Input']);
const NOTHING: ReadonlySet<string> = new Set();

/** The form read last, and what it was read from: most schedules have that of the one before. */
let last: { readonly input: JsonObject; readonly target: JsonObject; readonly form: ScheduleForm } | undefined;

function formOf(input: JsonObject, target: JsonObject): ScheduleForm {
  if (last && isAlike(input, last.input, OWN) && isAlike(target, last.target, OWN_OF_TARGET)) return last.form;
  const form = readForm(input, target);
  last = { input: copied(input, OWN), target: copied(target, OWN_OF_TARGET), form };
  return form;
}

/** Whether two objects are the same but for some members. */
function isAlike(a: JsonObject, b: JsonObject, but: ReadonlySet<string>): boolean {
  let more = 0;
  for (const key in a) {
    if (but.has(key)) continue;
    const member = a[key];
    const other = b[key];
    if (member !== other && !(isJsonObject(member) && isJsonObject(other) && isAlike(member, other, NOTHING))) return false;
    more++;
  }
  for (const key in b) if (!but.has(key)) more--;
  return more === 0;
}

function copied(object: JsonObject, but: ReadonlySet<string>): JsonObject {
  return normalizeJson(Object.fromEntries(Object.entries(object).filter(([key]) => !but.has(key)))) as JsonObject;
}

function readForm(input: JsonObject, given: JsonObject): ScheduleForm {
  const { Input: _, ...target } = picked(TARGET, given) as JsonObject;
  const form: { -readonly [Name in keyof ScheduleForm]: ScheduleForm[Name] } = { target };
  const { ScheduleExpressionTimezone: timeZone, StartDate: start, EndDate: end, Description: description, KmsKeyArn: kmsKeyArn } = input;
  if (typeof timeZone === 'string' && timeZone !== 'UTC') {
    if (!isTimeZone(timeZone)) throw invalid(`Invalid ScheduleExpressionTimezone ${timeZone}.`);
    form.timeZone = timeZone;
  }
  if (typeof start === 'number') form.start = wholeSeconds(start);
  if (typeof end === 'number') form.end = wholeSeconds(end);
  if (typeof start === 'number' && typeof end === 'number' && start >= end) throw invalid('The StartDate you specify must come before the EndDate.');
  if (typeof description === 'string') form.description = description;
  if (typeof kmsKeyArn === 'string') form.kmsKeyArn = kmsKeyArn;
  const { Mode: mode, MaximumWindowInMinutes: window } = input['FlexibleTimeWindow'] as JsonObject;
  if (mode === 'FLEXIBLE') {
    if (typeof window !== 'number') throw invalid('MaximumWindowInMinutes must be specified when Mode is FLEXIBLE.');
    form.windowMinutes = window;
  } else if (typeof window === 'number') throw invalid('MaximumWindowInMinutes cannot be specified when Mode is OFF.');
  if (input['State'] === 'DISABLED') form.disabled = true;
  if (input['ActionAfterCompletion'] === 'DELETE') form.deleteAfter = true;
  return form;
}

// ——— what depends on when it is asked ———

function assertTimes({ options, now }: GroupContext, { StartDate: start, EndDate: end }: JsonObject): void {
  const age = options.limits.startDateAgeSeconds * 1000;
  if (typeof start === 'number' && start < now - age) throw invalid(`The StartDate you specify cannot be earlier than ${age / 60_000} minutes ago.`);
  if (typeof end === 'number' && end < now) throw invalid('The EndDate you specify cannot be in the past.');
}

function invalid(reason: string): ServiceFault {
  return new ServiceFault('ValidationException', { reason });
}

const GIVEN = ['target', 'timeZone', 'start', 'end', 'description', 'kmsKeyArn', 'windowMinutes', 'disabled', 'deleteAfter'] as const satisfies readonly (keyof ScheduleForm)[];

/** True where a schedule is what was given. */
export function isAsGiven(schedule: Schedule, { expression, input, form }: GivenSchedule): boolean {
  const isSame = (name: (typeof GIVEN)[number]): boolean => isJsonEqual((schedule.form[name] ?? null) as Json, (form[name] ?? null) as Json);
  return schedule.expression === expression && schedule.input === input && GIVEN.every(isSame);
}

function wholeSeconds(time: EpochMs): EpochMs {
  return Math.floor(time / 1000) * 1000;
}
