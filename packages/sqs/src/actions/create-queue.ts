import type { Json, JsonObject } from '@interstate/kernel';
import { differingAttribute, newAttributes, withAttributes } from '../attributes.ts';
import { checkRedriveTarget } from '../dead-letter-queues.ts';
import type { DirectoryState } from '../directory-state.ts';
import { fault, invalid } from '../faults.ts';
import type { OpenNotice } from '../lifecycle.ts';
import { isFifoName, queueUrl } from '../names.ts';
import { QUEUE_KIND } from '../queue-kind.ts';
import type { QueueAttributes } from '../settings.ts';
import { withTags } from './tags.ts';

const NAME = /^[\w-]+$/;

/** A queue that is there already is given as it is, unless an attribute asked for differs. */
export function createQueue(state: DirectoryState, { QueueName, Attributes = {}, tags = {} }: JsonObject): Json {
  const { options: { limits } } = state;
  const name = QueueName as string;
  const given = Attributes as QueueAttributes;
  const isFifo = checkName(name, given, limits.nameCharacters);
  const QueueUrl = queueUrl(state.options, name);
  const allTags = withTags({}, tags as Readonly<Record<string, string>>, limits.tags);
  const known = state.find(name);
  const attributes = known ? withAttributes(known.attributes, given, isFifo, limits) : newAttributes(given, isFifo, limits);
  if (known) {
    const differing = differingAttribute(known.attributes, given);
    if (differing !== undefined) throw fault('QueueNameExists', { name: differing });
    return { QueueUrl };
  }
  if (state.isDeletedRecently(name)) throw fault('QueueDeletedRecently', { seconds: limits.deletedQueueSeconds });
  checkRedriveTarget(state, state.arnOf(name), attributes);
  const { seed, opened } = state.changeRoot({ opened: state.root.opened + 1 });
  state.write(name, attributes);
  const notice: OpenNotice = { type: 'open', arn: state.arnOf(name), seed: `${seed} ${opened}`, attributes, tags: allTags };
  state.effects.push({ type: 'spawn', kind: QUEUE_KIND, address: notice.arn, notice: notice as unknown as Json });
  return { QueueUrl };
}

/** Whether it is a FIFO queue's. @throws ServiceFault */
function checkName(name: string, { FifoQueue }: QueueAttributes, most: number): boolean {
  if (FifoQueue === 'true') {
    if (!isFifoName(name) || name.length > most || !NAME.test(name.slice(0, -'.fifo'.length))) {
      throw invalid(`The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to ${most} in length`);
    }
    return true;
  }
  if (name.length > most || !NAME.test(name)) throw invalid(`Can only include alphanumeric characters, hyphens, or underscores. 1 to ${most} in length`);
  return false;
}
