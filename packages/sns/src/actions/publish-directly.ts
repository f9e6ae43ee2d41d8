import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryContext } from '../directory-state.ts';
import { invalid } from '../errors.ts';
import { missingResource } from '../missing-resource.ts';
import { readMessage } from '../message-rules.ts';
import type { MessageAttributes, MessageContent } from '../message.ts';
import { pushOf, send, sendSms, smsFailure, smsOf } from '../person-delivery.ts';
import { createSandboxNumber, isOptedOut, phoneNumber } from './sms.ts';

/** To a phone number or a mobile endpoint, or to what is not there. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function publishDirectly(context: DirectoryContext, input: JsonObject): Json {
  const { PhoneNumber: phone, TopicArn: topicArn, TargetArn: targetArn } = input as Readonly<Record<string, string | undefined>>;
  const targets = ['TopicArn', 'TargetArn', 'PhoneNumber'].filter((name) => input[name] !== undefined);
  if (targets.length === 0) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
  if (targets.length > 1) throw invalid(`${targets.join(' and ')} Reason: only one target can be given`);
  const { limits } = context.options;
  if (phone !== undefined) {
    const to = phoneNumber(phone);
    if (to === undefined) throw invalid(`PhoneNumber Reason: ${phone} is not valid to publish to`);
    const message = readMessage(input, limits);
    if (isOptedOut(context, to)) throw invalid('PhoneNumber Reason: Phone number is opted out');
    const sms = smsOf(context, to, { ...message, text: forSms(message) }, context.uuid());
    sendSms(context, sms, message.attributes);
    return { MessageId: sms.id };
  }
  if (topicArn !== undefined || !/^arn:[^:]*:sns:[^:]*:[^:]*:endpoint\//.test(targetArn!)) return missingResource(context.options, 'Publish', input);
  const message = readMessage(input, limits);
  const push = pushOf(context, targetArn!, message, context.uuid());
  send(context, push, push.endpointArn);
  return { MessageId: push.id };
}

function forSms({ text, byProtocol }: MessageContent): string {
  return byProtocol !== undefined && Object.hasOwn(byProtocol, 'sms') ? byProtocol['sms']! : text;
}

/** Asked by a topic: its own message to a phone number. The answer is what became of it. */
export function sendSmsOfTopic(context: DirectoryContext, input: JsonObject): Json | undefined {
  const { PhoneNumber, Message, MessageId } = input as Readonly<Record<string, string>>;
  const attributes = input['MessageAttributes'] as unknown as MessageAttributes | undefined;
  const sms = smsOf(context, PhoneNumber!, { text: Message!, ...(attributes && { attributes }) }, MessageId!);
  const failure = smsFailure(context, sms, attributes);
  if (failure) {
    context.effects.push({ type: 'reply', to: context.replyTo!, outcome: { ok: false, error: failure } });
    return undefined;
  }
  send(context, sms, sms.to, context.replyTo);
  return undefined;
}

/** Asked by a topic: its own message to a mobile endpoint. The answer is what became of it. */
export function sendPushOfTopic(context: DirectoryContext, input: JsonObject): Json | undefined {
  const { limits } = context.options;
  send(context, pushOf(context, input['TargetArn'] as string, readMessage(input, limits), input['MessageId'] as string), input['TargetArn'] as string, context.replyTo);
  return undefined;
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html */
export function createSandboxPhoneNumber(context: DirectoryContext, input: JsonObject): Json {
  const { phone, password } = createSandboxNumber(context, input);
  const text = `Your Amazon SNS SMS sandbox verification code is ${password}`;
  send(context, { type: 'sms', id: context.uuid(), time: context.now, to: phone, text, smsType: 'Transactional' }, phone);
  return {};
}
