import type { HttpResponse, JsonObject, Outcome } from '@interstate/kernel';
import type { Protocol } from '../subscription.ts';

/** Why an attempt failed, and whether another may do better. */
export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
  /** HTTP status, where there was one. */
  readonly status?: number;
  readonly retryable: boolean;
}

/** Codes that say: not now. All others are the sender's mistake (no such queue, no permission, no such message) and stay so. */
const NOT_NOW = /Throttl|TooManyRequests|RequestLimit|LimitExceeded|Internal|ServiceUnavailable|ServiceException|ServiceError|Timeout|TimedOut|ConnectionError|EC2|Unavailable/i;

/** What became of an attempt; undefined: it was delivered. */
export function failureOf(protocol: Protocol, outcome: Outcome): DeliveryFailure | undefined {
  if (!outcome.ok) {
    const { Error: code = 'Unknown', Cause: message = '' } = outcome.error;
    return { code, message, retryable: NOT_NOW.test(code) && !/PermanentFailure|ForbiddenAddress/.test(code) };
  }
  if (protocol !== 'http' && protocol !== 'https') return undefined;
  const { status } = outcome.value as unknown as HttpResponse & JsonObject;
  if (status >= 200 && status < 300) return undefined;
  // Redirects are not followed: they are as final as any other answer of the wrong kind.
  return { code: String(status), message: `The endpoint answered with HTTP status ${status}`, status, retryable: status >= 500 || status === 429 };
}
