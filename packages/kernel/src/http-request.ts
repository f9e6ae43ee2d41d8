/** Where machines ask for an HTTP exchange with the outside: {@link HttpRequest} → {@link HttpResponse}. */
export const HTTP_ADDRESS = 'interstate:http';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** As they are to be sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For a service of AWS's that asks who calls: whoever sends it signs it first, where it can. */
  readonly signed?: true;
  /** Milliseconds until an answer must be complete. */
  readonly timeoutMs: number;
}

/**
 * Whatever the other side answered, redirects included: they are not followed. No answer is a failure of the call:
 * `Timeout`, `ConnectionError` or `ForbiddenAddress` (a private address that is not allowed), with the reason as cause.
 */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, at most 1 MiB. */
  readonly body: string;
}
