/**
 * A reminder service: everybody is reminded of something at nine in the morning where they live. A hundred thousand schedules here;
 * `REMINDERS=1000000` makes it a million. They wait in memory, cost nothing while they wait, and all of a year passes in virtual time.
 */
import assert from 'node:assert/strict';
import { createCloud } from 'interstate';

const count = Number(process.env.REMINDERS ?? 100_000);
const zones = ['America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Sydney'];
const RoleArn = 'arn:aws:iam::123456789012:role/reminders';
const remind = { Arn: 'arn:aws:lambda:us-east-1:123456789012:function:remind', RoleArn };
const once = { FlexibleTimeWindow: { Mode: 'OFF' }, ActionAfterCompletion: 'DELETE', GroupName: 'reminders' } as const;

const reminded = new Map<number, string>();
const digests: string[] = [];
const cloud = createCloud({
  clock: 'virtual',
  startTime: '2026-01-01T00:00:00Z',
  scheduler: { limits: { schedules: 2_000_000 } },
  functions: {
    remind: async ({ user, digest, at }: { user?: number; digest?: boolean; at: string }) => {
      if (digest) digests.push(at);
      else reminded.set(user!, at);
    },
  },
});
const { scheduler } = cloud;
await scheduler.createScheduleGroup({ Name: 'reminders' });

// Everybody has a day of the year; somebody's day in spring has no two o'clock.
const dayOf = (user: number): string => new Date(Date.UTC(2026, 0, 2 + (user % 360))).toISOString().slice(0, 10);
for (let from = 0; from < count; from += 1000) {
  const users = Array.from({ length: Math.min(1000, count - from) }, (_, index) => from + index);
  await Promise.all(
    users.map((user) =>
      scheduler.createSchedule({
        ...once,
        Name: `user-${user}`,
        ScheduleExpression: `at(${dayOf(user)}T09:00:00)`,
        ScheduleExpressionTimezone: zones[user % zones.length],
        Target: { ...remind, Input: `{"user":${user},"at":"<aws.scheduler.scheduled-time>"}` },
      }),
    ),
  );
}

// A digest on weekdays of one week, at nine in Berlin: summer time begins on its Sunday.
await scheduler.createSchedule({
  ...once,
  Name: 'digest',
  ScheduleExpression: 'cron(0 9 ? * MON-FRI *)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  StartDate: new Date('2026-03-27T00:00:00Z'),
  EndDate: new Date('2026-03-31T00:00:00Z'),
  Target: { ...remind, Input: '{"digest":true,"at":"<aws.scheduler.scheduled-time>"}' },
});

// Plans change.
await scheduler.deleteSchedule({ Name: 'user-3', GroupName: 'reminders' });
await scheduler.updateSchedule({ ...once, Name: 'user-4', ScheduleExpression: 'at(2026-12-24T18:00:00)', ScheduleExpressionTimezone: 'Europe/Berlin', Target: { ...remind, Input: '{"user":4,"at":"<aws.scheduler.scheduled-time>"}' } });

// A page is a page, however many there are.
const { Schedules, NextToken } = await scheduler.listSchedules({ GroupName: 'reminders', NamePrefix: 'user-1', MaxResults: 3 });
assert.deepEqual(Schedules.map(({ Name }) => Name), ['user-1', 'user-10', 'user-100']);
assert.ok(NextToken);

await cloud.runUntilIdle();
assert.equal(reminded.size, count - 1);
assert.equal(reminded.get(0), '2026-01-02T17:00:00Z');
assert.equal(reminded.get(2), '2026-01-04T08:00:00Z');
assert.equal(reminded.get(4), '2026-12-24T17:00:00Z');
assert.equal(reminded.has(3), false);
// Everybody was reminded at nine o'clock, by the clock on their wall.
for (const [user, at] of reminded) {
  if (user === 4 || user % 997 !== 0) continue;
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zones[user % zones.length], dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at));
  assert.equal(local, `${dayOf(user)} 09:00:00`);
}
assert.deepEqual(digests, ['2026-03-27T08:00:00Z', '2026-03-30T07:00:00Z']);
// What was for once is gone.
assert.deepEqual((await scheduler.listSchedules({ GroupName: 'reminders' })).Schedules, []);
cloud.close();
console.log(`${reminded.size} people reminded`);
