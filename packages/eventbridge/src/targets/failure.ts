import type { Failure } from '@interstate/kernel';

/** Why an attempt failed, in the words of the dead-letter queue. */
export interface DeliveryFault {
  /** AWS's ERROR_CODE. */
  readonly code: string;
  readonly message: string;
  /** Another attempt may succeed. */
  readonly retryable: boolean;
  /** The target asks to be left alone for so long. */
  readonly retryAfterMs?: number;
}

/**
 * The names of errors, and what EventBridge makes of them; the first that matches. Whatever matches none is tried again.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
const KINDS: readonly (readonly [name: RegExp, code: string, retryable: boolean])[] = [
  [/throttl|toomanyrequests|slowdown|overlimit|requestlimit|rateexceeded|throughputexceeded|TooManyEntries/i, 'THROTTLING', true],
  [/timeout|timedout/i, 'TIMEOUT', true],
  [/^ConnectionError$|ECONN|ENOTFOUND/, 'CONNECTION_FAILURE', true],
  [/accessdenied|forbidden|notauthori[sz]ed|unauthori[sz]ed|permission|invalidsecurity|KMSAccessDenied/i, 'NO_PERMISSIONS', false],
  [/notfound|nonexistent|doesnotexist|nosuch|Deleting$/i, 'NO_RESOURCE', false],
  [/alreadyexists/i, 'RESOURCE_ALREADY_EXISTS', false],
  [/limitexceeded/i, 'RESOURCE_LIMIT_EXCEEDED', true],
  [/concurrentmodification|conflict/i, 'RESOURCE_MODIFICATION_COLLISION', true],
  [/invalid|validation|missing|malformed|serialization|unsupported|unknownoperation|toolarge|^QueueNameExists$/i, 'INVALID_PARAMETER', false],
];

/** What a host says of an address that nothing answers. */
const NOBODY = /^Nothing answers '/;

export function faultOf({ Error: name = 'Unknown', Cause: message = '' }: Failure): DeliveryFault {
  if (name === 'States.TaskFailed' && NOBODY.test(message)) return { code: 'NO_RESOURCE', message, retryable: false };
  const kind = KINDS.find(([pattern]) => pattern.test(name));
  return { code: kind?.[1] ?? 'ERROR_FROM_TARGET', message: message === '' ? name : `${name}: ${message}`, retryable: kind?.[2] ?? true };
}

/** An answer that came and says no. Only {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html API destinations} answer with a status. */
export function faultOfStatus(status: number, retryAfterMs?: number): DeliveryFault | undefined {
  if (status >= 200 && status <= 299) return undefined;
  const retryable = status === 401 || status === 407 || status === 409 || status === 429 || status >= 500;
  const code = status === 429 ? 'THROTTLING' : status === 401 || status === 403 || status === 407 ? 'NO_PERMISSIONS' : 'ERROR_FROM_TARGET';
  return { code, message: `The API destination answered ${status}.`, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
