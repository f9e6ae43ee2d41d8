import { nearName, type Outcome, type TaskRequest } from '@interstate/kernel';
import { bindingName } from '@interstate/runtime';
import type { Mock } from './mock.ts';

/** Whether a Task failed because there is nobody to answer it. */
export function isUnanswered(outcome: Outcome): boolean {
  return !outcome.ok && (outcome.error.Error === 'Lambda.ResourceNotFoundException' || outcome.error.Cause?.startsWith('Nothing answers ') === true);
}

/** Which mock was probably meant for a Task that nobody answered, and why it was not asked; undefined where none was. */
export function whyUnmocked({ stateName, resource }: TaskRequest, mocks: Iterable<Mock>): string | undefined {
  for (const { target, calls } of mocks) {
    const name = target.split('/').pop()!;
    const task = `Task '${stateName}' was answered by no mock: `;
    if (name === stateName) return `${task}that of '${target}' ${calls.length === 0 ? 'is not for where it runs, its item or its attempt' : 'has given its last answer'}.`;
    if (calls.length > 0) continue;
    const meant = nearName(name, [stateName]) ?? nearName(target, [bindingName(resource), resource]);
    if (meant !== undefined) return `${task}that of '${target}' was never asked. Did you mean '${meant}'?`;
  }
  return undefined;
}
