import type { Json, JsonObject } from '@interstate/kernel';
import { QUEUE_ATTRIBUTES } from '../attributes.ts';
import { fault } from '../faults.ts';
import type { QueueState } from '../queue-state.ts';

type Reader = (state: QueueState) => string;

const COMPUTED: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['QueueArn', ({ root }) => root.arn],
  ['ApproximateNumberOfMessages', ({ ready }) => String(ready)],
  ['ApproximateNumberOfMessagesNotVisible', ({ inFlight }) => String(inFlight)],
  ['ApproximateNumberOfMessagesDelayed', ({ delayed }) => String(delayed)],
  ['CreatedTimestamp', ({ root }) => seconds(root.createdAt)],
  ['LastModifiedTimestamp', ({ root }) => seconds(root.modifiedAt)],
]);

export function getQueueAttributes(state: QueueState, { AttributeNames: names }: JsonObject): Json {
  if (names === undefined) return {};
  const wanted = new Set(names as readonly string[]);
  for (const name of wanted) if (name !== 'All' && !COMPUTED.has(name) && !QUEUE_ATTRIBUTES.has(name)) throw fault('InvalidAttributeName', { name });
  const all = wanted.has('All');
  const Attributes: Record<string, Json> = {};
  for (const [name, read] of COMPUTED) if (all || wanted.has(name)) Attributes[name] = read(state);
  for (const [name, value] of Object.entries(state.attributes)) if (all || wanted.has(name)) Attributes[name] = value;
  return Object.keys(Attributes).length === 0 ? {} : { Attributes };
}

function seconds(time: number): string {
  return String(Math.floor(time / 1000));
}
