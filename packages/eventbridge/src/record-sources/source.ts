import { base64FromBytes, bytesFromBase64, parseArn, RecordMap, utf8FromText, type ApiRequest, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message, type ReplyTo, type StepContext } from '@interstate/kernel';
import { createOperations, keyHash, ServiceFault, type RecordPage, type SourceRecord } from '@interstate/service-kit';
import { MACHINE_SHAPES, SOURCE_ERRORS, SOURCE_SHAPES } from './model.ts';

export const SOURCE_KIND = 'pipes:source';

/*
 * Records of a source:
 *   root                          its address, the channels (topics, queues; '' where it has none), and calls that wait so far
 *   shard:<channel>|<shard>       a shard
 *   record:<channel>|<shard>|<n>  a record, from 1
 *   group:<channel>|<group>|<shard>  up to where a consumer group is done
 *   wait:<n>                      a GetRecords or ListShards that waits
 */

interface Root {
  readonly source: string;
  readonly isDeleted: boolean;
  readonly channels: Readonly<Record<string, Channel>>;
  /** Numbers of the calls that wait. */
  readonly waiting: readonly number[];
  readonly waits: number;
}

interface Channel {
  readonly shardIds: readonly string[];
  readonly retentionSeconds: number | null;
  /** Records so far, for those without a key. */
  readonly appended: number;
}

interface Shard {
  readonly id: string;
  readonly parents: readonly string[];
  readonly closed: boolean;
  /** Numbers of the records kept: from the first, up to the next. */
  readonly first: number;
  readonly next: number;
}

interface Waiting {
  readonly replyTo: ReplyTo;
  readonly request: ApiRequest;
}

/** What the directory tells a source. */
export type SourceNotice = { readonly type: 'open'; readonly source: string; readonly channel: string; readonly shardIds: readonly string[]; readonly retentionSeconds: number | null } | { readonly type: 'delete' };

interface SourceState {
  readonly records: RecordMap;
}

/** A source of records in memory, at its ARN: answers what pipes ask of sources, and `PutRecord` and `PutRecords` of Kinesis. */
export function sourceMachine(): Machine<SourceState> {
  return {
    kind: SOURCE_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step({ records }, message, { now }: StepContext) {
      records.begin();
      const context = new SourceContext(records, now);
      receive(context, message);
      return { effects: context.effects, journal: [] };
    },
  };
}

class SourceContext {
  readonly effects: Effect[] = [];

  constructor(
    readonly records: RecordMap,
    readonly now: EpochMs,
  ) {}

  get root(): Root {
    return this.records.get('root') as unknown as Root;
  }

  update(changes: Partial<Root>): void {
    this.records.set('root', { ...this.root, ...changes } as unknown as Json);
  }

  /** @throws ServiceFault ResourceNotFoundException */
  channel(name: string): Channel {
    const { channels, source, isDeleted } = this.root;
    if (isDeleted || !Object.hasOwn(channels, name)) throw new ServiceFault('ResourceNotFoundException', { reason: name === '' || isDeleted ? `The source ${source} does not exist.` : `The source ${source} has no topic or queue '${name}'.` });
    return channels[name]!;
  }

  changeChannel(name: string, changes: Partial<Channel>): void {
    const { channels } = this.root;
    this.update({ channels: { ...channels, [name]: { ...channels[name]!, ...changes } } });
  }

  /** @throws ServiceFault ResourceNotFoundException */
  shard(channel: string, id: string): Shard {
    const shard = this.records.get(shardKey(channel, id)) as unknown as Shard | undefined;
    if (!shard) throw new ServiceFault('ResourceNotFoundException', { reason: `There is no shard '${id}'.` });
    return shard;
  }

  write(channel: string, shard: Shard): void {
    this.records.set(shardKey(channel, shard.id), shard as unknown as Json);
  }
}

function shardKey(channel: string, id: string): string {
  return `shard:${channel}|${id}`;
}

function recordKey(channel: string, id: string, number: number): string {
  return `record:${channel}|${id}|${number}`;
}

/** The topic, or the queue with its virtual host; '' for streams. */
export function channelOf({ TopicName, QueueName, VirtualHost = '/' }: JsonObject): string {
  return TopicName !== undefined ? (TopicName as string) : QueueName !== undefined ? `${VirtualHost === '/' ? '' : `${VirtualHost as string}/`}${QueueName as string}` : '';
}

/** Names of the shards from a number on, as the source's service names them. */
export function shardNames(source: string, queue: string | undefined, from: number, count: number): readonly string[] {
  if (queue !== undefined) return [queue];
  const isTopic = source.startsWith('smk://') || parseArn(source)?.service === 'kafka';
  return Array.from({ length: count }, (_, index) => (isTopic ? String(from + index) : `shardId-${String(from + index).padStart(12, '0')}`));
}

/** A record's number as its service counts: offsets of topics from 0; others have digits enough to be compared as text. */
function sequenceOf(source: string, number: number): string {
  if (source.startsWith('smk://') || parseArn(source)?.service === 'kafka') return String(number - 1);
  return `49${String(number).padStart(54, '0')}`;
}

function numberOf(source: string, sequence: string): number {
  const number = sequence.length > 20 ? Number(sequence.slice(-15)) : Number(sequence) + (sequenceOf(source, 1) === '0' ? 1 : 0);
  if (!Number.isSafeInteger(number) || sequenceOf(source, number) !== sequence) throw new ServiceFault('ValidationException', { reason: `'${sequence.slice(0, 100)}' is no sequence number of this source.` });
  return number;
}

function receive(context: SourceContext, message: Message): void {
  if (message.type === 'notice') return noticed(context, message.notice as unknown as SourceNotice);
  if (message.type === 'cancelled') return withdraw(context, message.replyTo);
  if (message.type !== 'call') return;
  ask(context, message.replyTo, message.request as unknown as ApiRequest);
  answerWaiting(context);
}

function noticed(context: SourceContext, notice: SourceNotice): void {
  const { records, effects } = context;
  const known = records.get('root') as unknown as Root | undefined;
  if (notice.type === 'delete') {
    for (const prefix of ['shard:', 'record:', 'group:']) for (const [key] of [...records.entries(prefix)]) records.delete(key);
    context.update({ isDeleted: true, channels: {} });
    answerWaiting(context);
    effects.push({ type: 'ended' });
    return;
  }
  if (known?.isDeleted) effects.push({ type: 'resumed' });
  const { source, channel, shardIds, retentionSeconds } = notice;
  records.set('root', { source, isDeleted: false, channels: { ...known?.channels, [channel]: { shardIds, retentionSeconds, appended: 0 } }, waiting: known?.waiting ?? [], waits: known?.waits ?? 0 } satisfies Root as unknown as Json);
  for (const id of shardIds) context.write(channel, { id, parents: [], closed: false, first: 1, next: 1 });
}

/** Answers at once, or keeps what must wait. */
function ask(context: SourceContext, replyTo: ReplyTo, request: ApiRequest): void {
  const outcome = answer(context, request);
  if (outcome) return void context.effects.push({ type: 'reply', to: replyTo, outcome });
  const waits = context.root.waits + 1;
  context.update({ waits, waiting: [...context.root.waiting, waits] });
  context.records.set(`wait:${waits}`, { replyTo, request } as unknown as Json);
}

function answerWaiting(context: SourceContext): void {
  for (const number of context.root.waiting) {
    const { replyTo, request } = waitingCall(context, number);
    const outcome = answer(context, request);
    if (!outcome) continue;
    forget(context, number);
    context.effects.push({ type: 'reply', to: replyTo, outcome });
  }
}

function waitingCall({ records }: SourceContext, number: number): Waiting {
  return records.get(`wait:${number}`) as unknown as Waiting;
}

function forget(context: SourceContext, number: number): void {
  context.records.delete(`wait:${number}`);
  context.update({ waiting: context.root.waiting.filter((other) => other !== number) });
}

function withdraw(context: SourceContext, { address, callId }: ReplyTo): void {
  const withdrawn = context.root.waiting.find((number) => {
    const { replyTo } = waitingCall(context, number);
    return replyTo.callId === callId && replyTo.address === address;
  });
  if (withdrawn !== undefined) forget(context, withdrawn);
}

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
function appendRecord(context: SourceContext, input: JsonObject): Json {
  const { Data, Bytes, PartitionKey, ShardId, Attributes, Timestamp = context.now } = input as { Data?: string; Bytes?: string; PartitionKey?: string; ShardId?: string; Attributes?: JsonObject; Timestamp?: EpochMs };
  const { source } = context.root;
  const channel = channelOf(input);
  const { shardIds, appended, retentionSeconds } = context.channel(channel);
  if (Data !== undefined && Bytes !== undefined) throw new ServiceFault('ValidationException', { reason: 'A record has Data or Bytes, not both.' });
  if (Bytes !== undefined && !bytesFromBase64(Bytes)) throw new ServiceFault('ValidationException', { reason: 'The Bytes of a record must be a Uint8Array.' });
  const open = ShardId === undefined ? shardIds.filter((id) => !context.shard(channel, id).closed) : [ShardId];
  const id = open[PartitionKey === undefined ? appended % open.length : keyHash(PartitionKey) % open.length];
  if (id === undefined) throw new ServiceFault('ValidationException', { reason: `All shards of ${source} are closed.` });
  const shard = trimmed(context, channel, context.shard(channel, id), retentionSeconds);
  if (shard.closed) throw new ServiceFault('ValidationException', { reason: `The shard '${id}' is closed.` });
  const SequenceNumber = sequenceOf(source, shard.next);
  const key = keyOf(source, PartitionKey, Attributes);
  const record: SourceRecord = {
    SequenceNumber,
    Timestamp,
    ...((Data ?? Bytes) !== undefined && { Data: Bytes ?? base64FromBytes(utf8FromText(Data!)) }),
    ...(key !== undefined && { Key: key }),
    ...(Attributes && { Attributes }),
  };
  context.records.set(recordKey(channel, id, shard.next), record as unknown as Json);
  context.write(channel, { ...shard, next: shard.next + 1 });
  context.changeChannel(channel, { appended: appended + 1 });
  return { ShardId: id, SequenceNumber };
}

/** What orders a record: its partition key, in Base64 for topics; the keys of an item. */
function keyOf(source: string, key: string | undefined, attributes: JsonObject | undefined): string | undefined {
  if (key !== undefined) return sequenceOf(source, 1) === '0' ? base64FromBytes(utf8FromText(key)) : key;
  const item = attributes?.['dynamodb'] as JsonObject | null | undefined;
  return item?.['Keys'] === undefined ? undefined : JSON.stringify(item['Keys']);
}

/** Without the records that are older than they are kept. */
function trimmed({ records, now }: SourceContext, channel: string, shard: Shard, retentionSeconds: number | null): Shard {
  let { first } = shard;
  for (; retentionSeconds !== null && first < shard.next; first++) {
    const key = recordKey(channel, shard.id, first);
    if ((records.get(key) as unknown as SourceRecord).Timestamp >= now - retentionSeconds * 1000) break;
    records.delete(key);
  }
  return first === shard.first ? shard : { ...shard, first };
}

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
function closeShard(context: SourceContext, input: JsonObject): Json {
  const { ShardId, ChildShards = 0, QueueName } = input as { ShardId: string; ChildShards?: number; QueueName?: string };
  const channel = channelOf(input);
  const { shardIds } = context.channel(channel);
  const shard = context.shard(channel, ShardId);
  if (QueueName !== undefined && ChildShards > 0) throw new ServiceFault('ValidationException', { reason: 'A queue has one shard.' });
  if (shard.closed) throw new ServiceFault('ValidationException', { reason: `The shard '${ShardId}' is closed already.` });
  context.write(channel, { ...shard, closed: true });
  const fresh = shardNames(context.root.source, undefined, shardIds.length, ChildShards);
  for (const id of fresh) context.write(channel, { id, parents: [ShardId], closed: false, first: 1, next: 1 });
  context.changeChannel(channel, { shardIds: [...shardIds, ...fresh] });
  return { ShardIds: fresh };
}

/** @throws ServiceFault ResourceNotFoundException */
function listShards(context: SourceContext, input: JsonObject): Json | undefined {
  const { KnownShardIds } = input as { KnownShardIds?: readonly string[] };
  const channel = channelOf(input);
  const { shardIds, retentionSeconds } = context.channel(channel);
  const known = new Set(KnownShardIds);
  // A reader waits for what it does not know.
  if (KnownShardIds !== undefined && shardIds.every((id) => known.has(id))) return undefined;
  const Shards = shardIds.map((id) => ({ ShardId: id, ParentShardIds: context.shard(channel, id).parents }));
  return { Shards, ...(retentionSeconds !== null && { RetentionSeconds: retentionSeconds }) } as unknown as Json;
}

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
function getRecords(context: SourceContext, input: JsonObject): Json | undefined {
  const { ShardId, Limit, AfterSequenceNumber, StartingPosition, Timestamp = 0 } = input as { ShardId: string; Limit: number; AfterSequenceNumber?: string; StartingPosition?: string; Timestamp?: EpochMs };
  const { source } = context.root;
  const channel = channelOf(input);
  const { retentionSeconds } = context.channel(channel);
  const known = context.shard(channel, ShardId);
  const shard = trimmed(context, channel, known, retentionSeconds);
  if (shard !== known) context.write(channel, shard);
  const committed = committedBy(context, channel, input);
  if (AfterSequenceNumber === undefined && committed === undefined && StartingPosition === 'LATEST') return { Records: [], AfterSequenceNumber: sequenceOf(source, shard.next - 1) };
  const after = AfterSequenceNumber === undefined ? (committed ?? 0) : numberOf(source, AfterSequenceNumber);
  const Records: SourceRecord[] = [];
  let number = Math.max(shard.first, after + 1);
  for (; number < shard.next && Records.length < Limit; number++) {
    const record = context.records.get(recordKey(channel, ShardId, number)) as unknown as SourceRecord;
    if (AfterSequenceNumber !== undefined || StartingPosition !== 'AT_TIMESTAMP' || record.Timestamp >= Timestamp) Records.push(record);
  }
  const isAtEnd = number >= shard.next;
  if (Records.length === 0 && !(isAtEnd && shard.closed)) return undefined;
  const page: RecordPage = { Records, ...(isAtEnd && shard.closed && { Closed: true }) };
  return page as unknown as Json;
}

function groupKey(channel: string, group: Json, shard: Json): string {
  return `group:${channel}|${group as string}|${shard as string}`;
}

function committedBy({ records }: SourceContext, channel: string, { ConsumerGroupID, ShardId }: JsonObject): number | undefined {
  return ConsumerGroupID === undefined ? undefined : (records.get(groupKey(channel, ConsumerGroupID, ShardId!)) as number | undefined);
}

/** Queues let go of what is dealt with; topics remember it for the group. @throws ServiceFault ResourceNotFoundException, ValidationException */
function commit(context: SourceContext, input: JsonObject): Json {
  const { ShardId, SequenceNumber, QueueName, ConsumerGroupID } = input as { ShardId: string; SequenceNumber: string; QueueName?: string; ConsumerGroupID?: string };
  const channel = channelOf(input);
  const shard = context.shard(channel, ShardId);
  const number = numberOf(context.root.source, SequenceNumber);
  if (QueueName !== undefined) {
    let { first } = shard;
    for (; first < shard.next && first <= number; first++) context.records.delete(recordKey(channel, ShardId, first));
    context.write(channel, { ...shard, first });
  } else if (ConsumerGroupID !== undefined) context.records.set(groupKey(channel, ConsumerGroupID, ShardId), number);
  return {};
}

/** As Kinesis answers. */
function putRecords(context: SourceContext, input: JsonObject): Json {
  const Records = (input['Records'] as readonly JsonObject[]).map(({ Data, PartitionKey }) => appendRecord(context, { Data: Data!, PartitionKey: PartitionKey! }));
  return { FailedRecordCount: 0, Records };
}

const answer = createOperations<SourceContext>({
  shapes: { ...SOURCE_SHAPES, ...MACHINE_SHAPES },
  errors: SOURCE_ERRORS,
  actions: {
    AppendRecord: appendRecord,
    CloseShard: closeShard,
    Commit: commit,
    GetRecords: getRecords,
    ListShards: listShards,
    PutRecord: (context, { Data, PartitionKey }) => appendRecord(context, { Data: Data!, PartitionKey: PartitionKey! }),
    PutRecords: putRecords,
  },
});
