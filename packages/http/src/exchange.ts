import type { Agent } from 'undici';
import { isOpened, RefusedAddress, type HostRules } from './address-guard.ts';

/** A request ready to be sent. Header names in any case. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Names as they arrived; values of one name in one list. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
}

/** How requests are sent. */
export interface ExchangeRules {
  readonly agent: Agent;
  readonly hosts: HostRules;
  /** Milliseconds from the first byte sent to the last received, redirects included. */
  readonly timeoutMs: number;
  /** Largest body, in bytes. */
  readonly maxResponseBytes: number;
  readonly maxRedirects: number;
}

/** `refused`: it was not even tried. */
type ExchangeFault = 'socket' | 'timeout' | 'refused' | 'size';

/** Why there is no response. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  constructor(
    readonly kind: ExchangeFault,
    message: string,
  ) {
    super(message);
  }
}

/** Sends a request, follows redirects (each hop is guarded like the first), reads the whole body. @throws ExchangeError */
export async function exchange(first: HttpRequest, rules: ExchangeRules, signal?: AbortSignal): Promise<HttpResponse> {
  const { request } = await import('undici');
  const timeout = AbortSignal.timeout(rules.timeoutMs);
  const ended = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  let current = first;
  try {
    for (let hop = 0; ; hop++) {
      const refusal = schemeFault(current.url, rules.hosts);
      if (refusal !== undefined) throw new ExchangeError('refused', refusal);
      const response = await request(current.url, {
        dispatcher: rules.agent,
        method: current.method as 'GET',
        headers: { ...current.headers },
        body: current.body ?? null,
        signal: ended,
        responseHeaders: 'raw',
      });
      // Leaving a body unread is no error; nobody else listens.
      response.body.on('error', () => {});
      const headers = headersOf(response.headers as unknown as readonly (string | Buffer)[]);
      const location = rules.maxRedirects > 0 && isRedirect(response.statusCode) ? headerOf(headers, 'location') : undefined;
      if (location === undefined) {
        const body = await readBody(response.body, rules.maxResponseBytes);
        return { status: response.statusCode, statusText: response.statusText, headers, body };
      }
      response.body.destroy();
      if (hop === rules.maxRedirects) throw new ExchangeError('socket', `Too many redirects: gave up after ${rules.maxRedirects}.`);
      current = redirected(current, response.statusCode, location);
    }
  } catch (error) {
    if (error instanceof ExchangeError) throw error;
    if (timeout.aborted) throw new ExchangeError('timeout', `The request took longer than ${rules.timeoutMs / 1000} seconds.`);
    throw new ExchangeError(error instanceof RefusedAddress ? 'refused' : 'socket', textOf(error));
  }
}

/** Why a URL is not called at all: AWS calls `https:` alone; `http:` is for hosts that the rules open. */
export function schemeFault(url: URL, hosts: HostRules): string | undefined {
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && isOpened(hosts, url.hostname, url.port || '80')) return undefined;
  return `Refused to call ${url.protocol}//${url.host}: the scheme must be https; http is for hosts named in allowedHosts, or with allowPrivateAddresses: true.`;
}

/** First value of a header, whatever its case. */
export function headerOf(headers: ReadonlyMap<string, readonly string[]>, name: string): string | undefined {
  for (const [key, values] of headers) if (key.toLowerCase() === name) return values[0];
  return undefined;
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function redirected(from: HttpRequest, status: number, location: string): HttpRequest {
  if (!URL.canParse(location, from.url.href)) throw new ExchangeError('socket', 'The redirect names no valid location.');
  const url = new URL(location, from.url);
  const becomesGet = status === 303 || (status <= 302 && from.method === 'POST');
  const sameOrigin = url.origin === from.url.origin;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(from.headers)) {
    // Credentials, in whatever header they travel, stay with the origin they were meant for.
    const travels = sameOrigin || TRAVELLING_HEADERS.has(name.toLowerCase());
    if (travels && !(becomesGet && name.toLowerCase().startsWith('content-'))) headers[name] = value;
  }
  const keepsBody = !becomesGet && from.body !== undefined;
  return { method: becomesGet ? 'GET' : from.method, url, headers, ...(keepsBody && { body: from.body! }) };
}

const TRAVELLING_HEADERS = new Set(['accept', 'accept-language', 'content-type', 'range', 'user-agent']);

function headersOf(raw: readonly (string | Buffer)[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  const spelling = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]);
    const first = spelling.get(name.toLowerCase()) ?? name;
    spelling.set(name.toLowerCase(), first);
    const values = headers.get(first);
    if (values === undefined) headers.set(first, [String(raw[index + 1])]);
    else values.push(String(raw[index + 1]));
  }
  return headers;
}

async function readBody(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection: nothing past the limit is read.
    if (bytes > limit) throw new ExchangeError('size', `The response is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Connecting to several addresses in turn fails with all their errors.
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : undefined;
  return error.message === '' && inner instanceof Error ? inner.message : error.message;
}
