import type { JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { historySnapshot, testCloud, type TestCloud } from './index.ts';
import './vitest.ts';

const CHARGE = 'arn:aws:lambda:us-east-1:123456789012:function:charge-card';
const order = {
  StartAt: 'ChargeCard',
  States: {
    ChargeCard: {
      Type: 'Task',
      Resource: CHARGE,
      Retry: [{ ErrorEquals: ['Card.Busy'], IntervalSeconds: 60, BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ['Card.Declined'], Next: 'TellCustomer' }],
      Assign: { 'receipt.$': '$.receipt' },
      Next: 'Ship',
    },
    Ship: { Type: 'Wait', Seconds: 86_400, Next: 'Done' },
    TellCustomer: { Type: 'Pass', End: true },
    Done: { Type: 'Succeed' },
  },
};
const perItem = {
  StartAt: 'Orders',
  States: {
    Orders: {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'ChargeCard', States: { ChargeCard: { Type: 'Task', Resource: CHARGE, End: true } } },
      End: true,
    },
  },
};
const callback = (extra: JsonObject = {}): JsonObject => ({
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/asks', MessageBody: { 'token.$': '$$.Task.Token' } }, End: true, ...extra } },
});

describe('mocks', () => {
  it('fail once and then return, in virtual time', async () => {
    const cloud = testCloud();
    const charge = cloud.mock('ChargeCard').failsOnce('Card.Busy').thenReturns({ receipt: 'r1' });
    const execution = await cloud.run(order, { orderId: 42 });
    expect(execution).toHaveSucceededWith({ receipt: 'r1' });
    expect(execution).toHaveVisited('ChargeCard', 'Ship');
    expect(execution).not.toHaveVisited('TellCustomer');
    expect(execution).toHaveVisitedInOrder('ChargeCard', 'Done');
    expect(execution).toHaveRetried('ChargeCard', 1);
    expect(execution).toHaveAssigned('receipt', 'r1');
    expect(charge.calls.map(({ arguments: given, request, time }) => [given, request.retryCount, time - execution.startTime])).toEqual([
      [{ orderId: 42 }, 0, 0],
      [{ orderId: 42 }, 1, 60_000],
    ]);
    cloud.close();
  });

  it('answer by attempt, by item and by path, the narrowest first', async () => {
    const cloud = testCloud();
    cloud.mock('Orders/ChargeCard').returns('any');
    cloud.mock('ChargeCard', { item: 1 }).returns('second');
    cloud.mock('Orders[2]/ChargeCard').returns((item: unknown) => ({ third: item }));
    expect((await cloud.run(perItem, ['a', 'b', 'c'])).output).toEqual(['any', 'second', { third: 'c' }]);
    cloud.clearMocks();
    cloud.mock('ChargeCard', { attempt: [1, 2] }).returns({ receipt: 'late' });
    cloud.mock('lambda:*').fails('no such binding');
    cloud.mock('arn:aws:lambda:*:function:charge-card').fails('Card.Busy', 'asked too early');
    const late = await cloud.run(order);
    expect(late).toHaveRetried('ChargeCard', 1);
    expect(late.output).toEqual({ receipt: 'late' });
    cloud.close();
  });

  it('answer by item in the children of distributed Maps, as in other Maps', async () => {
    const cloud = testCloud();
    const inner = { Type: 'Map', ItemProcessor: { StartAt: 'ChargeCard', States: { ChargeCard: { Type: 'Task', Resource: CHARGE, End: true } } }, End: true };
    const distributed = (extra: JsonObject = {}): JsonObject => ({
      StartAt: 'Orders',
      States: { Orders: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Cards', States: { Cards: inner } }, End: true, ...extra } },
    });
    cloud.mock('ChargeCard').returns('any');
    cloud.mock('Orders[1]/Cards/ChargeCard').returns('second order');
    cloud.mock('Orders[1]/Cards[1]/ChargeCard').returns('its second card');
    expect((await cloud.run(distributed(), [[1], [1, 2], [1]])).output).toEqual([['any'], ['second order', 'its second card'], ['any']]);
    cloud.clearMocks();
    cloud.mock('ChargeCard').returns('any');
    cloud.mock('Orders[1]/Cards/ChargeCard').returns('second batch');
    const batches = distributed({ ItemBatcher: { MaxItemsPerBatch: 1 } });
    (batches['States'] as Record<string, { ItemProcessor: { States: { Cards: JsonObject } } }>)['Orders']!.ItemProcessor.States.Cards = { ...inner, ItemsPath: '$.Items' };
    expect((await cloud.run(batches, [1, 2])).output).toEqual([['any'], ['second batch']]);
    cloud.close();
  });

  it('let the real thing answer when what was asked of them is over', async () => {
    const cloud = testCloud({ functions: { 'charge-card': () => ({ receipt: 'real' }) } });
    cloud.mock('ChargeCard').failsTimes(2, 'Card.Busy');
    const execution = await cloud.run(order);
    expect(execution).toHaveSucceededWith({ receipt: 'real' });
    expect(execution).toHaveRetried('ChargeCard', 2);
    cloud.close();
  });

  it('that were meant for a Task nobody answers are pointed out', async () => {
    const told: string[] = [];
    const cloud = testCloud({ warn: (text) => void told.push(text) });
    cloud.mock('CahrgeCard').returns(1);
    await cloud.run(order);
    cloud.clearMocks();
    cloud.mock('ChargeCard', { attempt: 1 }).returns(1);
    await cloud.run(order);
    cloud.clearMocks();
    cloud.mock('ChargeCard').failsOnce('Card.Busy');
    await cloud.run(order);
    cloud.clearMocks();
    cloud.mock('Ask').returns(1);
    cloud.mock('dynamodb:getItme').returns(1);
    await cloud.run({ StartAt: 'Get', States: { Get: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:getItem', Parameters: { TableName: 't', Key: {} }, End: true } } });
    expect(told.filter((text) => text.startsWith('Task'))).toEqual([
      "Task 'ChargeCard' was answered by no mock: that of 'CahrgeCard' was never asked. Did you mean 'ChargeCard'?",
      "Task 'ChargeCard' was answered by no mock: that of 'ChargeCard' is not for where it runs, its item or its attempt.",
      "Task 'ChargeCard' was answered by no mock: that of 'ChargeCard' has given its last answer.",
      "Task 'Get' was answered by no mock: that of 'dynamodb:getItme' was never asked. Did you mean 'dynamodb:getItem'?",
    ]);
    cloud.close();
  });

  it('are late, time out and throw as the real thing does', async () => {
    const cloud = testCloud();
    cloud.mock('ChargeCard').returnsOnce({ receipt: 1 }).after(5000).thenReturns(() => {
      throw Object.assign(new Error('no money'), { name: 'Card.Declined' });
    });
    const late = await cloud.run(order);
    expect(late.stopTime - late.startTime).toBe(5000 + 86_400_000);
    const declined = await cloud.run(order);
    expect(declined).toHaveCaught('ChargeCard', 'Card.Declined');
    const States = { ...order.States, ChargeCard: { ...order.States.ChargeCard, TimeoutSeconds: 30 } };
    cloud.mock('ChargeCard').timesOut();
    const timedOut = await cloud.run({ ...order, States });
    expect(timedOut).toHaveFailedWith('States.Timeout');
    expect(timedOut.stopTime - timedOut.startTime).toBe(30_000);
    expect(await cloud.run(order)).toHaveFailedWith('States.Timeout');
    cloud.close();
  });

  it('answer callbacks, and what they would have sent is known', async () => {
    const cloud = testCloud();
    cloud.mock('Ask').returnsOnce('yes').after(1000).thenFails('No', 'said no');
    expect(await cloud.run(callback())).toHaveSucceededWith('yes');
    expect(await cloud.run(callback())).toHaveFailedWith('No', /said/);
    expect(cloud).toHaveSentMessage('asks', { token: expect.any(String) as unknown });
    expect(cloud).not.toHaveSentMessage('others');
    cloud.close();
  });
});

describe('the MockConfigFile of Step Functions Local', () => {
  const config = {
    StateMachines: { OrderMachine: { TestCases: { Busy: { ChargeCard: 'BusyThenPaid' }, Down: { ChargeCard: 'Down' } } } },
    MockedResponses: {
      BusyThenPaid: { '0-1': { Throw: { Error: 'Card.Busy', Cause: 'try later' } }, '2': { Return: { receipt: 'r3' } } },
      Down: { '0': { Throw: { Error: 'Card.Busy' } } },
    },
  };

  it('works as it is', async () => {
    const cloud = testCloud();
    cloud.mockConfig(config, { stateMachine: 'OrderMachine', testCase: 'Busy' });
    const machine = await cloud.states.create({ name: 'OrderMachine', definition: order });
    const execution = await (await machine.start({})).result();
    expect(execution).toHaveSucceededWith({ receipt: 'r3' });
    expect(execution).toHaveRetried('ChargeCard', 2);
    cloud.clearMocks();
    cloud.mockConfig(config, { stateMachine: 'OrderMachine', testCase: 'Down' });
    expect(await (await machine.start({})).result()).toHaveFailedWith('States.Runtime', /No response of 'Down'/);
    cloud.close();
  });

  it.each([
    ['no object', null, "The mock configuration has no 'StateMachines'."],
    ['another machine', { StateMachines: { Other: {} } }, "StateMachines has no 'OrderMachine'. It has: Other."],
    ['another case', { StateMachines: { OrderMachine: { TestCases: { A: {} } } } }, "StateMachines.OrderMachine.TestCases has no 'Busy'. It has: A."],
    ['no response', { StateMachines: { OrderMachine: { TestCases: { Busy: { S: 'R' } } } }, MockedResponses: {} }, "MockedResponses has no 'R'."],
    ['odd attempts', { StateMachines: { OrderMachine: { TestCases: { Busy: { S: 'R' } } } }, MockedResponses: { R: { 'x': { Return: 1 } } } }, "MockedResponses.R: 'x' is no attempt (\"0\") and no range of attempts (\"1-3\")."],
    ['too many attempts', { StateMachines: { OrderMachine: { TestCases: { Busy: { S: 'R' } } } }, MockedResponses: { R: { '0-999999999': { Return: 1 } } } }, "MockedResponses.R: '0-999999999' is no attempt (\"0\") and no range of attempts (\"1-3\")."],
    ['neither', { StateMachines: { OrderMachine: { TestCases: { Busy: { S: 'R' } } } }, MockedResponses: { R: { '0': { Throw: {} } } } }, 'MockedResponses.R.0 must have a Return, or a Throw with an Error.'],
    ['a prototype', { StateMachines: { OrderMachine: { TestCases: { Busy: { S: '__proto__' } } } }, MockedResponses: {} }, "MockedResponses has no '__proto__'."],
  ])('is refused with the place where it is wrong: %s', (_what, config, message) => {
    const cloud = testCloud();
    expect(() => cloud.mockConfig(config, { stateMachine: 'OrderMachine', testCase: 'Busy' })).toThrow(expect.objectContaining({ name: 'MockConfigError', message }));
    cloud.close();
  });
});

describe('a test cloud', () => {
  const story = async (cloud: TestCloud): Promise<string> => {
    cloud.mock('ChargeCard').failsOnce('Card.Busy').thenReturns(() => ({ receipt: 'r' }));
    const result = await cloud.run(order);
    return JSON.stringify([result.executionArn, result.history(), cloud.sent]);
  };

  it('runs the same twice, byte for byte, and otherwise with another seed', async () => {
    const first = await story(testCloud());
    expect(await story(testCloud())).toBe(first);
    expect(await story(testCloud({ seed: 2 }))).not.toBe(first);
  });

  it('lets time pass until something holds, and says what is waited for', async () => {
    const cloud = testCloud({ startTime: '2026-03-01T00:00:00Z', functions: { ask: () => null } });
    const States = { Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: { FunctionName: 'ask', 'Payload.$': '$$.Task.Token' }, End: true } };
    const machine = await cloud.states.create({ definition: { StartAt: 'Ask', States }, name: 'asks' });
    const execution = await machine.start({});
    expect(await cloud.runUntil(() => execution.history().length > 4)).toBe(true);
    expect(await cloud.runUntil(() => execution.history().length > 5)).toBe(false);
    expect(cloud.waitingFor()).toEqual([expect.stringMatching(/^arn:.*:asks:.*: state 'Ask' waits for .*; nothing in this cloud will bring it$/)]);
    await cloud.advance(1000);
    expect(new Date(cloud.now()).toISOString()).toBe('2026-03-01T00:00:01.000Z');
    await execution.stop();
    expect(cloud.waitingFor()).toEqual([]);
    cloud.close();
  });

  it('shows a history that stays the same', async () => {
    const cloud = testCloud();
    cloud.mock('ChargeCard').fails('Card.Declined', 'limit');
    expect(historySnapshot((await cloud.run(order, {})).history())).toMatchInlineSnapshot(`
      "0 ms      ExecutionStarted {"input":{},"roleArn":"arn:aws:iam::123456789012:role/StepFunctionsRole"}
      0 ms      TaskStateEntered ChargeCard {"input":{}}
      0 ms      LambdaFunctionScheduled {"resource":"arn:aws:lambda:us-east-1:123456789012:function:charge-card","input":{}}
      0 ms      LambdaFunctionStarted
      0 ms      LambdaFunctionFailed {"error":"Card.Declined","cause":"limit"}
      0 ms      TaskStateExited ChargeCard {"output":{"Error":"Card.Declined","Cause":"limit"}}
      0 ms      PassStateEntered TellCustomer {"input":{"Error":"Card.Declined","Cause":"limit"}}
      0 ms      PassStateExited TellCustomer {"output":{"Error":"Card.Declined","Cause":"limit"}}
      0 ms      ExecutionSucceeded {"output":{"Error":"Card.Declined","Cause":"limit"}}"
    `);
    cloud.close();
  });
});

interface OrderTypes {
  readonly tasks: { readonly ChargeCard: { readonly arguments: { readonly amount: number }; readonly result: { readonly receipt: string } } };
}

it('holds mocks against the types of a definition', async () => {
  const cloud = testCloud<OrderTypes>();
  // @ts-expect-error the result has no receipt
  cloud.mock('ChargeCard').returns({ recept: 'r1' });
  cloud.mock('ChargeCard').returns(({ amount }) => ({ receipt: amount.toFixed(2) }));
  cloud.mock('Another/Task').returns(1);
  const { output } = await cloud.run({ StartAt: 'ChargeCard', States: { ChargeCard: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true } } }, { amount: 2 });
  expect(output).toEqual({ receipt: '2.00' });
});
