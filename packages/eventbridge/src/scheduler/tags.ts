import type { JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { groupArn } from './addresses.ts';
import type { DirectoryContext, GroupRecord } from './directory-context.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Tags with others added; a key given again takes the new value. @throws ServiceFault ServiceQuotaExceededException */
export function mergedTags({ options }: DirectoryContext, tags: GroupRecord['tags'], added: readonly Tag[]): GroupRecord['tags'] {
  const merged = new Map(tags);
  for (const { Key, Value } of added) merged.set(Key, Value);
  if (merged.size > options.limits.tags) throw new ServiceFault('ServiceQuotaExceededException', { reason: `A schedule group has ${options.limits.tags} tags at most.` });
  return [...merged];
}

/** Name of the group whose ARN is given. @throws ServiceFault ResourceNotFoundException, ValidationException */
export function taggedGroup({ options }: DirectoryContext, input: JsonObject): string {
  const arn = input['ResourceArn'] as string;
  const [, name] = /^arn:aws[a-z-]*:scheduler:[a-z0-9-]+:\d{12}:schedule-group\/([0-9a-zA-Z-_.]+)$/.exec(arn) ?? [];
  if (name === undefined) throw new ServiceFault('ValidationException', { reason: 'ResourceArn must be the ARN of a schedule group.' });
  if (arn !== groupArn(options, name)) throw new ServiceFault('ResourceNotFoundException', { kind: 'Schedule group', name });
  return name;
}
