import { createRandom, type ApiRequest, type JsonObject, type Machine, type Message, type ReplyTo } from '@interstate/kernel';
import { createOperations, type Operation, type StructureShape } from '@interstate/service-kit';
import { topicArn } from './arns.ts';
import { createTopic } from './actions/create-topic.ts';
import { listSubscriptions, listTopics } from './actions/lists.ts';
import {
  createPlatformApplication, createPlatformEndpoint, deleteEndpoint, deletePlatformApplication, getEndpointAttributes, getPlatformApplicationAttributes,
  listEndpointsByPlatformApplication, listPlatformApplications, setEndpointAttributes, setPlatformApplicationAttributes,
} from './actions/platform.ts';
import { createSandboxPhoneNumber, publishDirectly, sendPushOfTopic, sendSmsOfTopic } from './actions/publish-directly.ts';
import {
  checkIfPhoneNumberIsOptedOut, deleteSandboxNumber, getSandboxStatus, getSmsAttributes, listOriginationNumbers, listPhoneNumbersOptedOut, listSandboxNumbers,
  optInPhoneNumber, optOut, setSmsAttributes, verifySandboxNumber,
} from './actions/sms.ts';
import { directoryChanges, directoryRecords, DirectoryContext, forgetSubscription, forgetTopic, keepRecord, loadDirectory, noteFilters, type DirectoryState } from './directory-state.ts';
import { SNS_ERRORS } from './errors.ts';
import { INPUT_SHAPES, type OperationName } from './input-shapes.ts';
import { missingResource } from './missing-resource.ts';
import type { MachineOptions } from './options.ts';
import { sendDue, sent } from './person-delivery.ts';
import { refuse } from './refusal.ts';

export const DIRECTORY_KIND = 'sns:directory';

type DirectoryOperation = Operation<DirectoryContext>;

/** What a topic would answer were it there. */
const absent = (name: OperationName): DirectoryOperation => ({ options }, input) => missingResource(options, name, input);

const ACTIONS: Readonly<Record<OperationName, DirectoryOperation>> = {
  AddPermission: absent('AddPermission'),
  CheckIfPhoneNumberIsOptedOut: checkIfPhoneNumberIsOptedOut,
  ConfirmSubscription: absent('ConfirmSubscription'),
  CreatePlatformApplication: createPlatformApplication,
  CreatePlatformEndpoint: createPlatformEndpoint,
  CreateSMSSandboxPhoneNumber: createSandboxPhoneNumber,
  CreateTopic: createTopic,
  DeleteEndpoint: deleteEndpoint,
  DeletePlatformApplication: deletePlatformApplication,
  DeleteSMSSandboxPhoneNumber: deleteSandboxNumber,
  DeleteTopic: absent('DeleteTopic'),
  GetDataProtectionPolicy: absent('GetDataProtectionPolicy'),
  GetEndpointAttributes: getEndpointAttributes,
  GetPlatformApplicationAttributes: getPlatformApplicationAttributes,
  GetSMSAttributes: getSmsAttributes,
  GetSMSSandboxAccountStatus: getSandboxStatus,
  GetSubscriptionAttributes: absent('GetSubscriptionAttributes'),
  GetTopicAttributes: absent('GetTopicAttributes'),
  ListEndpointsByPlatformApplication: listEndpointsByPlatformApplication,
  ListOriginationNumbers: listOriginationNumbers,
  ListPhoneNumbersOptedOut: listPhoneNumbersOptedOut,
  ListPlatformApplications: listPlatformApplications,
  ListSMSSandboxPhoneNumbers: listSandboxNumbers,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: absent('ListSubscriptionsByTopic'),
  ListTagsForResource: absent('ListTagsForResource'),
  ListTopics: listTopics,
  OptInPhoneNumber: optInPhoneNumber,
  Publish: publishDirectly,
  PublishBatch: absent('PublishBatch'),
  PutDataProtectionPolicy: absent('PutDataProtectionPolicy'),
  RemovePermission: absent('RemovePermission'),
  SetEndpointAttributes: setEndpointAttributes,
  SetPlatformApplicationAttributes: setPlatformApplicationAttributes,
  SetSMSAttributes: setSmsAttributes,
  SetSubscriptionAttributes: absent('SetSubscriptionAttributes'),
  SetTopicAttributes: absent('SetTopicAttributes'),
  Subscribe: absent('Subscribe'),
  TagResource: absent('TagResource'),
  Unsubscribe: absent('Unsubscribe'),
  UntagResource: absent('UntagResource'),
  VerifySMSSandboxPhoneNumber: verifySandboxNumber,
};

const ANYTHING: StructureShape = { type: 'structure', members: {} };

const answer = createOperations<DirectoryContext>({
  shapes: INPUT_SHAPES,
  actions: ACTIONS,
  errors: SNS_ERRORS,
  refuse,
});
/** What topics ask. */
const answerTopic = createOperations<DirectoryContext>({ shapes: { SendSms: ANYTHING, SendPush: ANYTHING }, actions: { SendSms: sendSmsOfTopic, SendPush: sendPushOfTopic }, errors: SNS_ERRORS });

const RETRY_TIMER = 'retry';

/**
 * The directory of an account and region: knows topics and subscriptions by name, and is itself what belongs to no topic: mobile
 * push, SMS. Spawned with the notice `{ type: 'open', seed }`; the notice `{ type: 'optOut', phoneNumber }` is a person's STOP.
 */
export function directoryMachine(options: MachineOptions): Machine<DirectoryState> {
  return {
    kind: DIRECTORY_KIND,
    keptEntries: 1000,
    load: loadDirectory,
    changes: directoryChanges,
    records: directoryRecords,
    step(state, message, { now, crypto }) {
      state.records.begin();
      const context = new DirectoryContext(options, state, now, crypto, message.type === 'call' ? message.replyTo : undefined);
      receive(context, message);
      tellFull(context);
      setTimer(context);
      return { effects: context.effects, journal: context.journal };
    },
  };
}

function receive(context: DirectoryContext, message: Message): void {
  const { state, effects } = context;
  switch (message.type) {
    case 'call': {
      const request = message.request as unknown as ApiRequest;
      const isOfTopic = (request.action === 'SendSms' || request.action === 'SendPush') && message.replyTo.address.startsWith('arn:');
      const outcome = isOfTopic ? answerTopic(context, request) : answer(context, request);
      if (outcome) effects.push({ type: 'reply', to: message.replyTo, outcome });
      return;
    }
    case 'reply': {
      const { callId, outcome } = message;
      if (callId.startsWith('send:')) return sent(context, callId, outcome);
      const relay = state.records.get(callId) as unknown as { readonly replyTo: ReplyTo; readonly request: ApiRequest } | undefined;
      if (!relay) return;
      state.records.delete(callId);
      context.replyTo = relay.replyTo;
      // Deleted in the same moment: the topic has said so by now, and can be made anew.
      const isGone = !outcome.ok && outcome.error.Error === 'NotFoundException';
      const final = isGone ? answer(context, relay.request) : outcome;
      if (final) effects.push({ type: 'reply', to: relay.replyTo, outcome: final });
      return;
    }
    case 'timer':
      state.timer.at = undefined;
      for (let key = state.retries.take(context.now); key !== undefined; key = state.retries.take(context.now)) sendDue(context, key);
      return;
    case 'notice':
      return noticed(context, message.from, message.notice as JsonObject);
    case 'progress':
    case 'cancelled':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

function noticed(context: DirectoryContext, from: string, notice: JsonObject): void {
  const { state, options } = context;
  switch (notice['type']) {
    case 'open':
      state.root.random = createRandom(notice['seed'] as unknown as [number, number, number, number]);
      for (const phone of options.sms.optedOut ?? []) optOut(context, phone);
      return;
    case 'optOut':
      return optOut(context, notice['phoneNumber'] as string);
    case 'deleted':
      return forgetTopic(state, from);
    case 'subscribed': {
      const number = notice['number'] as number;
      const order = state.orders.get(from)?.get(number) ?? context.number();
      return keepRecord(state, `sub:${order}`, { topicArn: from, number, summary: notice['subscription']! });
    }
    case 'unsubscribed':
      return forgetSubscription(state, from, notice['number'] as number);
    case 'filters':
      return noteFilters(state, from, notice['count'] as number);
  }
}

/** Every topic knows whether the account may have another filter policy. */
function tellFull({ state, options, effects }: DirectoryContext): void {
  const areFull = state.filterPolicies >= options.limits.filterPolicies;
  if (areFull === state.root.filtersFull) return;
  state.root.filtersFull = areFull;
  for (const name of state.topics.all) effects.push({ type: 'notice', to: topicArn(options, name), notice: { type: 'filters', areFull } });
}

function setTimer({ state, effects }: DirectoryContext): void {
  const at = state.retries.next();
  if (at === state.timer.at) return;
  effects.push(at === undefined ? { type: 'clearTimer', key: RETRY_TIMER } : { type: 'timer', key: RETRY_TIMER, at });
  state.timer.at = at;
}
