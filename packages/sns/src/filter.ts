import { createPatternSet, snsFilter, snsFilterView, type FilterPolicyScope, type PatternSet, type SnsFilter } from '@interstate/event-patterns';
import type { MessageAttributes } from './message.ts';

export type { FilterPolicyScope };

/** A subscription's filter; a `fault` says what is wrong with the policy. */
export function parseFilter(policy: string, scope: FilterPolicyScope): SnsFilter | { readonly fault: string } {
  const filter = snsFilter(policy, scope);
  // What stands before it depends on who asks.
  return filter.type === 'filter' ? filter : { fault: filter.message.replace(/^Invalid parameter: /, '') };
}

/** The filters of a topic's subscriptions, by number: all of them look at a message at once. */
export class Filters {
  private readonly scopes = new Map<number, FilterPolicyScope>();
  private readonly sets: Readonly<Record<FilterPolicyScope, PatternSet<number>>> = { MessageAttributes: createPatternSet({ numbers: 'fixed' }), MessageBody: createPatternSet({ numbers: 'fixed' }) };

  set(subscription: number, filter: SnsFilter | undefined): void {
    const before = this.scopes.get(subscription);
    if (before !== undefined) this.sets[before].delete(subscription);
    if (!filter) return void this.scopes.delete(subscription);
    this.scopes.set(subscription, filter.scope);
    this.sets[filter.scope].add(subscription, filter.pattern);
  }

  get size(): number {
    return this.scopes.size;
  }

  has(subscription: number): boolean {
    return this.scopes.has(subscription);
  }

  /** Whether a subscription's filter lets a message through. */
  lets(subscription: number, attributes: MessageAttributes | undefined, text: string): boolean {
    return !this.scopes.has(subscription) || this.matching(attributes, text).has(subscription);
  }

  /** The subscriptions whose filters let a message through. */
  matching(attributes: MessageAttributes | undefined, text: string): ReadonlySet<number> {
    const { MessageAttributes: byAttributes, MessageBody: byBody } = this.sets;
    const found = new Set<number>();
    if (byAttributes.size > 0) for (const number of byAttributes.match(snsFilterView({ Message: '', ...(attributes && { MessageAttributes: attributes }) }, 'MessageAttributes'))) found.add(number);
    if (byBody.size > 0) for (const number of byBody.matchText(text) ?? []) found.add(number);
    return found;
  }
}
