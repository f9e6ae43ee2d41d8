/** A Task that waits until somebody answers its token: a person who approves, a webhook, another system. */
import assert from 'node:assert/strict';
import { createCloud, defineStateMachine } from 'interstate';

const approval = defineStateMachine({
  StartAt: 'AskManager',
  States: {
    AskManager: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'ask-manager', Payload: { 'token.$': '$$.Task.Token', 'amount.$': '$.amount' } },
      TimeoutSeconds: 24 * 3600,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'NobodyAnswered' }, { ErrorEquals: ['Refused'], Next: 'Refused' }],
      End: true,
    },
    NobodyAnswered: { Type: 'Succeed' },
    Refused: { Type: 'Fail', Error: 'Refused' },
  },
});

const asked: { token: string; amount: number }[] = [];
const cloud = createCloud({ clock: 'virtual', functions: { 'ask-manager': (question) => void asked.push(question) } });
const machine = await cloud.states.create({ name: 'approval', definition: approval });

// Approved an hour later.
const first = await machine.start({ amount: 120 });
await cloud.advance(3600_000);
assert.equal(first.status(), 'RUNNING');
await cloud.states.sendTaskSuccess({ taskToken: asked[0]!.token, output: JSON.stringify({ approvedBy: 'Ada' }) });
const approved = await first.result();
assert.deepEqual(approved.output, { approvedBy: 'Ada' });
assert.equal(approved.stopTime - approved.startTime, 3600_000);

// Refused.
const second = await machine.start({ amount: 9000 });
await cloud.advance(1000);
await cloud.states.sendTaskFailure({ taskToken: asked[1]!.token, error: 'Refused', cause: 'too much' });
assert.equal((await second.result()).error, 'Refused');

// Nobody answers: the Task times out after a day, and its token is worth nothing then.
const third = await machine.start({ amount: 1 });
const { status, output } = await third.result();
assert.equal(status, 'SUCCEEDED');
assert.deepEqual(output, { Error: 'States.Timeout', Cause: null });
await assert.rejects(cloud.states.sendTaskSuccess({ taskToken: asked[2]!.token, output: '{}' }), { name: 'TaskTimedOut' });
console.log('approved, refused, timed out');
