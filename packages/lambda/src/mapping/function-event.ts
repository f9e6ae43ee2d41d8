import { formatTimestamp, parseArn, type Json, type JsonObject } from '@interstate/kernel';
import type { TumblingWindow } from '@interstate/service-kit';
import type { MappingConfiguration } from './mapping-record.ts';

/**
 * A batch as Lambda hands it to a function.
 * @param records as pipes get them: all of a record in one level
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, with-ddb.html, with-mq.html, with-kafka.html
 */
export function functionEvent({ type, source, settings }: MappingConfiguration, records: readonly JsonObject[], window?: TumblingWindow): JsonObject {
  switch (type) {
    case 'sqs':
      return { Records: records };
    case 'kinesis':
      return { Records: records.map(kinesisRecord), ...(window && windowMembers(source, window)) };
    case 'dynamodb':
      return { Records: records, ...(window && windowMembers(source, window)) };
    case 'activeMq':
      return { eventSource: 'aws:mq', eventSourceArn: source, messages: records.map(activeMqMessage) };
    case 'rabbitMq':
      return { eventSource: 'aws:rmq', eventSourceArn: source, rmqMessagesByQueue: grouped(records) };
    case 'managedKafka':
      return { eventSource: 'aws:kafka', eventSourceArn: source, bootstrapServers: brokerOf(source), records: grouped(records) };
    case 'selfManagedKafka':
      return { eventSource: 'SelfManagedKafka', bootstrapServers: bootstrapServers(settings).join(','), records: grouped(records) };
    default:
      return type satisfies never;
  }
}

/** Of a Kafka cluster of one's own. */
export function bootstrapServers({ SelfManagedEventSource }: MappingConfiguration['settings']): readonly string[] {
  return SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS ?? [];
}

/** A name as brokers of a cluster have them: the model has no cluster behind the ARN. */
export function brokerOf(clusterArn: string): string {
  const { region = '', resource = '' } = parseArn(clusterArn) ?? {};
  return `b-1.${resource.split('/')[1] ?? ''}.kafka.${region}.amazonaws.com:9092`;
}

function kinesisRecord({ kinesisSchemaVersion = '1.0', partitionKey = '', sequenceNumber = '', data = '', approximateArrivalTimestamp = 0, ...more }: JsonObject): JsonObject {
  return { kinesis: { kinesisSchemaVersion, partitionKey, sequenceNumber, data, approximateArrivalTimestamp }, ...more };
}

function activeMqMessage({ eventSource: _source, eventSourceArn: _arn, destination, ...message }: JsonObject): JsonObject {
  const { physicalname = '' } = (destination ?? {}) as JsonObject;
  return { ...message, destination: { physicalName: physicalname } };
}

/** Messages by the queue or partition they come from. */
function grouped(records: readonly JsonObject[]): JsonObject {
  const groups = new Map<string, JsonObject[]>();
  for (const { eventSource: _source, eventSourceArn: _arn, bootstrapServers: _servers, eventSourceKey: key, ...message } of records) {
    const group = groups.get(key as string);
    if (group) group.push(message);
    else groups.set(key as string, [message]);
  }
  return Object.fromEntries(groups);
}

function windowMembers(eventSourceARN: string, { startsAt, endsAt, state, shardId, isFinal, isTerminatedEarly }: TumblingWindow): JsonObject {
  const time = (at: number): Json => formatTimestamp(at).replace('.000Z', 'Z');
  return { window: { start: time(startsAt), end: time(endsAt) }, state, shardId, eventSourceARN, isFinalInvokeForWindow: isFinal, isWindowTerminatedEarly: isTerminatedEarly };
}
