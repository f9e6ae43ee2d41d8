import type { Json } from '@interstate/kernel';
import { snsDialects } from '../language/dialect.ts';
import { parsePattern, type PatternRefusal } from '../language/parse-pattern.ts';
import type { EventPattern } from '../language/pattern.ts';
import { policyShape } from '../language/policy-shape.ts';
import { compilePattern } from '../matching/compile-pattern.ts';
import { readEventText, readJsonText, type EventObject, type EventValue } from '../values/event-text.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** A message attribute, as Publish takes it. */
export interface SnsMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
}

export interface SnsMessage {
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, SnsMessageAttribute>>;
}

export interface SnsFilter {
  readonly type: 'filter';
  readonly scope: FilterPolicyScope;
  /** For a `PatternSet` of many subscriptions with `fixed` numbers, matched on what `snsFilterView` gives. */
  readonly pattern: EventPattern;
  matches(message: SnsMessage): boolean;
}

/** Keys at the top of a policy. */
const MAX_KEYS = 5;
/** The values of all keys multiplied, those of nested keys counted once per level. */
const MAX_COMBINATIONS = 150;
/** UTF-16 units, which are at most the bytes that SNS counts. */
const MAX_LENGTH = 262_144;

/**
 * A subscription's filter policy (messaging reference §3.6), or its refusal as the action words it.
 * @param action who asks: the two word the same refusals differently.
 */
export function snsFilter(policy: Json, scope: FilterPolicyScope = 'MessageAttributes', action: keyof typeof snsDialects = 'SetSubscriptionAttributes'): SnsFilter | PatternRefusal {
  const dialect = snsDialects[action];
  const refuse = (reason: string): PatternRefusal => ({ type: 'fault', code: dialect.code, message: `${dialect.prefix}${reason}` });
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  if (text.length > MAX_LENGTH) return refuse('Filter policy is too large');
  const pattern = parsePattern(text, dialect);
  if (pattern.type === 'fault') return pattern;
  const { keys, isNested, combinations } = policyShape(readEventText(text)!);
  if (isNested && scope === 'MessageAttributes') return refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  if (keys > MAX_KEYS) return refuse(`Filter policy can not have more than ${MAX_KEYS} keys`);
  if (combinations > MAX_COMBINATIONS) return refuse('Filter policy is too complex');
  const test = compilePattern(pattern);
  return { type: 'filter', scope, pattern, matches: (message) => test(snsFilterView(message, scope)) };
}

/** What filters of a scope look at; undefined where that is nothing, and no filter matches. */
export function snsFilterView({ Message, MessageAttributes = {} }: SnsMessage, scope: FilterPolicyScope): EventObject | undefined {
  if (scope === 'MessageBody') return readEventText(Message);
  return Object.fromEntries(Object.entries(MessageAttributes).flatMap(([name, attribute]) => attributeValue(name, attribute)));
}

/** Binary attributes are not there. */
function attributeValue(name: string, { DataType, StringValue }: SnsMessageAttribute): [string, EventValue][] {
  if (StringValue === undefined) return [];
  const [type] = DataType.split('.', 1);
  if (type === 'Number' || DataType === 'String.Array') {
    const value = readJsonText(StringValue);
    if (value !== undefined) return [[name, value]];
  }
  return type === 'Binary' ? [] : [[name, StringValue]];
}
