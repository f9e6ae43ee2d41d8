import type { Json, JsonObject } from '@interstate/kernel';
import { invalid, snsFault } from '../errors.ts';
import type { TopicContext } from '../topic-state.ts';

interface Tag extends JsonObject {
  readonly Key: string;
  readonly Value: string;
}

/** The tags a request gives, checked. @throws ServiceFault */
export function readTags(given: Json | undefined): readonly Tag[] {
  const tags = (given ?? []) as readonly Tag[];
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalid('Duplicated keys are not allowed.');
  for (const { Key } of tags) if (/^aws:/i.test(Key)) throw invalid('System tags cannot be added, updated, or removed by requester');
  return tags;
}

export function tagsOf({ state }: TopicContext): readonly Tag[] {
  return (state.records.get('tags') ?? []) as readonly Tag[];
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html */
export function tagResource(context: TopicContext, input: JsonObject): Json {
  const tags = new Map(tagsOf(context).map((tag) => [tag.Key, tag]));
  for (const tag of readTags(input['Tags'])) tags.set(tag.Key, tag);
  if (tags.size > context.options.limits.tags) throw snsFault('TagLimitExceededException');
  context.state.records.set('tags', [...tags.values()]);
  return {};
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html */
export function untagResource(context: TopicContext, input: JsonObject): Json {
  const keys = new Set(input['TagKeys'] as readonly string[]);
  context.state.records.set('tags', tagsOf(context).filter(({ Key }) => !keys.has(Key)));
  return {};
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html */
export function listTagsForResource(context: TopicContext): Json {
  return { Tags: tagsOf(context) };
}
