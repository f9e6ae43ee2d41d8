import type { ApiRequest, Json, JsonObject, Outcome } from '@interstate/kernel';
import { createTinyHost, noCrypto, type TinyHost } from '@interstate/kernel/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduler } from './adapter.ts';
import { addresses, directoryAddress, groupArn } from './addresses.ts';
import { DIRECTORY_KIND } from './directory.ts';
import { SCHEDULER_MODEL } from './model.ts';

const HOME = { region: 'us-east-1', account: '123456789012' };
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';

function service(): { readonly host: TinyHost; readonly sent: JsonObject[]; readonly ask: (action: string, input: Json) => Outcome | undefined } {
  const sent: JsonObject[] = [];
  const host = createTinyHost({
    machines: () => scheduler(HOME).machines,
    crypto: noCrypto,
    answer(request) {
      sent.push((request as unknown as ApiRequest).input);
      return { outcome: { ok: true, value: {} } };
    },
  });
  host.spawn(DIRECTORY_KIND, directoryAddress(HOME), { type: 'open', seed: [1, 2, 3, 4] });
  host.run();
  const ask = (action: string, input: Json): Outcome | undefined => {
    const to = addresses(HOME)(action, (input ?? {}) as JsonObject);
    const exists = [...host.machines].some(([address]) => address === to);
    const id = host.call(exists ? to : directoryAddress(HOME), { action, input });
    host.run();
    return host.replies.get(id);
  };
  return { host, sent, ask };
}

const schedule = (Name: string, more: JsonObject = {}, target: JsonObject = {}): JsonObject => ({
  Name,
  ScheduleExpression: 'at(2026-02-01T00:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: QUEUE, RoleArn, Input: 'x', ...target },
  ...more,
});

/** What all code shares. */
const shared = (): string => JSON.stringify([Object.prototype, Array.prototype].map((prototype) => Reflect.ownKeys(prototype).map(String)));

describe('hostile requests', () => {
  it('of any shape get an answer, and change no prototype', () => {
    const before = shared();
    const { ask } = service();
    const names = fc.constantFrom('Name', 'GroupName', 'Target', 'FlexibleTimeWindow', 'ScheduleExpression', 'NextToken', 'ResourceArn', 'Tags', 'TagKeys', 'MaxResults', '__proto__', 'constructor');
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(SCHEDULER_MODEL.operations), 'toString', '__proto__', ''), fc.dictionary(names, fc.jsonValue()), (action, input) => {
        expect(typeof ask(action, JSON.parse(JSON.stringify(input)) as Json)?.ok).toBe('boolean');
      }),
      { numRuns: 400 },
    );
    for (const input of [null, [], 'x', 7] as Json[]) expect(ask('CreateSchedule', input)).toMatchObject({ ok: false });
    expect(shared()).toBe(before);
  });

  it('names of the prototype are names like others', () => {
    const { ask, sent } = service();
    for (const Name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
      expect(ask('GetSchedule', { Name })).toMatchObject({ ok: false, error: { Error: 'ResourceNotFoundException' } });
      expect(ask('GetScheduleGroup', { Name })).toMatchObject({ ok: false, error: { Error: 'ResourceNotFoundException' } });
      expect(ask('CreateSchedule', schedule(Name, {}, { Input: Name }))).toMatchObject({ ok: true });
      expect(ask('CreateScheduleGroup', { Name })).toMatchObject({ ok: true });
    }
    expect(sent.map(({ MessageBody }) => MessageBody).sort()).toEqual(['__proto__', 'constructor', 'hasOwnProperty', 'toString']);
    expect(ask('ListSchedules', {})).toMatchObject({ ok: true, value: { Schedules: [{ Name: '__proto__' }, { Name: 'constructor' }, { Name: 'hasOwnProperty' }, { Name: 'toString' }] } });
  });

  it('huge and deep values are refused', () => {
    const { ask } = service();
    const huge = 'x'.repeat(10_000_000);
    let deep: Json = 'x';
    for (let depth = 0; depth < 10_000; depth++) deep = { EcsParameters: deep };
    for (const more of [{ ScheduleExpression: huge }, { ScheduleExpressionTimezone: huge }, { Description: huge }, { ClientToken: huge }, { Target: deep }, { FlexibleTimeWindow: deep }, { StartDate: 'now' }, { StartDate: 1e300 }, { StartDate: -1e300, ScheduleExpression: 'rate(1 day)' }]) {
      expect(ask('CreateSchedule', schedule('s', more as JsonObject)), Object.keys(more)[0]).toMatchObject({ ok: false });
    }
    expect(ask('CreateSchedule', schedule('t', {}, { Input: huge }))).toMatchObject({ ok: false });
    expect(ask('GetSchedule', { Name: huge })).toMatchObject({ ok: false });
  });

  it('the application keeps no hold of what it gave, and unknown members go nowhere', () => {
    const { host, ask } = service();
    const given = schedule('s', {}, { SqsParameters: { MessageGroupId: 'g' }, Nonsense: 1 });
    host.call(groupArn(HOME, 'default'), { action: 'CreateSchedule', input: given });
    host.run(1);
    ((given['Target'] as JsonObject)['SqsParameters'] as Record<string, Json>)['MessageGroupId'] = 'changed';
    const answer = ask('GetSchedule', { Name: 's' }) as { value: JsonObject };
    expect(answer.value['Target']).toEqual({ Arn: QUEUE, RoleArn, Input: 'x', SqsParameters: { MessageGroupId: 'g' }, RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } });
  });

  it('context attributes are filled in once, and nothing else is', () => {
    const { ask, sent } = service();
    ask('CreateSchedule', schedule('s', {}, { Input: '<aws.scheduler.constructor> <aws.scheduler.__proto__> $& <aws.scheduler.attempt-number> <aws.scheduler.attempt-number' }));
    expect(sent[0]?.['MessageBody']).toBe('<aws.scheduler.constructor> <aws.scheduler.__proto__> $& 1 <aws.scheduler.attempt-number');
  });

  it('schedules without end cost no more than their firings', () => {
    const { host, ask } = service();
    expect(ask('CreateSchedule', schedule('never', { ScheduleExpression: 'cron(0 0 30 2 ? *)' }))).toMatchObject({ ok: true });
    expect(ask('CreateSchedule', schedule('far', { ScheduleExpression: 'at(9999-12-31T23:59:59)', State: 'DISABLED' }))).toMatchObject({ ok: true });
    expect(ask('CreateSchedule', schedule('long', { ScheduleExpression: 'rate(2147483647 days)', StartDate: Date.UTC(2026, 0, 2) }))).toMatchObject({ ok: true });
    expect(host.run(100)).toBe(true);
  });
});
