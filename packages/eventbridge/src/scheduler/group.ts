import { createRandom, ReplyEffect, type ApiRequest, type DeliveryEntry, type EpochMs, type JsonObject, type Machine, type Message, type RecordChange, type StepContext } from '@interstate/kernel';
import { createOperations } from '@interstate/service-kit';
import { createSchedule } from './actions/create-schedule.ts';
import { deleteSchedule } from './actions/delete-schedule.ts';
import { getSchedule } from './actions/get-schedule.ts';
import { listSchedules } from './actions/list-schedules.ts';
import { updateSchedule } from './actions/update-schedule.ts';
import { directoryAddress } from './addresses.ts';
import { SCHEDULER_ERRORS } from './errors.ts';
import { answered, fireDue } from './firing.ts';
import { GROUP_KIND, GroupContext, type SchedulerMachineOptions } from './group-context.ts';
import { clearSome, loadGroup, ROOT, rootRecord, type GroupState } from './group-state.ts';
import { INPUT_SHAPES } from './input-shapes.ts';
import { beginSealed, sealedRecord } from './sealing.ts';

/** Records that go in one step while a group is deleted. */
const DELETED_AT_ONCE = 500;

const answer = createOperations<GroupContext>({
  shapes: INPUT_SHAPES,
  errors: SCHEDULER_ERRORS,
  actions: { CreateSchedule: createSchedule, DeleteSchedule: deleteSchedule, GetSchedule: getSchedule, ListSchedules: listSchedules, UpdateSchedule: updateSchedule },
});

/**
 * A schedule group: its schedules, when each is due, and the invocations under way. Two timers: `pressing` for what somebody waits
 * for (one-time schedules, those with an end, second attempts), `housekeeping` for what recurs for ever.
 */
export function groupMachine(options: SchedulerMachineOptions): Machine<GroupState, DeliveryEntry> {
  return {
    kind: GROUP_KIND,
    keptEntries: 1000,
    load: loadGroup,
    changes: (state) => [...[...state.schedules.changes(), ...state.records.changes()].map(([key, value]): RecordChange => [key, value && sealedRecord(state, key, value)]), [ROOT, rootRecord(state)]],
    records: (state) => new Map([...[...state.schedules.all(), ...state.records.all()].map(([key, value]) => [key, sealedRecord(state, key, value)] as const), ...state.sealed, [ROOT, rootRecord(state)]]),
    step(state: GroupState, message: Message, { now, crypto }: StepContext) {
      const context = new GroupContext(options, state, now);
      beginSealed(context, crypto);
      state.schedules.begin();
      state.records.begin();
      receive(context, message);
      setTimers(context);
      return { effects: context.effects, journal: context.journal };
    },
  };
}

function receive(context: GroupContext, message: Message): void {
  const { state, effects } = context;
  switch (message.type) {
    case 'call': {
      const outcome = answer(context, message.request as unknown as ApiRequest);
      if (outcome) effects.push(new ReplyEffect(message.replyTo, outcome));
      return;
    }
    case 'reply':
      return answered(context, message.callId, message.outcome);
    case 'timer':
      if (message.key === 'pressing') state.root.pressingAt = null;
      else state.root.housekeepingAt = null;
      return fireDue(context);
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'continue':
      return goOnDeleting(context);
    case 'progress':
    case 'cancelled':
      return;
    default:
      return message satisfies never;
  }
}

function noticed(context: GroupContext, notice: JsonObject): void {
  const { state, effects } = context;
  const { root } = state;
  if (notice['type'] === 'open') {
    // The name of a group that was deleted may be given to another.
    if (root.status === 'GONE') effects.push({ type: 'resumed' });
    root.name = notice['name'] as string;
    state.arnPrefix = undefined;
    root.status = 'ACTIVE';
    root.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
    if (state.schedules.size === 0) state.schedules.seed(root.random);
  } else if (notice['type'] === 'delete' && root.status === 'ACTIVE') {
    root.status = 'DELETING';
    goOnDeleting(context);
  }
}

/** A million schedules go a few hundred at a time. */
function goOnDeleting({ state, effects, options }: GroupContext): void {
  const { root } = state;
  if (root.status !== 'DELETING') return;
  if (clearSome(state, DELETED_AT_ONCE)) return void effects.push({ type: 'continue' });
  root.status = 'GONE';
  effects.push({ type: 'notice', to: directoryAddress(options), notice: { type: 'deleted', name: root.name } }, { type: 'ended' });
}

function setTimers({ state, effects }: GroupContext): void {
  const { root } = state;
  const pressingAt = earliest(state.pressing.nextAt, state.retries.nextAt);
  if (pressingAt !== root.pressingAt) {
    effects.push(pressingAt === null ? { type: 'clearTimer', key: 'pressing' } : { type: 'timer', key: 'pressing', at: pressingAt });
    root.pressingAt = pressingAt;
  }
  const housekeepingAt = earliest(state.housekeeping.nextAt, undefined);
  if (housekeepingAt !== root.housekeepingAt) {
    effects.push(housekeepingAt === null ? { type: 'clearTimer', key: 'housekeeping' } : { type: 'timer', key: 'housekeeping', at: housekeepingAt, housekeeping: true });
    root.housekeepingAt = housekeepingAt;
  }
}

function earliest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | null {
  if (a === undefined || b === undefined) return a ?? b ?? null;
  return Math.min(a, b);
}
