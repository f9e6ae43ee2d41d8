import { formatTimestamp, nextRandom, nextUuid, type JsonObject, type Outcome } from '@interstate/kernel';
import { textFor, type Message } from '../message.ts';
import type { LiveSubscription, Protocol } from '../subscription.ts';
import { attributesOf, type TopicContext } from '../topic-state.ts';
import type { DeliveryFailure } from './failure.ts';

/** What a topic's feedback attributes call a protocol; undefined: nothing is logged. */
const NAMES: Readonly<Partial<Record<Protocol, string>>> = { http: 'HTTP', https: 'HTTP', sqs: 'SQS', lambda: 'Lambda', firehose: 'Firehose', application: 'Application' };

/**
 * Delivery status logging: a record in the log group `sns/<region>/<account>/<topic>` for a share of the successes, and one in
 * `…/Failure` for every failure, where the topic names a role for it.
 * @see https://docs.aws.amazon.com/sns/latest/dg/topics-attrib.html
 */
export function logDelivery(context: TopicContext, live: LiveSubscription, message: Message | undefined, attempts: number, outcome: Outcome | undefined, failure: DeliveryFailure | undefined): void {
  if (!context.state.logs) return;
  const name = NAMES[live.of.protocol];
  if (name === undefined || !message) return;
  const { state, now, crypto, arn, options } = context;
  const attributes = attributesOf(state);
  if (attributes[`${name}${failure ? 'Failure' : 'Success'}FeedbackRoleArn`] === undefined) return;
  if (!failure && nextRandom(state.root.random) * 100 >= Number(attributes[`${name}SuccessFeedbackSampleRate`] ?? 100)) return;
  const record: JsonObject = {
    notification: { messageMD5Sum: crypto.hash('MD5', textFor(message, live.of.protocol)), messageId: message.id, topicArn: arn, timestamp: formatTimestamp(message.time).replace('T', ' ').replace('Z', '') },
    delivery: {
      deliveryId: nextUuid(state.root.random),
      destination: live.of.endpoint,
      providerResponse: failure ? failure.message : JSON.stringify(outcome?.ok ? outcome.value : null).slice(0, 1024),
      dwellTimeMs: now - message.time,
      attempts,
      statusCode: failure ? (failure.status ?? 400) : 200,
    },
    status: failure ? 'FAILURE' : 'SUCCESS',
  };
  const logGroupName = `sns/${options.region}/${options.account}/${arn.slice(arn.lastIndexOf(':') + 1)}${failure ? '/Failure' : ''}`;
  putLogEvent(context, logGroupName, message.id, record);
}

/** Puts a record into a log group. Nobody waits for what comes of it. */
export function putLogEvent(context: TopicContext, logGroupName: string, logStreamName: string, record: JsonObject): void {
  const { options, now } = context;
  const input = { logGroupName, logStreamName, logEvents: [{ timestamp: now, message: JSON.stringify(record) }] };
  context.tell(`arn:aws:logs:${options.region}:${options.account}:log-group:${logGroupName}`, { action: 'PutLogEvents', input, caller: context.caller });
}
