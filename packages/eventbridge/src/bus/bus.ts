import { createRandom, type ApiRequest, type JsonObject, type Machine, type Message, type Outcome, type StepContext } from '@interstate/kernel';
import { createOperations } from '@interstate/service-kit';
import { EVENTBRIDGE_ERRORS } from '../errors.ts';
import { INPUT_SHAPES } from '../input-shapes.ts';
import { DEFAULT_BUS } from '../names.ts';
import type { Target } from '../targets/target.ts';
import { keepTags, type Tag } from '../tags.ts';
import { unknownBus } from '../unknown-bus.ts';
import { deleteEventBus, describeEventBus, updateEventBus } from './actions/event-bus.ts';
import { deleteRule } from './actions/delete-rule.ts';
import { describeRule } from './actions/describe-rule.ts';
import { disableRule, enableRule } from './actions/enable-rule.ts';
import { listRuleNamesByTarget, listRules, listTargetsByRule } from './actions/list-rules.ts';
import { putEvents } from './actions/put-events.ts';
import { putPermission, removePermission } from './actions/permissions.ts';
import { putRule } from './actions/put-rule.ts';
import { putTargets } from './actions/put-targets.ts';
import { removeTargets } from './actions/remove-targets.ts';
import { replayEvents } from './actions/replay-events.ts';
import { listTagsForResource, tagResource, untagResource } from './actions/tag-resource.ts';
import { BUS_KIND } from './bus-kind.ts';
import { BusContext, type BusOptions } from './bus-context.ts';
import { loadBus, readRecord, writeRecord, writeRoot, type BusRecord, type BusState, type RuleRecord } from './bus-state.ts';
import { delivered, retryDue } from './deliver.ts';
import { dropRule, keepRule, keepTargets } from './rules.ts';
import { fireDue } from './schedule-rules.ts';

const RETRY_TIMER = 'retry';
const SCHEDULE_TIMER = 'schedule';

/**
 * An event bus with its rules, their schedules and what is on its way to targets. Spawned by the directory with the notice
 * `{ type: 'create', bus, seed }`.
 */
export function busMachine(options: BusOptions): Machine<BusState> {
  return {
    kind: BUS_KIND,
    keptEntries: 1000,
    load: (saved) => loadBus(saved, options.sources),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: BusState, message: Message, { now, crypto }: StepContext) {
      const known = readRecord<BusRecord>(state, 'bus');
      state.records.beginSealed(crypto, options.kms, known?.arn ?? '', known?.kmsKey);
      const context = new BusContext(options, state, now);
      const retryAt = state.retries.firstKey;
      const fireAt = state.rules.nextFire();
      const wanted = state.rules.wanted();
      receive(context, message);
      setTimer(context, RETRY_TIMER, isTimer(message, RETRY_TIMER) ? undefined : retryAt, state.retries.firstKey);
      setTimer(context, SCHEDULE_TIMER, isTimer(message, SCHEDULE_TIMER) ? undefined : fireAt, state.rules.nextFire());
      tellSources(context, wanted);
      writeRoot(state);
      return { effects: context.effects, journal: context.journal };
    },
  };
}

function isTimer(message: Message, key: string): boolean {
  return message.type === 'timer' && message.key === key;
}

/** Schedules are housekeeping: nobody waits for them. */
function setTimer({ effects }: BusContext, key: string, before: number | undefined, at: number | undefined): void {
  if (at === before) return;
  if (at === undefined) effects.push({ type: 'clearTimer', key });
  else effects.push({ type: 'timer', key, at, ...(key === SCHEDULE_TIMER && { housekeeping: true }) });
}

/** Services that send events only where somebody listens hear when that begins and ends. */
function tellSources({ options, state, effects }: BusContext, before: readonly boolean[]): void {
  const after = state.rules.wanted();
  options.sources.forEach(({ address }, index) => {
    if (after[index] !== before[index] && readRecord<BusRecord>(state, 'bus')?.name === DEFAULT_BUS) effects.push({ type: 'notice', to: address, notice: { type: 'eventsWanted', wanted: after[index]! } });
  });
}

function receive(context: BusContext, message: Message): void {
  switch (message.type) {
    case 'call': {
      const outcome = answer(context, message.request as unknown as ApiRequest);
      if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply':
      return delivered(context, message.callId, message.outcome);
    case 'timer':
      return message.key === RETRY_TIMER ? retryDue(context) : fireDue(context);
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'cancelled':
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

function answer(context: BusContext, request: ApiRequest): Outcome | undefined {
  return (readRecord<BusRecord>(context.state, 'bus') ? operations : unknownBus)(context, request);
}

const operations = createOperations<BusContext>({
  shapes: { ...INPUT_SHAPES, ReplayEvents: { type: 'structure', members: {} } },
  errors: EVENTBRIDGE_ERRORS,
  actions: {
    DeleteEventBus: deleteEventBus,
    DeleteRule: deleteRule,
    DescribeEventBus: describeEventBus,
    DescribeRule: describeRule,
    DisableRule: disableRule,
    EnableRule: enableRule,
    ListRuleNamesByTarget: listRuleNamesByTarget,
    ListRules: listRules,
    ListTagsForResource: listTagsForResource,
    ListTargetsByRule: listTargetsByRule,
    PutEvents: putEvents,
    PutPermission: putPermission,
    PutRule: putRule,
    PutTargets: putTargets,
    RemovePermission: removePermission,
    RemoveTargets: removeTargets,
    ReplayEvents: replayEvents,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateEventBus: updateEventBus,
  },
});

function noticed(context: BusContext, notice: JsonObject): void {
  const { state } = context;
  switch (notice['type']) {
    case 'create': {
      // A bus of this name may have been here before: its generator goes on.
      if (state.deliveries === 0) state.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
      const bus = notice['bus'] as unknown as BusRecord;
      writeRecord<BusRecord>(state, 'bus', bus);
      return keepTags(state, bus.arn, notice['tags'] as unknown as readonly Tag[]);
    }
    case 'keepManagedRule': {
      const rule = notice['rule'] as unknown as RuleRecord;
      keepRule(context, rule);
      return keepTargets(context, rule, notice['targets'] as unknown as readonly Target[]);
    }
    case 'dropManagedRule': {
      const rule = readRecord<RuleRecord>(state, `rule:${notice['name'] as string}`);
      if (rule) dropRule(context, rule);
    }
  }
}
