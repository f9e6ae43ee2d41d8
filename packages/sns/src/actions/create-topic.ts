import { nextUint32, type Json, type JsonObject } from '@interstate/kernel';
import { topicArn } from '../arns.ts';
import { parseProtection } from '../data-protection/policy.ts';
import { keepRecord, type DirectoryContext } from '../directory-state.ts';
import { invalid, snsFault } from '../errors.ts';
import { newTopicAttributes, type Attributes } from '../topic-attributes.ts';
import { TOPIC_KIND } from '../topic.ts';
import { readTags } from './tags.ts';

/** Idempotent where attributes and tags agree with what is there. @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function createTopic(context: DirectoryContext, input: JsonObject): Json | undefined {
  const { state, options } = context;
  const name = input['Name'] as string;
  const given = (input['Attributes'] ?? {}) as Attributes;
  const fifo = given['FifoTopic']?.toLowerCase() === 'true';
  if (!/^[\w-]{1,256}(?:\.fifo)?$/.test(name) || name.length > 256 || name.endsWith('.fifo') !== fifo) throw invalid('Topic Name');
  const tags = readTags(input['Tags']);
  const arn = topicArn(options, name);
  if (state.records.has(`topic:${name}`)) {
    // The topic itself knows what it is like.
    context.relay(arn, { action: 'CreateTopic', input });
    return undefined;
  }
  const attributes = newTopicAttributes(given, fifo);
  if (tags.length > options.limits.tags) throw snsFault('TagLimitExceededException');
  const protection = input['DataProtectionPolicy'] as string | undefined;
  if (protection !== undefined && protection !== '') {
    if (fifo) throw invalid('DataProtectionPolicy Reason: FIFO topics do not support data protection policies');
    parseProtection(protection);
  }
  const [limit, count] = fifo ? [options.limits.fifoTopics, state.fifoTopics] : [options.limits.topics, state.topics.all.length - state.fifoTopics];
  if (count >= limit) throw snsFault('TopicLimitExceededException', { limit });
  keepRecord(state, `topic:${name}`, {});
  const { random } = state.root;
  const seed = [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  context.effects.push({ type: 'spawn', kind: TOPIC_KIND, address: arn, notice: { type: 'open', arn, fifo, seed, attributes, tags, protection: protection ?? null, filtersFull: state.root.filtersFull } });
  return { TopicArn: arn };
}
