/** Plays the platform: every event goes to a function that remembers nothing. */
import assert from 'node:assert/strict';
import { handler, type Platform } from './handler.ts';

const table = new Map<string, string>();
const asked: { token: string; order: string }[] = [];
const day = 24 * 3600 * 1000;
let now = Date.UTC(2026, 0, 1);
let wakeTime = 0;
const platform: Platform = {
  now: () => now,
  load: (id) => table.get(id),
  save: (id, checkpoint) => void table.set(id, checkpoint),
  wakeAt: (_id, time) => void (wakeTime = time),
  ask: (question) => void asked.push(question),
};

const id = 'refund-7';
assert.equal((await handler({ type: 'start', id, input: { order: '7' } }, platform)).status, 'RUNNING');
assert.equal(wakeTime, now + 14 * day);

// Woken too early, it goes back to sleep.
now += day;
await handler({ type: 'wake', id }, platform);
assert.equal(asked.length, 0);

// The cooling-off period is over: the clerk is asked.
now = wakeTime;
assert.equal((await handler({ type: 'wake', id }, platform)).status, 'RUNNING');
assert.equal(asked.length, 1);
console.log(`the checkpoint has ${table.get(id)!.length} characters`);

// The clerk's answer, days later, ends it.
now += 5 * day;
const { status, output } = await handler({ type: 'answer', id, taskToken: asked[0]!.token, output: { amount: 25 } }, platform);
assert.equal(status, 'SUCCEEDED');
assert.deepEqual(output, { order: '7', paidBack: 25 });
