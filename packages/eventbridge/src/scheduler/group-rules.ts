import { ServiceFault } from '@interstate/service-kit';
import type { GroupContext } from './group-context.ts';

/** Tokens of deletions kept: a request that comes again is known among so many. */
const KEPT_TOKENS = 256;

/** @throws ServiceFault ResourceNotFoundException */
export function assertThere({ state: { root } }: GroupContext): void {
  if (root.status === 'GONE') throw new ServiceFault('ResourceNotFoundException', { kind: 'Schedule group', name: root.name });
}

/** @throws ServiceFault ResourceNotFoundException, ConflictException */
export function assertActive(context: GroupContext): void {
  assertThere(context);
  const { root } = context.state;
  if (root.status === 'DELETING') throw new ServiceFault('ConflictException', { reason: `Schedule group ${root.name} is being deleted.` });
}

/** A token is the last word of a record, behind the name it was used for. */
const tokenRecord = (name: string, token: string): string => `${name} ${token}`;

export function rememberDeletion({ state }: GroupContext, name: string, token: string | undefined): void {
  if (token !== undefined) state.records.set(`#token:${state.root.tokens++ % KEPT_TOKENS}`, tokenRecord(name, token));
}

export function isTokenOfDeletion({ state: { records } }: GroupContext, name: string, token: string | undefined): boolean {
  if (token === undefined) return false;
  for (let slot = 0; slot < KEPT_TOKENS; slot++) if (records.get(`#token:${slot}`) === tokenRecord(name, token)) return true;
  return false;
}
