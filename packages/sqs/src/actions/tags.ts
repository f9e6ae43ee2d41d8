import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { invalid } from '../faults.ts';
import type { QueueState } from '../queue-state.ts';

export function tagQueue(state: QueueState, { Tags }: JsonObject): Json {
  state.tags = withTags(state.tags, Tags as Readonly<Record<string, string>>, state.options.limits.tags);
  state.saveSettings();
  return {};
}

export function untagQueue(state: QueueState, { TagKeys }: JsonObject): Json {
  const gone = new Set(TagKeys as readonly string[]);
  state.tags = Object.fromEntries(Object.entries(state.tags).filter(([key]) => !gone.has(key)));
  state.saveSettings();
  return {};
}

export function listQueueTags({ tags }: QueueState): Json {
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
}

/** @throws ServiceFault */
export function withTags(known: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>, limit: number): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const [key, value] of [...Object.entries(known), ...Object.entries(given)]) {
    if (key === '' || key.length > 128 || value.length > 256) throw invalid(`Tag key must be 1 to 128 characters long, its value at most 256.`);
    setJsonKey(tags, key, value);
  }
  if (Object.keys(tags).length > limit) throw invalid(`Too many tags added for queue: the limit is ${limit}.`);
  return tags;
}
