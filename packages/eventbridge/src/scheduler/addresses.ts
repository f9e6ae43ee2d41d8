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
export function addresses(home: SchedulerHome): (action: string, input: JsonObject) => string {
  const directory = directoryAddress(home);
  // A group that is asked for again and again has one text for its ARN.
  let last = { group: DEFAULT_GROUP, arn: groupArn(home, DEFAULT_GROUP) };
  return (action, { GroupName: group = action === 'ListSchedules' ? undefined : DEFAULT_GROUP }) => {
    const isOfGroup = action.endsWith('Schedule') || action === 'ListSchedules';
    if (!isOfGroup || typeof group !== 'string') return directory;
    if (last.group !== group) last = { group, arn: groupArn(home, group) };
    return last.arn;
  };
}
