import type { Json } from '@interstate/kernel';
import { headerOf, type HttpResponse } from './exchange.ts';

/** The body as text; `undefined` where it is none (another charset's bytes, binary data). */
export function textOf(response: HttpResponse): string | undefined {
  const charset = /charset="?([^";\s]+)/i.exec(headerOf(response.headers, 'content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(response.body);
  } catch {
    return undefined;
  }
}

/** A response as a Task's result shows it. */
export function shownResponse(response: HttpResponse, text: string): Json {
  return {
    Headers: Object.fromEntries(response.headers),
    ResponseBody: shownBody(response, text),
    StatusCode: response.status,
    StatusText: response.statusText,
  };
}

/** JSON where the body is declared as such and is such, else text. */
function shownBody(response: HttpResponse, text: string): Json {
  const type = headerOf(response.headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && !type.endsWith('/json') && !type.endsWith('+json')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Types of content that an HTTP Task refuses: no text can be in them. */
export function isBinaryType(response: HttpResponse): boolean {
  return /^\s*(?:application\/octet-stream|image\/|video\/|audio\/)/i.test(headerOf(response.headers, 'content-type') ?? '');
}
