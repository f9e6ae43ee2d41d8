import type { JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { chaos } from './chaos.ts';
import type { ChaosRun } from './chaos-run.ts';
import type { Application } from './scenario.ts';

const charge = (fields: JsonObject, next: JsonObject): JsonObject => ({ Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', Parameters: { 'IdempotencyKey.$': '$.id' }, ...fields, ...next });
const refund = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:refund', Parameters: { 'IdempotencyKey.$': '$.id' }, Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 9 }], Next: 'Failed' };

/** An order that an event brings, charged and shipped; what cannot be shipped is paid back, or not. */
const shop =
  (compensates: boolean): Application =>
  async (cloud) => {
    for (const name of ['charge', 'refund', 'ship']) cloud.lambda.register(name, () => null);
    const Retry = [{ ErrorEquals: ['States.TaskFailed'] }];
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: compensates ? 'Refund' : 'Failed' }];
    const definition = {
      StartAt: 'Charge',
      States: {
        Charge: charge({ ResultPath: null, Retry, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }] }, { Next: 'Ship' }),
        Ship: charge({ Resource: 'arn:aws:lambda:us-east-1:123456789012:function:ship', ResultPath: null, Retry, Catch }, { End: true }),
        ...(compensates && { Refund: refund }),
        Failed: { Type: 'Fail', Error: 'Shop.NotShipped' },
      },
    };
    const { stateMachineArn } = await cloud.states.create({ name: 'shop', definition: definition as never });
    await cloud.eventBridge.putRule({ Name: 'orders', EventPattern: '{"source":["web"]}' });
    await cloud.sqs.createQueue({ QueueName: 'dead' });
    await cloud.eventBridge.putTargets({ Rule: 'orders', Targets: [{ Id: '1', Arn: stateMachineArn, DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' } }] });
    return { stimulus: () => cloud.eventBridge.putEvents({ Entries: [{ Source: 'web', DetailType: 'Ordered', Detail: '{}' }] }) };
  };

const compensates = ({ executions, done }: ChaosRun): string | undefined => {
  for (const { executionArn, status } of executions) {
    const did = done.filter((work) => work.executionArn === executionArn).map(({ stateName }) => stateName);
    if (status === 'FAILED' && did.includes('Charge') && !did.includes('Refund')) return 'charges for what it does not ship';
  }
  return undefined;
};

describe('an application', () => {
  it('is held to properties of its own, in executions that an event started', async () => {
    const { findings, attempts, handOvers } = await chaos({ application: shop(false), properties: { compensates }, seeds: { from: 1, to: 5 } });
    expect(findings.map(({ property }) => property)).toEqual(['compensates']);
    expect(findings[0]!.story.at(-1)).toBe('the application charges for what it does not ship');
    expect([attempts, handOvers]).toEqual([2, 1]);
    expect((await chaos({ application: shop(true), properties: { compensates }, seeds: { from: 1, to: 5 } })).findings.map(({ story }) => story)).toEqual([]);
  });

  it('gives the same report every time', async () => {
    const report = () => chaos({ application: shop(false), properties: { compensates }, seeds: { from: 1, to: 20 } });
    const first = await report();
    expect(await report()).toEqual(first);
    expect(first.runs).toBeGreaterThan(30);
  });

  it('throws what it throws where nothing goes wrong, and says what it must give', async () => {
    await expect(chaos({ application: () => Promise.reject(new RangeError('no')) })).rejects.toThrow(new RangeError('no'));
    for (const given of [undefined, null, 1, {}, { stimulus: 'send' }]) await expect(chaos({ application: () => given as never })).rejects.toThrow(/^An application must give \{ stimulus/);
  });

  it('that breaks off under a fault has that for a finding', async () => {
    const application: Application = async (cloud) => {
      const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q' });
      const stimulus = async (): Promise<void> => {
        await cloud.sqs.sendMessage({ QueueUrl: QueueUrl!, MessageBody: 'a' });
        const { Messages } = await cloud.sqs.receiveMessage({ QueueUrl: QueueUrl! });
        if (!Messages) throw new Error('no message');
      };
      return { stimulus };
    };
    const { findings } = await chaos({ application, seeds: { from: 1, to: 0 } });
    expect(findings.map(({ story }) => story)).toEqual([["a is overtaken in 'q' by what is sent right after it", 'the application breaks off: Error: no message']]);
  });

  it('that hands on for ever comes to an end, and is found out', async () => {
    const application: Application = async (cloud) => {
      const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q', Attributes: { VisibilityTimeout: '0' } });
      cloud.lambda.register('f', () => Promise.reject(new Error('poison')));
      await cloud.lambda.createEventSourceMapping({ EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:q', FunctionName: 'f' });
      return { stimulus: () => cloud.sqs.sendMessage({ QueueUrl: QueueUrl!, MessageBody: 'a' }) };
    };
    const { findings } = await chaos({ application, maxRuns: 1, maxOpportunities: 500 });
    expect(findings.map(({ story }) => story)).toEqual([['the application goes on and on: nothing bounds what is handed on']]);
  });

  it('that loses an event where nothing goes wrong is told so', async () => {
    const application: Application = async (cloud) => {
      cloud.lambda.register('f', () => Promise.reject(new Error('no')));
      await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["web"]}' });
      await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' }] });
      return { stimulus: () => cloud.eventBridge.putEvents({ Entries: [{ Source: 'web', DetailType: 'd', Detail: '{}' }] }) };
    };
    const { findings } = await chaos({ application, maxRuns: 1 });
    expect(findings.map(({ story }) => story)).toEqual([["'f' is called no more with an event (Error), and it is lost: give it a dead-letter queue"]]);
  });

  it('whose messages are given to a failing function until they are too old loses them', async () => {
    const application: Application = async (cloud) => {
      const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q', Attributes: { VisibilityTimeout: '3600' } });
      cloud.lambda.register('f', () => null);
      await cloud.lambda.createEventSourceMapping({ EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:q', FunctionName: 'f' });
      return { stimulus: () => cloud.sqs.sendMessage({ QueueUrl: QueueUrl!, MessageBody: 'a' }) };
    };
    const { findings } = await chaos({ application, seeds: { from: 1, to: 0 } });
    expect(findings.map(({ story }) => story)).toEqual([["'f' fails with a, again and again", "'q' gives a message to 'f' until its retention ends, and it is lost: give it a dead-letter queue"]]);
  });
});

it('a state that is not answered in time goes its way as well', async () => {
  const definition = {
    StartAt: 'Charge',
    States: {
      Charge: charge({ TimeoutSeconds: 30, Retry: [{ ErrorEquals: ['States.TaskFailed'] }], Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Tell' }] }, { End: true }),
      Tell: { Type: 'Pass', InputPath: '$.id', End: true },
    },
  };
  const { findings } = await chaos({ definition, input: { id: 1 }, functions: { charge: () => null }, seeds: { from: 1, to: 0 } });
  expect(findings.map(({ property, story }) => [property, story[0]])).toEqual([['survivesErrors', "nobody ever answers 'Charge'"]]);
});

describe('error paths that nothing covers', () => {
  const uncovered = async (state: JsonObject, others: JsonObject = {}): Promise<string[]> => {
    const definition = { StartAt: 'Charge', States: { Charge: charge(state, 'Next' in state ? {} : { End: true }), ...others } };
    const { findings } = await chaos({ definition, input: { id: 1 }, functions: { charge: () => null }, seeds: { from: 1, to: 0 } });
    return findings.map(({ state: name, message }) => `${name} ${message}`);
  };
  const LAMBDA = ['ServiceException', 'AWSLambdaException', 'SdkClientException', 'ClientExecutionTimeoutException', 'TooManyRequestsException'];

  it('are told of, one for each error', async () => {
    expect(await uncovered({})).toEqual(LAMBDA.map((error) => `Charge no Retrier and no Catcher covers Lambda.${error}`));
  });

  it('are told of where only others are covered', async () => {
    expect(await uncovered({ Retry: [{ ErrorEquals: ['Lambda.ServiceException', 'Lambda.SdkClientException'] }], Catch: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], Next: 'Busy' }] }, { Busy: { Type: 'Succeed' } })).toEqual(
      ['AWSLambdaException', 'ClientExecutionTimeoutException'].map((error) => `Charge no Retrier and no Catcher covers Lambda.${error}`),
    );
  });

  it('are none where a Catcher leads to a Fail state of the same name', async () => {
    expect(await uncovered({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }] }, { Failed: { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' } })).toEqual([]);
  });
});

it('says how a state machine fails without any fault', async () => {
  const definition: JsonObject = { StartAt: 'Refuse', States: { Refuse: { Type: 'Fail', Error: 'Refused', Cause: 'why' } } };
  expect((await chaos({ definition })).baselineFailure).toBe("it FAILED in 'Refuse' with Refused: why");
  expect((await chaos({ definition: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } } })).baselineFailure).toBeUndefined();
});

it('reports a death in the work of a Task that nothing covers, and is quiet where something does', async () => {
  const tried = ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.ClientExecutionTimeoutException', 'Lambda.TooManyRequestsException'];
  const application = (ErrorEquals: readonly string[]): Application => async (cloud) => {
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'asks.fifo', Attributes: { FifoQueue: 'true' } });
    cloud.lambda.register('ask', async ({ taskId: id }) => void (await cloud.sqs.sendMessage({ QueueUrl: QueueUrl!, MessageBody: id, MessageGroupId: id, MessageDeduplicationId: id })));
    const Ask = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:ask', Parameters: { 'taskId.$': '$$.Execution.Name' }, Retry: [{ ErrorEquals }], End: true };
    const machine = await cloud.states.create({ name: 'asking', definition: { StartAt: 'Ask', States: { Ask } } });
    return { stimulus: () => machine.start({}, { name: 'one' }) };
  };
  const { findings } = await chaos({ application: application(tried), seeds: { from: 1, to: 5 } });
  expect(findings.map(({ property, story }) => [property, story])).toEqual([['handlesErrors', ["'ask' dies in its work, right before it calls SendMessage of 'asks.fifo'", "'Ask' no Retrier and no Catcher covers Runtime.ExitError"]]]);
  expect((await chaos({ application: application([...tried, 'Runtime.ExitError']), seeds: { from: 1, to: 5 } })).findings).toEqual([]);
});
