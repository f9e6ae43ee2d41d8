import type { Json, JsonObject } from '@interstate/kernel';
import { protect } from '../data-protection/protect.ts';
import { invalid, snsFault } from '../errors.ts';
import { checkBatch, readMessage, type TopicTraits } from '../message-rules.ts';
import { publish } from '../publish.ts';
import { attributesOf, type TopicContext } from '../topic-state.ts';

function traitsOf({ state }: TopicContext): TopicTraits {
  return { fifo: state.root.fifo, contentBased: state.root.fifo && attributesOf(state)['ContentBasedDeduplication'] === 'true' };
}

/** To a topic. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function publishMessage(context: TopicContext, input: JsonObject): Json {
  const targets = ['TopicArn', 'TargetArn', 'PhoneNumber'].filter((name) => input[name] !== undefined);
  if (targets.length > 1) throw invalid(`${targets.join(' and ')} Reason: only one target can be given`);
  checkKey(context);
  const message = readMessage(input, context.options.limits, traitsOf(context));
  return publish(context, protect(context, message), input['Message'] as string);
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export function publishBatch(context: TopicContext, input: JsonObject): Json {
  const entries = input['PublishBatchRequestEntries'] as readonly JsonObject[];
  checkBatch(entries, context.options.limits);
  checkKey(context);
  const traits = traitsOf(context);
  // What is wrong with one message fails the whole batch, as observed: none of it is sent.
  const messages = entries.map((entry, index) => protect(context, readMessage(entry, context.options.limits, traits, index + 1)));
  return { Successful: messages.map((message, index) => ({ Id: entries[index]!['Id']!, ...publish(context, message, entries[index]!['Message'] as string) })), Failed: [] };
}

const KMS_ERRORS = { NotFound: 'KMSNotFoundException', Disabled: 'KMSDisabledException', InvalidState: 'KMSInvalidStateException', AccessDenied: 'KMSAccessDeniedException', Throttled: 'KMSThrottlingException' } as const;

/** The key of an encrypted topic must be usable. @throws ServiceFault */
function checkKey({ state, options, crypto, arn }: TopicContext): void {
  const keyId = attributesOf(state)['KmsMasterKeyId'];
  if (keyId === undefined || !options.kms) return;
  const key = options.kms.createDataKey(crypto, keyId, arn);
  if ('fault' in key) throw snsFault(KMS_ERRORS[key.fault], { reason: key.message });
}
