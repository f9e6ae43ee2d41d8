import { parseArn, setJsonKey, type JsonObject } from '@interstate/kernel';
import { ServiceFault, type Operation } from '@interstate/service-kit';
import type { MappingRecord } from '../../mapping/mapping-record.ts';
import { keepMapping, type DirectoryContext } from '../directory-state.ts';

type Tags = Readonly<Record<string, string>>;

/** Tags of a mapping at most. */
const MAX_TAGS = 50;

/** Implements ListTags. */
export const listTags: Operation<DirectoryContext> = (context, input) => ({ Tags: tagged(context, input).tags });

/** Implements TagResource. */
export const tagResource: Operation<DirectoryContext> = (context, input) => {
  const record = tagged(context, input);
  keepMapping(context, { ...record, tags: withTags(record.tags, input['Tags'] as Tags) });
  return {};
};

/** Implements UntagResource. */
export const untagResource: Operation<DirectoryContext> = (context, input) => {
  const record = tagged(context, input);
  const gone = new Set(input['TagKeys'] as readonly string[]);
  keepMapping(context, { ...record, tags: Object.fromEntries(Object.entries(record.tags).filter(([key]) => !gone.has(key))) });
  return {};
};

/** @throws ServiceFault InvalidParameterValueException */
export function withTags(known: Tags, given: Tags): Tags {
  const tags: Record<string, string> = {};
  for (const [key, value] of [...Object.entries(known), ...Object.entries(given)]) {
    if (key === '' || key.length > 128 || key.startsWith('aws:')) throw invalid(`A tag's key must be 1 to 128 characters long and not begin with aws:, not '${key.slice(0, 200)}'.`);
    setJsonKey(tags, key, value);
  }
  if (Object.keys(tags).length > MAX_TAGS) throw invalid(`A mapping has ${MAX_TAGS} tags at most, not ${Object.keys(tags).length}.`);
  return tags;
}

/** @throws ServiceFault InvalidParameterValueException, ResourceNotFoundException */
function tagged({ state }: DirectoryContext, { Resource }: JsonObject): MappingRecord {
  const arn = Resource as string;
  const [kind, uuid = ''] = parseArn(arn)?.resource.split(':') ?? [];
  if (kind !== 'event-source-mapping') throw invalid(`Tags are modelled of event source mappings only, not of ${arn.slice(0, 200)}.`);
  const record = state.mappings.get(uuid);
  if (record?.arn !== arn) throw new ServiceFault('ResourceNotFoundException', { reason: 'The resource you requested does not exist.' });
  return record;
}

function invalid(reason: string): ServiceFault {
  return new ServiceFault('InvalidParameterValueException', { reason });
}
