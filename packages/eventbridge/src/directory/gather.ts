import type { Json, JsonObject, Outcome, ReplyTo } from '@interstate/kernel';
import type { DirectoryContext } from './directory-context.ts';

/** A caller who waits for several answers, under `waiting:<number of its first call>`. */
interface WaitingRecord {
  readonly replyTo: ReplyTo;
  /** Whose answers: `put`: results of entries, by bus; `archives`: descriptions for a list. */
  readonly what: JsonObject;
  readonly count: number;
}

/** Finishes an answer of the answers of all who were asked, in the order asked. */
export type Finish = (answers: readonly Outcome[], what: JsonObject) => Outcome;

/** Asks several addresses; when all have answered, the caller is. `what` is handed on to the `Finish` of its `type`. */
export function askAll({ state, effects, replyTo }: DirectoryContext, calls: readonly { readonly to: string; readonly request: Json }[], what: JsonObject): undefined {
  if (!replyTo) return undefined;
  const first = state.calls + 1;
  state.calls += calls.length;
  state.records.set(`waiting:${first}`, { replyTo, what, count: calls.length } as unknown as Json);
  calls.forEach(({ to, request }, index) => effects.push({ type: 'call', to, callId: `${first} ${index}`, request }));
  return undefined;
}

/** One of the answers has come. */
export function answered({ state, effects }: DirectoryContext, callId: string, outcome: Outcome, finish: Readonly<Record<string, Finish>>): void {
  const [first, index] = callId.split(' ');
  const waiting = state.records.get(`waiting:${first}`) as unknown as WaitingRecord | undefined;
  if (!waiting) return;
  const { replyTo, what, count } = waiting;
  state.records.set(`answer:${first}:${index}`, outcome as unknown as Json);
  const keys = Array.from({ length: count }, (_, number) => `answer:${first}:${number}`);
  if (!keys.every((key) => state.records.has(key))) return;
  const answers = keys.map((key) => state.records.get(key) as unknown as Outcome);
  for (const key of [`waiting:${first}`, ...keys]) state.records.delete(key);
  effects.push({ type: 'reply', to: replyTo, outcome: finish[what['type'] as string]!(answers, what) });
}
