import { formatTimestamp, type EpochMs, type JsonObject } from '@interstate/kernel';
import { streamBatchInfo, type GiveUpCondition, type StreamItem } from '@interstate/service-kit';
import { bootstrapServers, brokerOf } from './function-event.ts';
import type { MappingConfiguration } from './mapping-record.ts';

/** Records that were given up, and what came of the last attempt with them. */
export interface GivenUp {
  readonly items: readonly StreamItem[];
  readonly shardId: string;
  readonly condition: GiveUpCondition;
  readonly attempts: number;
  readonly requestId: string;
  readonly response: JsonObject;
}

/**
 * What an on-failure destination is told: where the records lie in their source, not what is in them.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html, kafka-on-failure.html
 */
export function failureRecord(configuration: MappingConfiguration, { items, shardId, condition, attempts, requestId, response }: GivenUp, now: EpochMs): JsonObject {
  const { type, source, targetArn, settings } = configuration;
  const isKafka = type === 'managedKafka' || type === 'selfManagedKafka';
  const [first, last] = [items[0]!, items.at(-1)!];
  const info: JsonObject = !isKafka
    ? streamBatchInfo(source, shardId, items)
    : {
        batchSize: items.length,
        ...(type === 'managedKafka' && { eventSourceArn: source }),
        bootstrapServers: type === 'managedKafka' ? brokerOf(source) : bootstrapServers(settings).join(','),
        payloadSize: items.reduce((sum, { bytes }) => sum + bytes, 0),
        recordsInfo: {
          [`${settings.Topics![0]!}-${shardId}`]: { firstRecordOffset: first.id, lastRecordOffset: last.id, firstRecordTimestamp: formatTimestamp(first.arrivedAt), lastRecordTimestamp: formatTimestamp(last.arrivedAt) },
        },
      };
  return {
    requestContext: { requestId, functionArn: targetArn, condition, approximateInvokeCount: attempts },
    responseContext: attempts === 0 ? null : response,
    version: '1.0',
    timestamp: formatTimestamp(now),
    [isKafka ? 'KafkaBatchInfo' : type === 'kinesis' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: info,
  };
}
