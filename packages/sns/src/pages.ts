import type { Json } from '@interstate/kernel';
import { decodePageToken } from '@interstate/service-kit';
import { invalid } from './errors.ts';

/**
 * A page of a list in order. `last`: where the next begins, if there is one.
 * @param positionOf what the list is in order of. @throws ServiceFault
 */
export function pageFrom<Item, Position extends string | number>(list: readonly Item[], positionOf: (item: Item) => Position, token: Json | undefined, scope: string, size: number): { readonly items: readonly Item[]; readonly last: Position | undefined } {
  const after = token === undefined || token === '' ? undefined : (decodePageToken(scope, token as string) as Position | undefined);
  if (token !== undefined && token !== '' && after === undefined) throw invalid('NextToken');
  let low = 0;
  for (let high = after === undefined ? 0 : list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (positionOf(list[middle]!) <= after!) low = middle + 1;
    else high = middle;
  }
  const items = list.slice(low, low + size);
  return { items, last: low + size < list.length ? positionOf(items[items.length - 1]!) : undefined };
}
