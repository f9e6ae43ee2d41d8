import type { Json, JsonObject } from '@interstate/kernel';
import { decodePageToken, encodePageToken } from '@interstate/service-kit';
import { invalid } from './errors.ts';

/**
 * A page of names, which must be sorted or stay in order.
 * @param scope what the list was filtered by @throws ServiceFault for a token of another list
 */
export function pageOf(operation: string, scope: JsonObject, names: readonly string[], input: JsonObject): { readonly page: readonly string[]; readonly NextToken?: string } {
  const { NextToken: token, Limit: limit, MaxResults: most = limit ?? PAGE } = input as { NextToken?: string; Limit?: number; MaxResults?: number };
  const good = `${operation} ${JSON.stringify(scope)}`;
  let from = 0;
  if (token !== undefined) {
    const last: Json | undefined = decodePageToken(good, token);
    if (typeof last !== 'string') throw invalid('The provided next token is invalid.');
    // Those after the last one of the page before, whatever has come and gone since.
    const index = names.indexOf(last);
    from = index < 0 ? firstAfter(names, last) : index + 1;
  }
  const page = names.slice(from, from + most);
  return { page, ...(from + most < names.length && { NextToken: encodePageToken(good, page[page.length - 1]!) }) };
}

/** Names of a page where the caller does not say. */
const PAGE = 100;

function firstAfter(names: readonly string[], last: string): number {
  const index = names.findIndex((name) => name > last);
  return index < 0 ? names.length : index;
}
