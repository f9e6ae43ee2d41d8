import type { Json, JsonObject, Outcome, ReplyTo } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import { readRecord, writeRecord, type WaitingRecord } from './directory-state.ts';
import type { ChildCall } from './map-run/child-execution.ts';
import { nextToken } from './pagination.ts';
import { sdkOutcome } from './sdk-task.ts';

/** Passes a request on to another address; its answer becomes the caller's, or what the caller's call goes on with. */
export function askElsewhere(context: ActionContext, to: string, request: object, replyTo: ReplyTo, then: Pick<WaitingRecord, 'page' | 'child'> = {}): void {
  const callId = nextCallId(context);
  writeRecord<WaitingRecord>(context.state, `waiting:${callId}`, { replyTo, ...(context.isSdkTask && { sdk: true }), ...then });
  context.state.index.waiting.set(callerKey(replyTo), callId);
  context.effects.push({ type: 'call', to, callId, request: request as Json });
}

/** The answer of somebody else has come. @param goOn takes up a call that has waited for a child execution */
export function answeredElsewhere(context: ActionContext, callId: string, outcome: Outcome, goOn: (waiting: WaitingRecord, call: ChildCall) => void): void {
  const { state } = context;
  const key = `waiting:${callId}`;
  const waiting = readRecord<WaitingRecord>(state, key);
  if (!waiting) return;
  state.records.delete(key);
  state.index.waiting.delete(callerKey(waiting.replyTo));
  if (waiting.child) return goOn(waiting, waiting.child);
  const answer: Outcome = waiting.page && outcome.ok ? { ok: true, value: withToken(context, waiting.page, outcome.value) } : outcome;
  context.effects.push({ type: 'reply', to: waiting.replyTo, outcome: waiting.sdk ? sdkOutcome(answer, context.uuid()) : answer });
}

function withToken(context: ActionContext, { scope, next }: NonNullable<WaitingRecord['page']>, value: Json): Json {
  const { more, ...page } = value as JsonObject;
  return more === true ? { ...page, nextToken: nextToken(context, scope, next) } : page;
}

/** A caller has withdrawn: whoever was asked on its behalf is told. */
export function withdraw({ state, effects }: ActionContext, replyTo: ReplyTo): void {
  const { waiting } = state.index;
  const callId = waiting.get(callerKey(replyTo));
  if (callId === undefined) return;
  waiting.delete(callerKey(replyTo));
  state.records.delete(`waiting:${callId}`);
  effects.push({ type: 'cancel', callId });
}

export function callerKey({ address, callId }: ReplyTo): string {
  return `${callId} ${address}`;
}

export function nextCallId({ state }: ActionContext): string {
  return String(++state.calls);
}
