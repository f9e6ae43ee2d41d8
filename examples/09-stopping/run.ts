/** Ways an execution ends before its time: stopped, aborted by a signal, out of time, or waiting for what can never come. */
import assert from 'node:assert/strict';
import { createCloud, defineStateMachine, StuckExecutionError } from 'interstate';

const slow = 'arn:aws:lambda:us-east-1:123456789012:function:slow';
const callSlow = defineStateMachine({ StartAt: 'Call', States: { Call: { Type: 'Task', Resource: slow, End: true } } });

// A real clock: the function is told when nobody waits for it any more.
let told = 0;
const functions = {
  slow: (_event: unknown, { signal }: { signal?: AbortSignal }) => new Promise((resolve) => signal!.addEventListener('abort', () => resolve(++told))),
};
const cloud = createCloud({ functions });
const machine = await cloud.states.create({ definition: callSlow });

// Stopped, with an error and a cause of one's own.
const stopped = await machine.start();
await stopped.stop({ error: 'Operator', cause: 'maintenance' });
const { status, error, cause } = await stopped.result();
assert.deepEqual({ status, error, cause }, { status: 'ABORTED', error: 'Operator', cause: 'maintenance' });

// Aborted by the signal it was started with.
const controller = new AbortController();
const aborted = await machine.start({}, { signal: controller.signal });
controller.abort('the request was cancelled');
assert.equal((await aborted.result()).status, 'ABORTED');
assert.equal((await aborted.result()).cause, 'the request was cancelled');
assert.equal(told, 2);
cloud.close();

// A loop without end lets others have their turn, so it can be stopped too.
const endless = defineStateMachine({
  StartAt: 'Again?',
  States: { 'Again?': { Type: 'Choice', Choices: [{ Variable: '$.again', IsPresent: true, Next: 'Again?' }], Default: 'Done' }, Done: { Type: 'Succeed' } },
});
const busy = createCloud({ limits: { historyEvents: 1e9 } });
const looping = await (await busy.states.create({ definition: endless })).start({ again: 'yes' }, { history: false });
await looping.stop();
assert.equal((await looping.result()).status, 'ABORTED');

// Out of time: TimeoutSeconds of the machine. Nothing is waited for, time is virtual.
const virtual = createCloud({ clock: 'virtual' });
const bounded = defineStateMachine({ StartAt: 'A', TimeoutSeconds: 60, States: { A: { Type: 'Wait', Seconds: 3600, End: true } } });
assert.equal((await virtual.run(bounded)).status, 'TIMED_OUT');

// Waiting for what nothing can bring: an error that says so, instead of a test that hangs.
const { activityArn } = await virtual.states.createActivity({ name: 'review' });
const forgotten = defineStateMachine({ StartAt: 'Review', States: { Review: { Type: 'Task', Resource: activityArn, End: true } } });
await assert.rejects(virtual.run(forgotten), (problem) => problem instanceof StuckExecutionError && /state 'Review' waits for/.test(problem.message));
console.log('stopped, aborted, out of time, stuck');
