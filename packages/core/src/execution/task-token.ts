import { nextUuid, type Crypto } from '@interstate/kernel';
import type { Execution } from './execution.ts';
import { chanceOf } from './randomness.ts';
import type { Frame } from './frame.ts';

/** Names the attempt a frame's Task is about to make. */
export function nextCallId(execution: Execution, frame: Frame): string {
  return `${frame.id}.${execution.nextCallNumber}`;
}

/** The frame that made a call. */
export function callFrameId(callId: string): number {
  return Number(callId.slice(0, callId.indexOf('.')));
}

/**
 * The token of the attempt a frame makes, or is about to make: a keyed hash, so that tokens cannot be guessed,
 * tell nothing, and are the same when a step is done again.
 */
export function tokenOf(execution: Execution, frame: Frame, crypto: Crypto): string {
  const waiting = frame.waiting;
  if (waiting?.type === 'task' && waiting.token !== null) return waiting.token;
  const chance = chanceOf(execution, crypto);
  if (chance.tokenKey === '') chance.tokenKey = nextUuid(chance.random) + nextUuid(chance.random);
  const text = `${execution.start.executionArn}\n${nextCallId(execution, frame)}`;
  return crypto.hmac(chance.tokenKey, text) + crypto.hmac(chance.tokenKey, `${text}\n2`);
}
