import { createRandom, RecordMap, type ApiRequest, type Json, type JsonObject, type Machine, type Message, type StepContext } from '@interstate/kernel';
import { createOperations, ServiceFault } from '@interstate/service-kit';
import { createScheduleGroup } from './actions/create-schedule-group.ts';
import { deleteScheduleGroup } from './actions/delete-schedule-group.ts';
import { getScheduleGroup } from './actions/get-schedule-group.ts';
import { listAllSchedules, listedOne } from './actions/list-all-schedules.ts';
import { listScheduleGroups } from './actions/list-schedule-groups.ts';
import { listTagsForResource } from './actions/list-tags-for-resource.ts';
import { tagResource } from './actions/tag-resource.ts';
import { untagResource } from './actions/untag-resource.ts';
import { DEFAULT_GROUP } from './addresses.ts';
import { DirectoryContext, type DirectoryState } from './directory-context.ts';
import { SCHEDULER_ERRORS } from './errors.ts';
import type { SchedulerMachineOptions } from './group-context.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

export const DIRECTORY_KIND = 'scheduler:directory';

const ROOT = '#root';
const NOTHING: readonly never[] = [];

/** A schedule is asked of its group: what comes here is of a group that is not there. */
function ofNoGroup(context: DirectoryContext, input: JsonObject): Json {
  context.groupThere((input['GroupName'] as string | undefined) ?? DEFAULT_GROUP);
  throw new ServiceFault('ResourceNotFoundException', { kind: 'Schedule', name: String(input['Name']) });
}

const answer = createOperations<DirectoryContext>({
  shapes: INPUT_SHAPES,
  errors: SCHEDULER_ERRORS,
  actions: {
    CreateScheduleGroup: createScheduleGroup,
    DeleteScheduleGroup: deleteScheduleGroup,
    GetScheduleGroup: getScheduleGroup,
    ListScheduleGroups: listScheduleGroups,
    ListSchedules: listAllSchedules,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
    CreateSchedule: ofNoGroup,
    DeleteSchedule: ofNoGroup,
    GetSchedule: ofNoGroup,
    UpdateSchedule: ofNoGroup,
  },
});

/** The directory of Scheduler in an account and region: groups and their tags, and lists of schedules across groups. */
export function directoryMachine(options: SchedulerMachineOptions): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    load(saved) {
      const records = new RecordMap(saved);
      records.delete(ROOT);
      const root = saved.get(ROOT) as unknown as DirectoryState['root'] | undefined;
      return { records, root: root ? { ...root, random: [...root.random] } : { random: createRandom([0, 0, 0, 0]), calls: 0 } };
    },
    changes: (state) => [...state.records.changes(), [ROOT, rootRecord(state)]],
    records: (state) => new Map([...state.records.all(), [ROOT, rootRecord(state)]]),
    step(state: DirectoryState, message: Message, { now }: StepContext) {
      state.records.begin();
      const context = new DirectoryContext(options, state, now, message.type === 'call' ? message.replyTo : undefined);
      receive(context, message);
      return { effects: context.effects, journal: NOTHING };
    },
  };
}

function rootRecord({ root: { random, calls } }: DirectoryState): Json {
  return { random: [...random], calls };
}

function receive(context: DirectoryContext, message: Message): void {
  switch (message.type) {
    case 'call': {
      const outcome = answer(context, message.request as unknown as ApiRequest);
      if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply':
      return listedOne(context, message.callId, message.outcome);
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'cancelled':
    case 'timer':
    case 'continue':
    case 'progress':
      return;
    default:
      return message satisfies never;
  }
}

function noticed(context: DirectoryContext, notice: JsonObject): void {
  if (notice['type'] === 'deleted') context.state.records.delete(notice['name'] as string);
  if (notice['type'] !== 'open') return;
  context.state.root.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
  context.openGroup(DEFAULT_GROUP, { createdAt: context.now, modifiedAt: context.now, tags: [] });
}
