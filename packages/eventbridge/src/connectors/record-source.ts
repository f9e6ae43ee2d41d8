import { normalizeJson, type Adapter, type ApiRequest, type ConnectorCall, type JsonObject } from '@interstate/kernel';
import type { RecordPage, RecordsRequest, ShardList } from '@interstate/service-kit';

/** What a request brings along: which topic or queue, for which group. */
export interface SourceChannel {
  readonly TopicName?: string;
  readonly QueueName?: string;
  readonly VirtualHost?: string;
  readonly ConsumerGroupID?: string;
}

/** How the answer may wait. */
export interface SourceCall {
  /** Aborts when the pipe stops or goes. */
  readonly signal: AbortSignal;
  /** Call it before waiting for records: a virtual clock goes on meanwhile. */
  release(): void;
}

/** A source of your own for pipes: a real stream, broker or cluster. What is thrown is reported and asked again after a while. */
export interface RecordSource {
  /** The shards there are, at once; or later, when there is one that is not known. */
  listShards(request: SourceChannel & { readonly KnownShardIds: readonly string[] }, call: SourceCall): ShardList | Promise<ShardList>;
  /** Records in order, `Limit` at most; none, and it is asked again after a second. */
  getRecords(request: SourceChannel & RecordsRequest, call: SourceCall): RecordPage | Promise<RecordPage>;
  /** Up to here all records of the shard are dealt with. Told by brokers' and clusters' pipes. */
  commit?(request: SourceChannel & { readonly ShardId: string; readonly SequenceNumber: string }): void | Promise<void>;
}

/** Puts a source of your own where pipes look for it. @param source ARN, or `smk://host:port` */
export function recordSource(source: string, { listShards, getRecords, commit }: RecordSource): Adapter {
  const answer = async ({ action, input }: ApiRequest, call: SourceCall): Promise<unknown> => {
    if (action === 'ListShards') return listShards(input as unknown as Parameters<typeof listShards>[0], call);
    if (action === 'GetRecords') return getRecords(input as unknown as Parameters<typeof getRecords>[0], call);
    if (action === 'Commit') return commit?.(input as JsonObject & { ShardId: string; SequenceNumber: string });
    throw new TypeError(`A source of records has no operation '${action}'.`);
  };
  const connector = async (call: ConnectorCall) => ({ ok: true as const, value: normalizeJson((await answer(call.request as unknown as ApiRequest, { signal: call.signal, release: () => call.release() })) ?? {}) });
  return { service: 'record-source', connectors: { [source]: connector } };
}
