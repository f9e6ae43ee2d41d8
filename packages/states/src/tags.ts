import type { Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import { readRecord, writeRecord, type ActivityRecord, type StateMachineRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { assertStatesArn } from './names.ts';

export function tagsKey(resourceArn: string): string {
  return `tags:${resourceArn}`;
}

/** Tags of a resource, in the order in which they were first given. */
export function readTags({ state }: ActionContext, resourceArn: string): ReadonlyMap<string, string> {
  return new Map(readRecord<readonly (readonly [string, string])[]>(state, tagsKey(resourceArn)) ?? []);
}

/** Adds tags; a key given again takes the new value. @throws StatesError TooManyTags */
export function writeTags(context: ActionContext, resourceArn: string, given: Json | undefined): void {
  const added = (given ?? []) as unknown as readonly { readonly key: string; readonly value: string }[];
  if (added.length === 0) return;
  const tags = new Map(readTags(context, resourceArn));
  for (const { key, value } of added) tags.set(key, value);
  if (tags.size > context.limits.tags) throw new StatesError('TooManyTags', { arn: resourceArn });
  writeRecord(context.state, tagsKey(resourceArn), [...tags]);
}

/** Only state machines and activities have tags; versions and aliases have none. @throws StatesError InvalidArn, ResourceNotFound */
export function assertTaggable({ state }: ActionContext, resourceArn: Json | undefined): asserts resourceArn is string {
  assertStatesArn(resourceArn);
  const record = readRecord<StateMachineRecord | ActivityRecord>(state, resourceArn);
  const taggable = record !== undefined && ('revisions' in record || (resourceArn.includes(':activity:') && 'name' in record));
  if (!taggable) throw new StatesError('ResourceNotFound', { reason: `Resource not found: '${resourceArn}'` });
}
