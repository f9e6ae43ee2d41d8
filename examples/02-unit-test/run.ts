/** Unit tests of a state machine. Time is virtual: a year passes at once, and nothing sleeps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCloud, defineStateMachine, type Cloud } from 'interstate';

const renewal = defineStateMachine({
  StartAt: 'WaitAYear',
  States: {
    WaitAYear: { Type: 'Wait', Seconds: 365 * 24 * 3600, Next: 'Renew' },
    Renew: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:renew',
      Retry: [{ ErrorEquals: ['Unavailable'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'TellOwner' }],
      End: true,
    },
    TellOwner: { Type: 'Fail', Error: 'NotRenewed', CausePath: '$.Error' },
  },
});

/** A cloud whose function fails so many times before it answers, and notes when it was called. */
function cloudWhereRenewFails(times: number): { cloud: Cloud; calledAt: string[] } {
  const calledAt: string[] = [];
  const cloud = createCloud({
    clock: 'virtual',
    startTime: '2026-01-01T00:00:00Z',
    limits: { standardSeconds: 1e9 }, // AWS ends an execution after a year; this one needs a few seconds more
    functions: {
      renew: ({ subscription }) => {
        calledAt.push(new Date(cloud.now()).toISOString());
        if (calledAt.length <= times) throw Object.assign(new Error('try later'), { name: 'Unavailable' });
        return `${subscription} renewed`;
      },
    },
  });
  return { cloud, calledAt };
}

test('renews after a year, at the third attempt, with growing delays', async () => {
  const { cloud, calledAt } = cloudWhereRenewFails(2);
  const { status, output } = await cloud.run(renewal, { subscription: 'tea' });
  assert.equal(status, 'SUCCEEDED');
  assert.equal(output, 'tea renewed');
  assert.deepEqual(calledAt, ['2027-01-01T00:00:00.000Z', '2027-01-01T00:00:02.000Z', '2027-01-01T00:00:08.000Z']);
});

test('gives up after three retries', async () => {
  const { cloud, calledAt } = cloudWhereRenewFails(Infinity);
  const { status, error, cause } = await cloud.run(renewal, { subscription: 'tea' });
  assert.equal(status, 'FAILED');
  assert.equal(error, 'NotRenewed');
  assert.equal(cause, 'Unavailable');
  assert.equal(calledAt.length, 4);
});
