// Names in lower case; a trailing * stands for any ending.

/** Headers that an HTTP Task must not set. @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
export const HTTP_TASK_FORBIDDEN: readonly string[] = [
  'a-im', 'accept-charset', 'accept-datetime', 'accept-encoding', 'authorization', 'cache-control', 'connection', 'content-encoding',
  'content-md5', 'date', 'expect', 'forwarded', 'from', 'host', 'http2-settings', 'if-match', 'if-modified-since', 'if-none-match',
  'if-range', 'if-unmodified-since', 'max-forwards', 'origin', 'pragma', 'proxy-authorization', 'referer', 'server', 'te', 'trailer',
  'transfer-encoding', 'upgrade', 'via', 'warning', 'x-forwarded-*', 'x-amz-*', 'x-amzn-*', 'content-length',
];

/** Headers that an API Gateway Task must not set; `authorization` besides, unless the call is signed. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html */
export const API_GATEWAY_FORBIDDEN: readonly string[] = [
  'connection', 'content-length', 'content-md5', 'expect', 'host', 'max-forwards', 'proxy-authenticate', 'server', 'te', 'transfer-encoding',
  'trailer', 'upgrade', 'via', 'www-authenticate', 'x-forwarded-*', 'x-amz*',
];

/** True where the list names this header. */
export function isForbidden(header: string, forbidden: readonly string[]): boolean {
  const name = header.toLowerCase();
  return forbidden.some((rule) => (rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : rule === name));
}

/** True for a name and value that can be sent at all: no line breaks, no controls, nothing past Latin-1. */
export function isSendable(name: string, value: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
