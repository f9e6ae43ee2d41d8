import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { decodePageToken, encodePageToken } from '@interstate/service-kit';
import type { ActionContext } from './action.ts';
import { StatesError } from './errors.ts';

/** What the reading of pages needs of whoever answers. */
export type PageContext = Pick<ActionContext, 'now' | 'limits'>;

/** A page asked for: how many results, and the position behind which it begins (undefined: the beginning). */
export interface Page {
  readonly count: number;
  readonly position: Json | undefined;
}

/**
 * Reads `maxResults` and `nextToken`. Tokens are good for the scope they were made for (operation and filters), for 24 hours.
 * @throws StatesError InvalidToken
 */
export function readPage({ now, limits }: PageContext, scope: string, { maxResults, nextToken }: JsonObject): Page {
  const count = typeof maxResults === 'number' && maxResults > 0 ? maxResults : limits.pageResults;
  if (typeof nextToken !== 'string') return { count, position: undefined };
  const token = decodePageToken(scope, nextToken);
  if (!isJsonObject(token) || (token['until'] as number) < now) throw new StatesError('InvalidToken', { reason: 'Invalid token' });
  return { count, position: token['at'] };
}

export function nextToken({ now, limits }: PageContext, scope: string, at: Json): string {
  return encodePageToken(scope, { at, until: now + limits.pageTokenHours * 3_600_000 });
}

/** A page of a list that `take` reads one entry further than the page, to see whether there is another. */
export function listPage<Entry>(
  context: PageContext,
  scope: string,
  input: JsonObject,
  take: (position: Json | undefined, count: number) => readonly Entry[],
  positionOf: (entry: Entry) => Json,
): { readonly entries: readonly Entry[]; readonly token: { readonly nextToken?: string } } {
  const { count, position } = readPage(context, scope, input);
  const taken = take(position, count + 1);
  if (taken.length <= count) return { entries: taken, token: {} };
  const entries = taken.slice(0, count);
  return { entries, token: { nextToken: nextToken(context, scope, positionOf(entries[count - 1]!)) } };
}
