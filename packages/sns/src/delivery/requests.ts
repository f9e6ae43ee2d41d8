import { HTTP_ADDRESS, plainConstructor, type Json, type JsonObject, type Writable } from '@interstate/kernel';
import { queueUrl } from '../arns.ts';
import type { Rendering } from '../envelope.ts';
import { textFor } from '../message.ts';
import { emailOf, OUTBOX_ADDRESS } from '../outbox.ts';
import type { LiveSubscription } from '../subscription.ts';
import type { TopicContext } from '../topic-state.ts';

/** A call that delivers something. */
export interface DeliveryCall {
  readonly to: string;
  readonly request: Json;
}

/** The call that brings a message to a subscription's endpoint. @param replayed sent again from the archive */
export function deliveryCall(context: TopicContext, rendering: Rendering, live: LiveSubscription, replayed = false): DeliveryCall {
  const { protocol, endpoint, arn } = live.of;
  switch (protocol) {
    case 'sqs':
      return queueCall(context, rendering, live, replayed);
    case 'lambda':
      return { to: endpoint, request: { action: 'Invoke', input: { FunctionName: endpoint, InvocationType: 'Event', Payload: rendering.lambdaEvent(arn) }, caller: context.caller, ...hopsMember(rendering) } };
    case 'http':
    case 'https':
      return { to: HTTP_ADDRESS, request: httpRequest(context, rendering, live) };
    case 'firehose': {
      const data = live.raw ? textFor(rendering.message, 'firehose') : rendering.envelope(arn, 'firehose', replayed);
      // One record to a line.
      const input = { DeliveryStreamName: endpoint.slice(endpoint.lastIndexOf('/') + 1), Record: { Data: `${compact(data, live.raw)}\n` } };
      return { to: endpoint, request: { action: 'PutRecord', input, caller: context.caller } };
    }
    case 'email':
    case 'email-json':
      return { to: OUTBOX_ADDRESS, request: emailOf(context, rendering, live) };
    case 'sms':
      return { to: context.options.directory, request: { action: 'SendSms', input: { PhoneNumber: endpoint, Message: textFor(rendering.message, 'sms'), MessageId: rendering.message.id, ...attributesMember(rendering) } } };
    case 'application':
      return { to: context.options.directory, request: { action: 'SendPush', input: pushInput(rendering, endpoint) } };
    default:
      return protocol satisfies never;
  }
}

function compact(envelope: string, raw: boolean): string {
  return raw ? envelope : JSON.stringify(JSON.parse(envelope));
}

function queueCall(context: TopicContext, rendering: Rendering, { of, raw, fifoQueue, queueUrl: url }: LiveSubscription, replayed: boolean): DeliveryCall {
  const { message } = rendering;
  const input: Record<string, Json> = new SendInput(url!, raw ? textFor(message, 'sqs') : rendering.envelope(of.arn, 'sqs', replayed));
  if (raw && message.attributes !== undefined) input['MessageAttributes'] = message.attributes as unknown as Json;
  // A queue takes ten: better without the mark than not at all.
  if (raw && replayed && Object.keys(message.attributes ?? {}).length < 10) input['MessageAttributes'] = { ...(message.attributes as unknown as JsonObject), Replayed: { DataType: 'String', StringValue: 'true' } };
  addGroup(input, rendering, fifoQueue);
  const request: Record<string, Json> = new SendRequest(input, context.caller);
  if (message.hops !== undefined) request['hops'] = message.hops;
  return new SendCall(of.endpoint, request);
}

function hopsMember({ message: { hops } }: Rendering): { readonly hops?: number } {
  return hops === undefined ? {} : { hops };
}

const SendCall = plainConstructor(function (this: Writable<DeliveryCall>, to: string, request: Json) {
  this.to = to;
  this.request = request;
});

const SendRequest = plainConstructor(function (this: Record<string, Json>, input: Json, caller: Json) {
  this['action'] = 'SendMessage';
  this['input'] = input;
  this['caller'] = caller;
});

const SendInput = plainConstructor(function (this: Record<string, Json>, queueUrl: string, body: string) {
  this['QueueUrl'] = queueUrl;
  this['MessageBody'] = body;
});

/** Group and deduplication id go along to queues; standard queues take the group alone, for fairness. */
function addGroup(input: Record<string, Json>, { message: { groupId, deduplicationId } }: Rendering, fifoQueue: boolean): void {
  if (groupId !== undefined) input['MessageGroupId'] = groupId;
  if (fifoQueue && deduplicationId !== undefined) input['MessageDeduplicationId'] = deduplicationId;
}

/** The call that brings what could not be delivered to the dead-letter queue. */
export function deadLetterCall(context: TopicContext, rendering: Rendering, live: LiveSubscription, failure: { readonly code: string; readonly message: string; readonly requestId: string }): DeliveryCall {
  const queue = live.deadLetterQueue!;
  const { protocol, arn } = live.of;
  const text = (value: string): JsonObject => ({ DataType: 'String', StringValue: value === '' ? 'Unknown' : value.slice(0, 1024) });
  const input: Record<string, Json> = {
    QueueUrl: queueUrl(queue),
    MessageBody: live.raw ? textFor(rendering.message, protocol) : rendering.envelope(arn, protocol, false),
    MessageAttributes: { RequestID: text(failure.requestId), ErrorCode: text(failure.code), ErrorMessage: text(failure.message) },
  };
  addGroup(input, rendering, queue.endsWith('.fifo'));
  return { to: queue, request: { action: 'SendMessage', input, caller: context.caller } };
}

/** Headers of everything that is posted to an HTTP endpoint. */
export function httpHeaders(type: string, messageId: string, topicArn: string, contentType: string): Record<string, string> {
  return {
    'x-amz-sns-message-type': type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn,
    'Content-Type': contentType,
    'User-Agent': 'Amazon Simple Notification Service Agent',
    'Accept-Encoding': 'gzip,deflate',
  };
}

function httpRequest(context: TopicContext, rendering: Rendering, { of, raw, http }: LiveSubscription): Json {
  const headers = httpHeaders('Notification', rendering.message.id, context.arn, http!.contentType);
  headers['x-amz-sns-subscription-arn'] = of.arn;
  if (raw) headers['x-amz-sns-rawdelivery'] = 'true';
  const body = raw ? textFor(rendering.message, of.protocol) : rendering.envelope(of.arn, of.protocol, false);
  return { method: 'POST', url: of.endpoint, headers, body, timeoutMs: context.options.limits.httpTimeoutSeconds * 1000 };
}

function attributesMember({ message: { attributes } }: Rendering): JsonObject {
  return attributes === undefined ? {} : { MessageAttributes: attributes as unknown as Json };
}

function pushInput(rendering: Rendering, endpointArn: string): JsonObject {
  const { text, byProtocol, subject, id } = rendering.message;
  return {
    TargetArn: endpointArn,
    Message: byProtocol === undefined ? text : JSON.stringify(byProtocol),
    ...(byProtocol !== undefined && { MessageStructure: 'json' }),
    ...(subject !== undefined && { Subject: subject }),
    MessageId: id,
    ...attributesMember(rendering),
  };
}
