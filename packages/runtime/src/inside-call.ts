import type { Address } from '@interstate/kernel';

/** Names a call of the application; one that is made by code inside a connector's call after that one too. */
export function nameOfCall(number: number, inside: { readonly from: Address; readonly callId: string } | undefined): string {
  return inside ? `${number}@${inside.from}\n${inside.callId}` : String(number);
}

/**
 * For interceptors: the connector's call whose own code makes a call of the application. Undefined where there is none, or the clock is
 * real: then nobody keeps track.
 * @param callId of the `replyTo` of a call from `outside`
 */
export function insideOf(callId: string): { readonly from: Address; readonly callId: string } | undefined {
  const at = callId.indexOf('@');
  if (at < 0) return undefined;
  const end = callId.indexOf('\n', at);
  return { from: callId.slice(at + 1, end), callId: callId.slice(end + 1) };
}
