import { createRandom, nextUint32, type ApiRequest, type Json, type JsonObject, type Machine, type Message } from '@interstate/kernel';
import { createOperations, mayCall, type Operation } from '@interstate/service-kit';
import { confirmSubscription } from './actions/confirm-subscription.ts';
import { getDataProtectionPolicy, putDataProtectionPolicy } from './actions/data-protection.ts';
import { addPermission, removePermission } from './actions/permissions.ts';
import { publishBatch, publishMessage } from './actions/publish.ts';
import { subscribe } from './actions/subscribe.ts';
import { getSubscriptionAttributes, setSubscriptionAttributes, unsubscribe } from './actions/subscription-attributes.ts';
import { listTagsForResource, tagResource, untagResource } from './actions/tags.ts';
import { createTopicAgain, deleteTopic, listSubscriptionsByTopic } from './actions/topic.ts';
import { getTopicAttributes, setTopicAttributes } from './actions/topic-attributes.ts';
import { archiveExpired } from './archive.ts';
import { parseProtection } from './data-protection/policy.ts';
import { attempted, retryDue } from './delivery/settle.ts';
import { missing, snsFault, SNS_ERRORS } from './errors.ts';
import { continueFanOut, finishFanOuts } from './fan-out.ts';
import { INPUT_SHAPES } from './input-shapes.ts';
import { endSubscription } from './leave.ts';
import { missingResource } from './missing-resource.ts';
import type { MachineOptions } from './options.ts';
import { refuse } from './refusal.ts';
import { continueReplays } from './replay.ts';
import { ATTRIBUTES, beginStep, loadTopic, readAttributes, TopicContext, topicChanges, topicRecords, type TopicState } from './topic-state.ts';

export const TOPIC_KIND = 'sns:topic';

/** Actions a topic's policy speaks of. */
const GUARDED: ReadonlySet<string> = new Set(['AddPermission', 'DeleteTopic', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'Publish', 'RemovePermission', 'SetTopicAttributes', 'Subscribe']);

const ACTIONS: Readonly<Record<string, Operation<TopicContext>>> = {
  AddPermission: addPermission,
  ConfirmSubscription: confirmSubscription,
  CreateTopic: createTopicAgain,
  DeleteTopic: deleteTopic,
  GetDataProtectionPolicy: getDataProtectionPolicy,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  GetTopicAttributes: getTopicAttributes,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  ListTagsForResource: listTagsForResource,
  Publish: publishMessage,
  PublishBatch: publishBatch,
  PutDataProtectionPolicy: putDataProtectionPolicy,
  RemovePermission: removePermission,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  SetTopicAttributes: setTopicAttributes,
  Subscribe: subscribe,
  TagResource: tagResource,
  Unsubscribe: unsubscribe,
  UntagResource: untagResource,
};

const ACTIONS_THAT_PUBLISH: ReadonlySet<string> = new Set(['Publish', 'PublishBatch']);

/** A guarded action is answered where the topic is there and lets the caller in. */
function guarded(name: string, action: Operation<TopicContext>): Operation<TopicContext> {
  return (context, input, request) => {
    // The directory asks so where the topic was deleted in the same moment.
    if (context.state.root.closed && name === 'CreateTopic') throw missing('Topic');
    if (context.state.root.closed) return missingResource(context.options, name, input);
    if (context.state.fanOuts.size > 0 && !ACTIONS_THAT_PUBLISH.has(name)) finishFanOuts(context);
    authorize(context, name === 'PublishBatch' ? 'Publish' : name, input, request);
    return action(context, input, request);
  };
}

function authorize({ state, arn, now, options }: TopicContext, action: string, input: JsonObject, { caller }: ApiRequest): void {
  if (!GUARDED.has(action) || (!caller && !state.policy)) return;
  const keys = action === 'Subscribe' ? { 'sns:protocol': input['Protocol'] as string, 'sns:endpoint': (input['Endpoint'] as string | undefined) ?? '' } : {};
  if (mayCall(state.policy, { action: `sns:${action}`, resource: arn, account: options.account, caller, now, keys }, { enforce: options.enforcePolicies })) return;
  const who = caller ? caller.service : `arn:aws:iam::${options.account}:root`;
  throw snsFault('AuthorizationErrorException', { reason: `User: ${who} is not authorized to perform: SNS:${action} on resource: ${arn}` });
}

const answer = createOperations<TopicContext>({
  shapes: INPUT_SHAPES,
  actions: Object.fromEntries(Object.entries(ACTIONS).map(([name, action]) => [name, guarded(name, action)])),
  errors: SNS_ERRORS,
  refuse,
});

const RETRY_TIMER = 'retry';
const EXPIRY_TIMER = 'expiry';

/**
 * A topic at its ARN: its subscriptions, and every delivery until it has arrived or is given up. Spawned by the directory with
 * the notice `{ type: 'open', arn, fifo, seed, attributes, tags, protection, filtersFull }`; `{ type: 'filters', areFull }` says whether the account
 * may have more filter policies.
 */
export function topicMachine(options: MachineOptions): Machine<TopicState> {
  return {
    kind: TOPIC_KIND,
    keptEntries: 1000,
    load: (saved) => loadTopic(saved, options),
    changes: topicChanges,
    records: topicRecords,
    step(state, message, { now, crypto }) {
      beginStep(state, options, crypto);
      const context = new TopicContext(options, state, now, crypto);
      receive(context, message);
      tellFilters(context);
      setTimers(context);
      return { effects: context.effects, journal: context.journal };
    },
  };
}

function receive(context: TopicContext, message: Message): void {
  switch (message.type) {
    case 'call': {
      const outcome = answer(context, message.request as unknown as ApiRequest);
      if (outcome) context.effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply':
      return attempted(context, message.callId, message.outcome);
    case 'timer':
      return message.key === RETRY_TIMER ? retry(context) : expire(context);
    case 'continue':
      continueFanOut(context);
      return continueReplays(context);
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'progress':
    case 'cancelled':
      return;
    default:
      return message satisfies never;
  }
}

function noticed(context: TopicContext, notice: JsonObject): void {
  if (notice['type'] === 'open') open(context, notice);
  else if (notice['type'] === 'filters') context.state.root.filtersFull = notice['areFull'] === true;
}

/** The directory counts the filter policies of the account. */
function tellFilters(context: TopicContext): void {
  const { root, filters } = context.state;
  if (root.filters === filters.size) return;
  root.filters = filters.size;
  context.tellDirectory({ type: 'filters', count: filters.size });
}

/** The topic begins, or begins anew after it was deleted: numbers go on, so that what is still under way is not mistaken. */
function open({ state, effects }: TopicContext, notice: JsonObject): void {
  if (!state.root.closed) return;
  const { arn, fifo, seed, attributes, tags, protection, filtersFull } = notice;
  const random = createRandom(seed as unknown as [number, number, number, number]);
  if (state.root.arn !== '') effects.push({ type: 'resumed' });
  Object.assign(state.root, { arn, fifo, random, deleted: 0, filtersFull, closed: false, secret: Array.from({ length: 4 }, () => nextUint32(random).toString(16)).join('-') });
  state.records.set(ATTRIBUTES, attributes!);
  if ((tags as readonly Json[]).length > 0) state.records.set('tags', tags!);
  if (typeof protection === 'string' && protection !== '') {
    state.records.set('protection', protection);
    state.protection = parseProtection(protection);
  }
  readAttributes(state);
}

function retry(context: TopicContext): void {
  const { state, now } = context;
  state.timers.retry = undefined;
  for (let key = state.retries.take(now); key !== undefined; key = state.retries.take(now)) retryDue(context, key.slice(2));
}

function expire(context: TopicContext): void {
  const { state, now } = context;
  state.timers.expiry = undefined;
  for (let key = state.expiries.take(now); key !== undefined; key = state.expiries.take(now)) {
    if (key.startsWith('d:') || key.startsWith('u:')) state.records.delete(key);
    else if (key.startsWith('a:')) archiveExpired(context, key);
    else {
      const live = state.subscriptions.get(Number(key.slice(4)));
      if (live?.of.pendingSince !== undefined) endSubscription(context, live, { tellsEndpoint: false });
    }
  }
}

/** One timer for what somebody waits for, one for what is only tidied up. */
function setTimers({ state, effects }: TopicContext): void {
  const { timers, retries, expiries } = state;
  const retryAt = retries.next();
  if (retryAt !== timers.retry) {
    effects.push(retryAt === undefined ? { type: 'clearTimer', key: RETRY_TIMER } : { type: 'timer', key: RETRY_TIMER, at: retryAt });
    timers.retry = retryAt;
  }
  const expiryAt = expiries.next();
  if (expiryAt !== timers.expiry) {
    effects.push(expiryAt === undefined ? { type: 'clearTimer', key: EXPIRY_TIMER } : { type: 'timer', key: EXPIRY_TIMER, at: expiryAt, housekeeping: true });
    timers.expiry = expiryAt;
  }
}
