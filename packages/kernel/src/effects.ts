import type { Json } from './json.ts';
import type { Address, Effect, Outcome, ReplyTo } from './machine.ts';
import { plainConstructor, type Writable } from './plain.ts';

// Effects of which a machine may have thousands at once. Where there are few, a literal does as well.

export const CallEffect = plainConstructor(function (this: Writable<Extract<Effect, { type: 'call' }>>, to: Address, callId: string, request: Json) {
  this.type = 'call';
  this.to = to;
  this.callId = callId;
  this.request = request;
});

export const ReplyEffect = plainConstructor(function (this: Writable<Extract<Effect, { type: 'reply' }>>, to: ReplyTo, outcome: Outcome) {
  this.type = 'reply';
  this.to = to;
  this.outcome = outcome;
});

/** A list with one item more: another list while it is short. Pushing to an empty list would make room for seventeen, of which most steps need one. */
export function listWith<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  if (list.length === 1) return [list[0]!, item];
  list.push(item);
  return list;
}
