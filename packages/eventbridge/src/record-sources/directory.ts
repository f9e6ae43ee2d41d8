import { parseArn, RecordMap, type ApiRequest, type Effect, type Json, type JsonObject, type Machine } from '@interstate/kernel';
import { createOperations, ServiceFault, streamTypesOf } from '@interstate/service-kit';
import { SOURCE_ERRORS, SOURCE_SHAPES } from './model.ts';
import { channelOf, shardNames, SOURCE_KIND, type SourceNotice } from './source.ts';

export const SOURCES_KIND = 'pipes:sources';

const DAY_SECONDS = 86_400;

interface DirectoryState {
  /** Names of the channels of each source, by its address. */
  readonly records: RecordMap;
}

interface DirectoryContext extends DirectoryState {
  readonly effects: Effect[];
}

/** Makes a source, or another channel of one. @throws ServiceFault ConflictException, ValidationException */
function createSource({ records, effects }: DirectoryContext, input: JsonObject): Json {
  const { Source, TopicName, QueueName, ShardCount = 1, RetentionSeconds } = input as { Source: string; TopicName?: string; QueueName?: string; ShardCount?: number; RetentionSeconds?: number };
  const [type] = streamTypesOf(Source);
  if (type === undefined) throw invalid(`${Source} is no stream, broker or cluster: give the ARN of a Kinesis or DynamoDB stream, an Amazon MQ broker or an MSK cluster, or smk://host:port.`);
  const member = { kinesis: undefined, dynamodb: undefined, activeMq: 'QueueName', rabbitMq: 'QueueName', managedKafka: 'TopicName', selfManagedKafka: 'TopicName' }[type];
  if ((member === 'TopicName') !== (TopicName !== undefined) || (member === 'QueueName') !== (QueueName !== undefined)) throw invalid(`${Source} needs ${member === undefined ? 'neither a TopicName nor a QueueName' : `a ${member}, and nothing else to tell its records apart`}.`);
  if (QueueName !== undefined && ShardCount > 1) throw invalid('A queue has one shard.');
  const channel = channelOf(input);
  const channels = (records.get(Source) ?? []) as readonly string[];
  if (channels.includes(channel)) throw new ServiceFault('ConflictException', { reason: `The source ${Source}${channel === '' ? '' : ` has '${channel}'; it`} is there already.` });
  records.set(Source, [...channels, channel]);
  const shardIds = shardNames(Source, QueueName, 0, ShardCount);
  const notice: SourceNotice = { type: 'open', source: Source, channel, shardIds, retentionSeconds: RetentionSeconds ?? retentionOf(Source) };
  effects.push({ type: 'spawn', kind: SOURCE_KIND, address: Source, notice: notice as unknown as Json });
  return { ShardIds: shardIds };
}

function retentionOf(source: string): number | null {
  const service = source.startsWith('smk://') ? 'kafka' : parseArn(source)?.service;
  return service === 'mq' ? null : service === 'kafka' ? 7 * DAY_SECONDS : DAY_SECONDS;
}

function invalid(reason: string): ServiceFault {
  return new ServiceFault('ValidationException', { reason });
}

/** @throws ServiceFault ResourceNotFoundException */
function deleteSource({ records, effects }: DirectoryContext, { Source }: JsonObject): Json {
  if (!records.has(Source as string)) throw new ServiceFault('ResourceNotFoundException', { reason: `The source ${Source as string} does not exist.` });
  records.delete(Source as string);
  effects.push({ type: 'notice', to: Source as string, notice: { type: 'delete' } });
  return {};
}

const answer = createOperations<DirectoryContext>({
  shapes: SOURCE_SHAPES,
  errors: SOURCE_ERRORS,
  actions: { CreateSource: createSource, DeleteSource: deleteSource, ListSources: ({ records }) => ({ Sources: [...records.all().keys()].sort() }) },
});

/** Which sources there are. */
export function sourcesMachine(): Machine<DirectoryState> {
  return {
    kind: SOURCES_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step({ records }, message) {
      records.begin();
      const effects: Effect[] = [];
      if (message.type === 'call') effects.push({ type: 'reply', to: message.replyTo, outcome: answer({ records, effects }, message.request as unknown as ApiRequest)! });
      return { effects, journal: [] };
    },
  };
}
