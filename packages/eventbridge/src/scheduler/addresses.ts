import type { JsonObject } from '@interstate/kernel';

/** Where Scheduler's resources live. */
export interface SchedulerHome {
  readonly region: string;
  readonly account: string;
}

export const DEFAULT_GROUP = 'default';

export function directoryAddress({ region, account }: SchedulerHome): string {
  return `arn:aws:scheduler:${region}:${account}:directory`;
}

/** ARN of a group, and address of its machine. */
export function groupArn({ region, account }: SchedulerHome, name: string): string {
  return `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`;
}

export function scheduleArn({ region, account }: SchedulerHome, group: string, name: string): string {
  return `arn:aws:scheduler:${region}:${account}:schedule/${group}/${name}`;
}

/** Schedules are asked for at their group, everything else at the directory. */
export function addressOf(home: SchedulerHome, action: string, input: JsonObject): string {
  const { GroupName: group = action === 'ListSchedules' ? undefined : DEFAULT_GROUP } = input;
  const isOfGroup = action.endsWith('Schedule') || action === 'ListSchedules';
  return isOfGroup && typeof group === 'string' ? groupArn(home, group) : directoryAddress(home);
}
