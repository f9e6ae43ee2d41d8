import type { Kms, ServiceAdapter } from '@interstate/service-kit';
import { addresses, directoryAddress, type SchedulerHome } from './addresses.ts';
import { DIRECTORY_KIND, directoryMachine } from './directory.ts';
import { groupMachine } from './group.ts';
import { SCHEDULER_LIMITS, type SchedulerLimits } from './limits.ts';
import { SCHEDULER_MODEL } from './model.ts';

export interface SchedulerOptions extends SchedulerHome {
  /** AWS's limits, relaxed by name. */
  readonly limits?: Partial<SchedulerLimits>;
  /** Where in its flexible time window a schedule is invoked: anywhere, as on AWS, or where it begins (default `random`). */
  readonly flexibleWindow?: 'random' | 'start';
  /** Keys that a KmsKeyArn may name. Default: any. */
  readonly kms?: Kms;
}

/** EventBridge Scheduler of an account and region: its machines, and where they are reached. */
export function scheduler({ region, account, limits, flexibleWindow = 'random', kms }: SchedulerOptions): ServiceAdapter {
  const home = { region, account };
  const options = { kms, limits: { ...SCHEDULER_LIMITS, ...limits }, flexibleWindow, ...home };
  const directory = directoryAddress(home);
  const addressOf = addresses(home);
  return {
    service: 'scheduler',
    machines: [directoryMachine(options), groupMachine(options)] as ServiceAdapter['machines'],
    services: [{ model: SCHEDULER_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf }],
    // Schedules are asked of their group; the directory answers for groups that are not there.
    forwards: [{ resource: `arn:*:scheduler:${region}:${account}:schedule-group/*`, to: directory }],
  };
}
