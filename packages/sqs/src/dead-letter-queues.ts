import { isJsonObject } from '@interstate/kernel';
import type { DirectoryState } from './directory-state.ts';
import { invalidValue } from './faults.ts';
import { isFifoName } from './names.ts';
import { readObject, readRedrivePolicy, type QueueAttributes } from './settings.ts';

/** Whether the dead-letter queue that a queue's policy names is there, of its kind, and lets it. @throws ServiceFault */
export function checkRedriveTarget(state: DirectoryState, sourceArn: string, { RedrivePolicy: text }: QueueAttributes): void {
  if (text === undefined) return;
  const { targetArn } = readRedrivePolicy(text);
  const target = state.findByArn(targetArn);
  if (target === undefined) throw invalidValue('RedrivePolicy', text, 'Dead letter target does not exist.');
  if (isFifoName(targetArn) !== isFifoName(sourceArn)) throw invalidValue('RedrivePolicy', text, 'Dead-letter queue must be same type of queue as the source.');
  if (!lets(target.attributes['RedriveAllowPolicy'], sourceArn)) {
    throw invalidValue('RedrivePolicy', text, `The dead-letter queue ${targetArn} doesn't allow ${sourceArn} to use it: see its RedriveAllowPolicy.`);
  }
}

function lets(text: string | undefined, sourceArn: string): boolean {
  const policy = text === undefined ? undefined : readObject(text);
  if (!isJsonObject(policy) || policy['redrivePermission'] === 'allowAll') return true;
  const arns = policy['sourceQueueArns'];
  return policy['redrivePermission'] === 'byQueue' && Array.isArray(arns) && arns.includes(sourceArn);
}
