import { hopsOfMessage, nextUuid, type ApiRequest, type Json, type JsonObject } from '@interstate/kernel';
import { takeCall } from '@interstate/service-kit';
import { protectInbound } from '../data-protection/protect.ts';
import { invalid, snsFault } from '../errors.ts';
import { checkBatch, readMessage, type TopicTraits } from '../message-rules.ts';
import { publish, type IncomingMessage } from '../publish.ts';
import { attributesOf, isPerGroup, type TopicContext } from '../topic-state.ts';

function traitsOf({ state }: TopicContext): TopicTraits {
  return { fifo: state.root.fifo, contentBased: state.root.fifo && attributesOf(state)['ContentBasedDeduplication'] === 'true' };
}

/** To a topic. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function publishMessage(context: TopicContext, input: JsonObject, request: ApiRequest): Json {
  const targets = ['TopicArn', 'TargetArn', 'PhoneNumber'].filter((name) => input[name] !== undefined);
  if (targets.length > 1) throw invalid(`${targets.join(' and ')} Reason: only one target can be given`);
  checkKey(context);
  const message = incoming(context, input, traitsOf(context), request);
  checkRate(context, [message]);
  return publish(context, message);
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export function publishBatch(context: TopicContext, input: JsonObject, request: ApiRequest): Json {
  const entries = input['PublishBatchRequestEntries'] as readonly JsonObject[];
  checkBatch(entries, context.options.limits);
  checkKey(context);
  const traits = traitsOf(context);
  // What is wrong with one message fails the whole batch, as observed: none of it is sent.
  const messages = entries.map((entry, index) => incoming(context, entry, traits, request, index + 1));
  checkRate(context, messages);
  return { Successful: messages.map((message, index) => ({ Id: entries[index]!['Id']!, ...publish(context, message) })), Failed: [] };
}

function incoming(context: TopicContext, input: JsonObject, traits: TopicTraits, request: ApiRequest, position?: number): IncomingMessage {
  const hops = hopsOfMessage(request);
  const given = readMessage(input, context.options.limits, traits, position);
  const content = hops === 0 ? given : { ...given, hops };
  const id = nextUuid(context.state.root.random);
  return { id, content: context.state.protection.length === 0 ? content : protectInbound(context, content, id), raw: input['Message'] as string };
}

/** A FIFO topic takes so many calls a second, in all or to each group. @throws ServiceFault */
function checkRate(context: TopicContext, messages: readonly IncomingMessage[]): void {
  const { state, options, now } = context;
  if (!state.root.fifo) return;
  const names = isPerGroup(state) ? new Set(messages.map(({ content }) => `group ${content.groupId}`)) : ['topic'];
  if (!takeCall(state.records, [...names], options.limits.fifoPublishesPerSecond, now)) throw snsFault('ThrottledException', { reason: 'Rate exceeded' });
}

const KMS_ERRORS = { NotFound: 'KMSNotFoundException', Disabled: 'KMSDisabledException', InvalidState: 'KMSInvalidStateException', AccessDenied: 'KMSAccessDeniedException', Throttled: 'KMSThrottlingException' } as const;

/** The key of an encrypted topic must be usable. @throws ServiceFault */
function checkKey({ state, options, crypto, arn }: TopicContext): void {
  const keyId = attributesOf(state)['KmsMasterKeyId'];
  if (keyId === undefined || !options.kms) return;
  const key = options.kms.createDataKey(crypto, keyId, arn);
  if ('fault' in key) throw snsFault(KMS_ERRORS[key.fault], { reason: key.message });
}
