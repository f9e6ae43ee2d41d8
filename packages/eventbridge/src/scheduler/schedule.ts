import type { EpochMs, JsonObject } from '@interstate/kernel';

/** A schedule. Times are milliseconds since 1970. */
export interface Schedule {
  /** Counts the group's schedules, those gone included: another of the same name has another. */
  readonly number: number;
  readonly expression: string;
  /** The target's Input. */
  readonly input?: string | undefined;
  readonly createdAt: EpochMs;
  /** When it is invoked next; absent where it never is. */
  readonly dueAt?: EpochMs | undefined;
  readonly form: ScheduleForm;
}

/** What schedules that differ in name, time and input may have in common; what has its default is left out. Equal forms are kept once. */
export interface ScheduleForm {
  /** Without its Input. */
  readonly target: JsonObject;
  readonly timeZone?: string;
  readonly start?: EpochMs;
  readonly end?: EpochMs;
  readonly description?: string;
  readonly kmsKeyArn?: string;
  readonly disabled?: true;
  readonly windowMinutes?: number;
  readonly deleteAfter?: true;
  readonly modifiedAt?: EpochMs;
  /** The time the expression names for the next invocation, where it has a flexible window. */
  readonly scheduledAt?: EpochMs;
  /** What a rate is counted from, where it is not the creation. */
  readonly anchor?: EpochMs;
  readonly token?: string;
}

/** The target as it was given. */
export function targetOf({ input, form: { target } }: Schedule): JsonObject {
  return input === undefined ? target : { ...target, Input: input };
}

/** Recurring without an end: nobody waits for that, and no run is kept alive by it. */
export function isHousekeeping({ expression, form: { end } }: Schedule): boolean {
  return end === undefined && !expression.startsWith('at(');
}
