import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryState } from '../directory-state.ts';
import { fault } from '../faults.ts';
import { queueUrl } from '../names.ts';

export function getQueueUrl(state: DirectoryState, { QueueName, QueueOwnerAWSAccountId: owner }: JsonObject): Json {
  const { options } = state;
  const name = QueueName as string;
  if ((owner !== undefined && owner !== options.account) || !state.find(name)) throw fault('QueueDoesNotExist');
  return { QueueUrl: queueUrl(options, name) };
}
