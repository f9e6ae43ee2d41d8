import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { SentRequest } from '../sent-requests.ts';
import type { MatcherResult, MatcherState } from './matcher.ts';

/** What is wanted of a message's body, or of an event: an equal text, or a value the JSON in it equals (asymmetric matchers welcome). */
type Wanted = unknown;

/** A message went to this queue or topic (name, URL or ARN). @param body what its body is, as text or as the JSON value in it */
export function toHaveSentMessage(this: MatcherState, received: unknown, to: string, ...body: readonly Wanted[]): MatcherResult {
  const sent = sentIn(received).filter(({ action, to: destination }) => action !== 'PutEvents' && (destination === to || /[/:]([^/:]*)$/.exec(destination)?.[1] === to));
  const bodies = sent.map(({ input }) => input['MessageBody'] ?? input['Message'] ?? null);
  return sentVerdict(this, bodies, body, `a message to ${to}`);
}

/** An event was put. @param event members of the entry: `Source`, `DetailType`, `EventBusName`, and `Detail` as a value */
export function toHavePutEvent(this: MatcherState, received: unknown, event: JsonObject): MatcherResult {
  const entries = sentIn(received).filter(({ action }) => action === 'PutEvents').map(({ input }) => ({ ...input, Detail: parsed(input['Detail'] ?? null) }));
  const narrowed = entries.map((entry) => Object.fromEntries(Object.keys(event).map((key) => [key, (entry as JsonObject)[key] ?? null])));
  return sentVerdict(this, narrowed, [event], 'an event');
}

function sentVerdict(state: MatcherState, found: readonly Json[], wanted: readonly Wanted[], what: string): MatcherResult {
  const pass = wanted.length === 0 ? found.length > 0 : found.some((each) => state.equals(each, wanted[0]) || state.equals(parsed(each), wanted[0]));
  const expected = `${what}${wanted.length === 0 ? '' : ` that is ${JSON.stringify(wanted[0])}`}`;
  const list = found.length === 0 ? 'nothing of the kind was sent' : `these were: ${found.slice(-10).map((each) => JSON.stringify(parsed(each))).join('\n')}`;
  return {
    pass,
    message: () => (pass ? `expected the cloud not to have sent ${expected}` : `expected the cloud to have sent ${expected}, but ${list}`),
    ...(wanted.length > 0 && found.length > 0 && { actual: parsed(found.at(-1)!), expected: wanted[0] }),
  };
}

function sentIn(value: unknown): readonly SentRequest[] {
  const sent = typeof value === 'object' && value !== null ? (value as { sent?: unknown }).sent : undefined;
  if (Array.isArray(sent)) return sent as readonly SentRequest[];
  throw new TypeError('This matcher looks at a cloud made by testCloud().');
}

function parsed(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    const json = JSON.parse(value) as Json;
    return isJsonObject(json) || Array.isArray(json) ? json : value;
  } catch {
    return value;
  }
}
