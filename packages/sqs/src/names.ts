import type { JsonObject } from '@interstate/kernel';
import { readTaskHandle } from './move-task-handle.ts';

/** Where a cloud's queues are. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

export function queueUrl({ region, account }: Place, name: string): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

export function queueArn({ region, account }: Place, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** The ARN of the queue that a URL names, whatever its host; undefined where it is no queue's. */
export function arnOfUrl(region: string, url: unknown): string | undefined {
  if (typeof url !== 'string' || url.length > 2048) return undefined;
  const end = url.lastIndexOf('/');
  const start = url.lastIndexOf('/', end - 1);
  if (start < 0 || end - start < 2 || end === url.length - 1) return undefined;
  return `arn:aws:sqs:${region}:${url.slice(start + 1, end)}:${url.slice(end + 1)}`;
}

/** The name at the end of a queue's ARN. */
export function nameOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

export function isQueueArn(arn: unknown): arn is string {
  return typeof arn === 'string' && arn.startsWith('arn:') && arn.split(':').length === 6 && arn.split(':')[2] === 'sqs';
}

export function isFifoName(name: string): boolean {
  return name.endsWith('.fifo');
}

/** Operations that the queue itself answers; all others are its directory's. */
const BY_URL: ReadonlySet<string> = new Set([
  'SendMessage', 'SendMessageBatch', 'ReceiveMessage', 'DeleteMessage', 'DeleteMessageBatch', 'ChangeMessageVisibility', 'ChangeMessageVisibilityBatch',
  'GetQueueAttributes', 'PurgeQueue', 'TagQueue', 'UntagQueue', 'ListQueueTags',
]);

/** Where a request goes: to its queue's ARN, else to the directory. */
export function createAddressOf(region: string, directory: string): (action: string, input: JsonObject) => string {
  const known = new Map<unknown, string>();
  return (action, input) => {
    if (BY_URL.has(action)) {
      const url = input['QueueUrl'];
      const address = known.get(url);
      if (address !== undefined) return address;
      const arn = arnOfUrl(region, url);
      if (arn === undefined) return directory;
      if (known.size >= KNOWN_URLS) known.clear();
      known.set(url, arn);
      return arn;
    }
    const arn = action === 'ListMessageMoveTasks' ? input['SourceArn'] : action === 'CancelMessageMoveTask' ? readTaskHandle(input['TaskHandle'])?.sourceArn : undefined;
    return isQueueArn(arn) ? arn : directory;
  };
}

const KNOWN_URLS = 1000;
