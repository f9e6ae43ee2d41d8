import { ServiceFault, type Kms } from '@interstate/service-kit';

/** @param member that names the key. @throws ServiceFault ValidationException where it is not there, or must not be used */
export function assertKeyUsable(kms: Kms | undefined, member: string, keyId: string | undefined): void {
  if (keyId === undefined || keyId === '') return;
  const state = kms?.stateOf(keyId) ?? 'Enabled';
  if (state !== 'Enabled') throw new ServiceFault('ValidationException', { reason: `The key ${keyId} of ${member} cannot be used: ${state}.` });
}
