import { nextUint32, type DeliveryEntry, type Effect, type EpochMs } from '@interstate/kernel';
import { ServiceFault, type Kms } from '@interstate/service-kit';
import { groupArn, scheduleArn, type SchedulerHome } from './addresses.ts';
import type { GroupState } from './group-state.ts';
import type { SchedulerLimits } from './limits.ts';
import type { Schedule } from './schedule.ts';

export const GROUP_KIND = 'scheduler:group';

/** What Scheduler's machines are made with. */
export interface SchedulerMachineOptions extends SchedulerHome {
  readonly limits: SchedulerLimits;
  readonly kms: Kms | undefined;
  /** Where in its flexible window a schedule is invoked. */
  readonly flexibleWindow: 'random' | 'start';
}

/** What a step of a group draws on. */
export class GroupContext {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];

  constructor(
    readonly options: SchedulerMachineOptions,
    readonly state: GroupState,
    readonly now: EpochMs,
  ) {}

  get arn(): string {
    return groupArn(this.options, this.state.root.name);
  }

  scheduleArn(name: string): string {
    const { state, options } = this;
    return (state.arnPrefix ??= scheduleArn(options, state.root.name, '')) + name;
  }

  /** Sixteen hex digits. */
  executionId(): string {
    const { random } = this.state.root;
    return hex(nextUint32(random)) + hex(nextUint32(random));
  }

  /** @throws ServiceFault ResourceNotFoundException */
  schedule(name: string): Schedule {
    const schedule = this.state.schedules.get(name);
    if (!schedule) throw new ServiceFault('ResourceNotFoundException', { kind: 'Schedule', name });
    return schedule;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
