import type { Json, RecordMap } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import type { EventBridgeLimits } from './limits.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface Holder {
  readonly records: RecordMap;
}

export function tagsOf({ records }: Holder, arn: string): readonly Tag[] {
  return (records.get(`tags:${arn}`) ?? []) as unknown as readonly Tag[];
}

export function keepTags({ records }: Holder, arn: string, tags: readonly Tag[]): void {
  if (tags.length === 0) records.delete(`tags:${arn}`);
  else records.set(`tags:${arn}`, tags as unknown as Json);
}

/** Adds tags; a known key gets the new value. @throws ServiceFault where there are too many */
export function addTags({ state, options }: { readonly state: Holder; readonly options: { readonly limits: EventBridgeLimits } }, arn: string, given: readonly Tag[]): void {
  const tags = new Map(tagsOf(state, arn).map((tag) => [tag.Key, tag]));
  for (const { Key, Value } of given) tags.set(Key, { Key, Value });
  if (tags.size > options.limits.tagsPerResource) throw new ServiceFault('LimitExceededException');
  keepTags(state, arn, [...tags.values()]);
}
