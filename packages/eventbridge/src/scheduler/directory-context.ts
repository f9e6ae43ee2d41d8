import { nextUint32, type Effect, type EpochMs, type Json, type RandomState, type RecordMap, type ReplyTo } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { groupArn } from './addresses.ts';
import { GROUP_KIND, type SchedulerMachineOptions } from './group-context.ts';

/** A group, under its name. Times are milliseconds since 1970. */
export interface GroupRecord {
  readonly deleting?: true;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
  readonly tags: readonly (readonly [key: string, value: string])[];
  readonly token?: string;
}

export interface DirectoryState {
  /** Groups by name, and lists being gathered under `#listing:<callId>`. */
  readonly records: RecordMap;
  readonly root: { random: RandomState; calls: number };
}

/** What a step of the directory draws on. */
export class DirectoryContext {
  readonly effects: Effect[] = [];

  constructor(
    readonly options: SchedulerMachineOptions,
    readonly state: DirectoryState,
    readonly now: EpochMs,
    /** Who called; undefined while something else is taken in. */
    readonly replyTo: ReplyTo | undefined,
  ) {}

  group(name: string): GroupRecord | undefined {
    return this.state.records.get(name) as unknown as GroupRecord | undefined;
  }

  /** @throws ServiceFault ResourceNotFoundException */
  groupThere(name: string): GroupRecord {
    const group = this.group(name);
    if (!group) throw new ServiceFault('ResourceNotFoundException', { kind: 'Schedule group', name });
    return group;
  }

  /** Names of groups, in order. There are a few hundred at most. */
  groupNames(): string[] {
    return [...this.state.records.all().keys()].filter((key) => !key.startsWith('#')).sort();
  }

  describeGroup(name: string): Json {
    const { deleting, createdAt, modifiedAt } = this.groupThere(name);
    return { Arn: groupArn(this.options, name), Name: name, State: deleting ? 'DELETING' : 'ACTIVE', CreationDate: createdAt, LastModificationDate: modifiedAt };
  }

  writeGroup(name: string, group: GroupRecord): void {
    this.state.records.set(name, group as unknown as Json);
  }

  /** Brings a group to life. */
  openGroup(name: string, group: GroupRecord): void {
    const { random } = this.state.root;
    this.writeGroup(name, group);
    const seed = [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
    this.effects.push({ type: 'spawn', kind: GROUP_KIND, address: groupArn(this.options, name), notice: { type: 'open', name, seed } });
  }
}
