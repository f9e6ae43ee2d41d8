import type { JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { runFileTest } from './run-file-test.ts';
import { readTestFile } from './test-file.ts';

const definition: JsonObject = {
  StartAt: 'Charge',
  States: {
    Charge: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60 }], Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }], Assign: { 'receipt.$': '$.receipt' }, Next: 'Done' },
    Tell: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/tell', MessageBody: { 'why.$': '$.Error' } }, End: true },
    Done: { Type: 'Succeed' },
  },
};
const run = async (test: JsonObject, shared: JsonObject = {}) => {
  const { tests } = readTestFile({ ...shared, tests: { it: test } });
  const { status, faults } = await runFileTest(tests[0]!, { definition, name: 'Order' });
  return status === 'passed' ? 'passed' : faults;
};

describe('a test as data', () => {
  it('passes where everything is as expected', async () => {
    const mocks = { Charge: [{ fail: 'Busy', afterMs: 1000 }, { return: { receipt: 'r', at: 3 } }] };
    const expectation = { output: { receipt: 'r', at: 3 }, outputContains: { at: 3 }, visited: ['Done'], notVisited: ['Tell'], path: ['Charge', 'Done'], retried: { Charge: 1 }, assigned: { receipt: 'r' }, calls: { Charge: [{ id: 1 }, { id: 1 }] }, durationMs: 61_000 };
    expect(await run({ input: { id: 1 }, mocks, expect: expectation })).toBe('passed');
    expect(await run({ mocks: { Charge: { fail: { error: 'Declined', cause: { no: 1 } } }, Tell: { return: {} } }, expect: { caught: { Charge: 'Declined' }, sent: { tell: [{ why: 'Declined' }] }, calls: { Tell: 1 } } })).toBe('passed');
    expect(await run({ mocks: { Charge: { timeOut: true } }, expect: { error: 'States.Timeout' } })).toBe('passed');
  });

  it('says everything that is otherwise', async () => {
    const expectation = { output: { receipt: 'x', more: 1 }, visited: ['Tell'], retried: { Charge: 2 }, assigned: { receipt: 'x' }, calls: { Charge: 3, Tell: 1 }, sent: { tell: ['hello'] }, events: [{ Source: 'shop' }], durationMs: 1 };
    expect(await run({ mocks: { Charge: { return: { receipt: 'r' } } }, expect: expectation })).toEqual([
      'output /receipt: expected "x", got "r"',
      'output /more: expected 1, got nothing',
      'expected the execution to have visited Tell, but it visited Charge → Done',
      'expected the execution to have retried Charge 2 times, but it retried it 0 times',
      'expected the execution to have assigned $receipt = "x", but it was "r"',
      'expected Charge to be called 3 times, but it was called 1 times',
      'expected calls of Tell, but nothing mocks it',
      'expected the cloud to have sent a message to tell that is "hello", but nothing of the kind was sent',
      'expected the cloud to have sent an event that is {"Source":"shop"}, but nothing of the kind was sent',
      'expected it to take 1 ms, but it took 0 ms',
    ]);
    expect(await run({ mocks: { Charge: { fail: { error: 'Other', cause: 'why' } } } })).toEqual(["expected SUCCEEDED, but it FAILED in 'Charge' with Other: why"]);
    expect(await run({ mocks: { Charge: { fail: 'Other' } }, expect: { error: 'Busy' } })).toEqual(['expected the error Busy, but it is Other']);
  });

  it('takes an empty list of messages or events as none', async () => {
    const mocks = { Charge: { fail: 'Declined' }, Tell: { return: {} } };
    expect(await run({ mocks, expect: { sent: { others: [] }, events: [] } })).toBe('passed');
    expect(await run({ mocks, expect: { sent: { tell: [] } } })).toEqual(['expected the cloud not to have sent a message to tell']);
  });

  it('never throws, whatever its cloud is given', async () => {
    const { tests } = readTestFile({ tests: { it: {} } });
    expect(await runFileTest(tests[0]!, { definition, cloud: { startTime: 'noon' } })).toMatchObject({ status: 'failed', faults: [expect.stringContaining('startTime must be ISO 8601')] });
  });

  it('uses a MockConfigFile by its name', async () => {
    const mockConfig = { StateMachines: { Order: { TestCases: { it: { Charge: 'Paid' } } } }, MockedResponses: { Paid: { '0': { Return: { receipt: 'c' } } } } };
    const { tests } = readTestFile({ tests: [{ name: 'it', expect: { output: { receipt: 'c' } } }, { name: 'left out', skip: 'later' }] });
    expect(await runFileTest(tests[0]!, { definition, name: 'Order', mockConfig })).toMatchObject({ status: 'passed' });
    expect(await runFileTest(tests[0]!, { definition, name: 'order', mockConfig })).toMatchObject({ status: 'passed' });
    const several = { ...mockConfig, StateMachines: { ...mockConfig.StateMachines, Other: { TestCases: {} } } };
    expect(await runFileTest(tests[0]!, { definition, name: 'order', mockConfig: several })).toMatchObject({ faults: ["MockConfigError: StateMachines has no 'order'. It has: Order, Other."] });
    expect(await runFileTest(tests[1]!, { definition })).toMatchObject({ status: 'skipped' });
  });

  it.each<[JsonObject, string]>([
    [{ mocks: { Chrage: { return: 1 } } }, "tests.it.mocks.Chrage: The definition has no Task 'Chrage'. Did you mean 'Charge'?"],
    [{ mocks: { 'sqs:sendMesage': { return: 1 } } }, "tests.it.mocks.sqs:sendMesage: The definition has no Task 'sqs:sendMesage'. Did you mean 'sqs:sendMessage'?"],
    [{ mocks: { Done: { return: 1 } } }, "tests.it.mocks.Done: 'Done' is a Succeed state, and mocks answer Tasks."],
    [{ mocks: { 'Orders[0]/Charge': { return: 1 } } }, "tests.it.mocks.Orders[0]/Charge: The definition has no Task 'Orders[0]/Charge'."],
    [{ mocks: { constructor: { return: 1 } } }, "tests.it.mocks.constructor: The definition has no Task 'constructor'."],
    [{ expect: { visited: ['Done', 'done'] } }, "tests.it.expect.visited[1]: The definition has no state 'done'. Did you mean 'Done'?"],
    [{ expect: { notVisited: ['Tel'] } }, "tests.it.expect.notVisited[0]: The definition has no state 'Tel'. Did you mean 'Tell'?"],
    [{ expect: { path: ['Charge', 'Ship'] } }, "tests.it.expect.path[1]: The definition has no state 'Ship'."],
    [{ expect: { retried: { charge: 0 } } }, "tests.it.expect.retried.charge: The definition has no state 'charge'. Did you mean 'Charge'?"],
    [{ expect: { caught: JSON.parse('{"__proto__":"x"}') as JsonObject } }, "tests.it.expect.caught.__proto__: The definition has no state '__proto__'."],
    [{ expect: { assigned: { receit: 1 } } }, "tests.it.expect.assigned.receit: The definition assigns no variable 'receit'. Did you mean 'receipt'?"],
  ])('names only what the definition has: %j', async (test, fault) => {
    expect(await run(test)).toEqual([fault]);
  });

  it('makes the resources it needs, and mocks what they run', async () => {
    const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:123456789012:${name}`;
    const asked = { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: arn('lambda', 'function:ask'), End: true } } };
    const resources = [
      { 'sqs:createQueue': { QueueName: 'tell' } },
      { 'sns:createTopic': { Name: 'told' } },
      { 'sns:subscribe': { TopicArn: arn('sns', 'told'), Protocol: 'sqs', Endpoint: arn('sqs', 'tell') } },
      { 'eventbridge:createEventBus': { Name: 'shop' } },
      { 's3:createBucket': { Bucket: 'orders' } },
      { 's3:putObject': { Bucket: 'orders', Key: 'a', Body: 'one' } },
      { 'sfn:createStateMachine': { name: 'asked', definition: JSON.stringify(asked), roleArn: 'arn:aws:iam::123456789012:role/r' } },
    ];
    const test = { mocks: { Charge: { fail: 'Declined' }, Ask: { return: 1 } }, resources: [{ 'sqs:createQueue': { QueueName: 'others' } }], expect: { sent: { tell: [{ why: 'Declined' }] } } };
    expect(await run(test, { resources })).toBe('passed');
    expect(await run({ ...test, resources: [] })).toEqual([expect.stringContaining("tests.it.mocks.Ask: The definition has no Task 'Ask'.")]);
  });

  it.each<[JsonObject, string]>([
    [{ 'sqs:createQeue': {} }, "tests.it.resources[0].sqs:createQeue: the operation 'createQeue' is not known here. Did you mean createQueue?"],
    [{ 'sqs:constructor': {} }, "tests.it.resources[0].sqs:constructor: the operation 'constructor' is not known here."],
    [{ 'lambda:register': {} }, "tests.it.resources[0].lambda:register: the operation 'register' is not known here."],
    [{ 's3:toString': {} }, "tests.it.resources[0].s3:toString: the operation 'toString' is not known here."],
    [{ 'sqs:createQueue': {} }, 'tests.it.resources[0].sqs:createQueue: '],
    [{ 's3:putObject': { Bucket: 'none', Key: 'a' } }, 'tests.it.resources[0].s3:putObject: NoSuchBucket: '],
    [{ 'sns:subscribe': { TopicArn: 'arn:aws:sns:us-east-1:123456789012:none', Protocol: 'sqs' } }, 'tests.it.resources[0].sns:subscribe: '],
    [{ 'sfn:createStateMachine': { name: 'x', definition: '{', roleArn: 'arn:aws:iam::123456789012:role/r' } }, 'tests.it.resources[0].sfn:createStateMachine: InvalidDefinition'],
  ])('says which resource cannot be made, and why: %j', async (call, fault) => {
    expect(await run({ resources: [call] })).toEqual([expect.stringContaining(fault)]);
  });

  it('says how to make a queue that is missing', async () => {
    expect((await run({ mocks: { Charge: { fail: 'Declined' } } })).slice(1)).toEqual(['What Tasks use has to exist: list what makes it as resources, such as { "sqs:createQueue": { "QueueName": "orders" } }. The account is 123456789012 unless the test says otherwise.']);
  });

  it('points at a mock that returns no Payload where the state reads it', async () => {
    const invoking: JsonObject = { StartAt: 'Charge', States: { Charge: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'charge' }, ResultSelector: { 'receipt.$': '$.Payload.receipt' }, End: true } } };
    const { tests } = readTestFile({ tests: { it: { mocks: { Charge: { return: { receipt: 'r' } } } }, right: { mocks: { Charge: { return: { Payload: { receipt: 'r' } } } } } } });
    expect((await runFileTest(tests[0]!, { definition: invoking })).faults.at(-1)).toBe(
      "'Charge' reads the Payload of what 'arn:aws:states:::lambda:invoke' gives, but the mock of 'Charge' returns {\"receipt\":\"r\"}: return { Payload: … }.",
    );
    expect(await runFileTest(tests[1]!, { definition: invoking })).toMatchObject({ status: 'passed' });
  });

  it('is told of a test case that mocks what is not there, and of the mock that was meant', async () => {
    const mockConfig = { StateMachines: { Order: { TestCases: { it: { Chrage: 'Paid' } } } }, MockedResponses: { Paid: { '0': { Return: {} } } } };
    const { tests } = readTestFile({ tests: { it: {} } });
    const { faults, warnings } = await runFileTest(tests[0]!, { definition, name: 'Order', mockConfig });
    expect(warnings).toEqual(["StateMachines.Order.TestCases.it.Chrage: The definition has no Task 'Chrage'. Did you mean 'Charge'?"]);
    expect(faults).toEqual([
      expect.stringContaining("expected SUCCEEDED, but it FAILED in 'Charge' with Lambda.ResourceNotFoundException") as string,
      expect.stringContaining('A Task without a mock calls its function. Mock it') as string,
      expect.stringContaining('No local function answers for') as string,
      "Task 'Charge' was answered by no mock: that of 'Chrage' was never asked. Did you mean 'Charge'?",
    ]);
  });

  it.each<[unknown, string]>([
    [null, 'The file: must be an object with definition, stateMachine, substitutions, functions, startTime, account ….'],
    [{}, 'tests: must be an object of tests by name, or a list of tests.'],
    [{ tests: {} }, 'tests: there is no test. Write tests: { "name": { "input": {…}, "expect": {…} } }.'],
    [{ tests: [{}] }, 'tests[0]: a test in a list needs a name.'],
    [{ test: {} }, 'test: is not known here. Did you mean tests?'],
    [{ tests: { a: { expects: {} } } }, 'tests.a.expects: is not known here. Did you mean expect?'],
    [{ tests: { a: { expect: { status: 'OK' } } } }, 'tests.a.expect.status: must be one of SUCCEEDED, FAILED, TIMED_OUT, ABORTED, but is "OK".'],
    [{ tests: { a: { expect: { visited: 'A' } } } }, 'tests.a.expect.visited: must be a list of state names, but is "A".'],
    [{ tests: { a: { mocks: [] } } }, 'tests.a.mocks: must be an object: a state, path or resource → what it answers.'],
    [{ tests: { a: { mocks: { A: [] } } } }, 'tests.a.mocks.A: the list is empty; leave the mock out, and the real thing answers.'],
    [{ tests: { a: { mocks: { A: [{}] } } } }, 'tests.a.mocks.A[0]: needs one of return, fail, timeOut, but has none.'],
    [{ tests: { a: { mocks: { A: { return: 1, fail: 'x' } } } } }, 'tests.a.mocks.A: needs one of return, fail, timeOut, but has return and fail.'],
    [{ tests: { a: { mocks: { A: { fail: {} } } } } }, 'tests.a.mocks.A.fail: must be an error name, or { error, cause }.'],
    [{ tests: { a: { mocks: { A: { return: 1, afterMs: -1 } } } } }, 'tests.a.mocks.A.afterMs: must be a number of milliseconds, but is -1.'],
    [{ tests: { a: {} }, resources: { queues: ['orders'] } }, 'resources: must be a list of calls, in order, such as { "sqs:createQueue": { "QueueName": "orders" } }.'],
    [{ tests: { a: {} }, resources: ['orders'] }, 'resources[0]: must be one call, such as { "sqs:createQueue": { "QueueName": "orders" } }.'],
    [{ tests: { a: {} }, resources: [{ 'sqs:createQueue': {}, 'sns:createTopic': {} }] }, 'resources[0]: must be one call, such as { "sqs:createQueue": { "QueueName": "orders" } }.'],
    [{ tests: { a: { resources: [{ 'sqs:createQueue': 'orders' }] } } }, 'tests.a.resources[0].sqs:createQueue: must be an object of parameters, but is "orders".'],
    [{ tests: { a: {} }, resources: [{ 'sqss:createQueue': {} }] }, "resources[0].sqss:createQueue: the service 'sqss' is not known here. Did you mean sqs?"],
    [JSON.parse('{"tests":{"a":{}},"resources":[{"__proto__:x":{}}]}'), "resources[0].__proto__:x: the service '__proto__' is not known here. Known: eventbridge, lambda, pipes, s3, scheduler, schemas, sfn, sns, sqs."],
    [{ tests: { a: {} }, account: 123456789012 }, 'account: must be a text of twelve digits, in quotes in YAML, but is 123456789012.'],
    [{ tests: { a: {} }, account: '1' }, 'account: must be a text of twelve digits, in quotes in YAML, but is "1".'],
    [{ tests: { a: {} }, region: 1 }, 'region: must be a text, but is 1.'],
    [{ tests: { a: {} }, startTime: 'noon' }, 'startTime: must be ISO 8601, as in 2026-01-01T00:00:00Z, but is "noon".'],
    [{ tests: { a: {} }, region: '' }, 'region: must be the name of a region, as in eu-central-1, but is "".'],
    [{ tests: { a: {} }, substitutions: [1] }, 'substitutions: must be an object: a name → its value.'],
    [{ tests: { a: {} }, substitutions: { Arn: null } }, 'substitutions.Arn: must be a text, a number, true or false, but is null.'],
    [{ tests: { a: {} }, seed: 1.5 }, 'seed: must be a whole number from 0, but is 1.5.'],
    [{ tests: { a: { expect: { visited: [] } } } }, 'tests.a.expect.visited: must be a list of state names, but is [].'],
    [{ tests: { a: { expect: { retried: {} } } } }, 'tests.a.expect.retried: must be an object with a member at least, but is {}.'],
    [{ tests: { a: { expect: { retried: { A: 'x' } } } } }, 'tests.a.expect.retried.A: must be a number of retries, but is "x".'],
    [{ tests: { a: { expect: { caught: { A: 3 } } } } }, 'tests.a.expect.caught.A: must be the name of an error, but is 3.'],
    [{ tests: { a: { expect: { calls: { A: 'x' } } } } }, 'tests.a.expect.calls.A: must be a number of calls, or a list of their arguments, but is "x".'],
    [{ tests: { a: { expect: { sent: { q: 'hello' } } } } }, 'tests.a.expect.sent.q: must be a list of bodies, but is "hello".'],
    [{ tests: { a: { expect: { durationMs: -1 } } } }, 'tests.a.expect.durationMs: must be a number of milliseconds, but is -1.'],
    [{ tests: { a: {} }, seed: 'x' }, 'seed: must be a whole number from 0, but is "x".'],
    [JSON.parse('{"tests":{"__proto__":{"expect":{"error":3}}}}'), 'tests.__proto__.expect.error: must be a text, but is 3.'],
  ])('is refused with the place and the fix: %j', (content, message) => {
    expect(() => readTestFile(content)).toThrow(expect.objectContaining({ name: 'TestFileError', message }));
  });
});

it('tells where values differ, and no end of it', () => {
  expect(differences([1, { a: 2 }], [1, { a: 3, b: 4 }])).toEqual(['/1/a: expected 2, got 3', '/1/b: not expected, got 4']);
  expect(differences([1], [1, 2])).toEqual(['expected [1], got [1,2]']);
  expect(differences({ a: {} }, { a: { b: 1 } }, true)).toEqual([]);
  expect(differences(Object.fromEntries(Array.from({ length: 30 }, (_none, index) => [index, 1])), {})).toHaveLength(21);
});
