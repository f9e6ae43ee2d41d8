import { isJsonObject, type Json } from '@interstate/kernel';
import type { SnsLimits } from './limits.ts';
import type { MessageAttributes } from './message.ts';

export type FilterScope = 'MessageAttributes' | 'MessageBody';

/** Seam to the pattern language: exact strings only for now. */
export interface Filter {
  readonly scope: FilterScope;
  readonly matches: (view: Json) => boolean;
}

export function parseFilter(policy: string, scope: FilterScope, _limits: SnsLimits): Filter | { readonly fault: string } {
  let document: Json;
  try {
    document = JSON.parse(policy) as Json;
  } catch {
    return { fault: 'FilterPolicy: failed to parse JSON.' };
  }
  if (!isJsonObject(document)) return { fault: 'FilterPolicy: Filter is not an object' };
  const wanted = Object.entries(document);
  return { scope, matches: (view) => isJsonObject(view) && wanted.every(([key, values]) => (values as Json[]).includes(view[key]!)) };
}

/** The filters of a topic, by the number of their subscription. */
export class Filters {
  private readonly filters = new Map<number, Filter>();

  set(subscription: number, filter: Filter | undefined): void {
    if (filter) this.filters.set(subscription, filter);
    else this.filters.delete(subscription);
  }

  get size(): number {
    return this.filters.size;
  }

  has(subscription: number): boolean {
    return this.filters.has(subscription);
  }

  /** Whether a subscription's filter lets a message through. */
  lets(subscription: number, attributes: MessageAttributes | undefined, text: string): boolean {
    return !this.filters.has(subscription) || this.matching(attributes, text).has(subscription);
  }

  /** The subscriptions whose filter lets a message through. */
  matching(attributes: MessageAttributes | undefined, text: string): ReadonlySet<number> {
    const found = new Set<number>();
    if (this.filters.size === 0) return found;
    const view = Object.fromEntries(Object.entries(attributes ?? {}).map(([name, { StringValue = null }]) => [name, StringValue as Json]));
    let body: Json = null;
    try {
      body = JSON.parse(text) as Json;
    } catch {
      body = null;
    }
    for (const [number, filter] of this.filters) if (filter.matches(filter.scope === 'MessageBody' ? body : view)) found.add(number);
    return found;
  }
}
