import * as sdk from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import type { Lambda } from '@interstate/lambda';
import { createCloud, type Cloud } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? { readonly input: Input; readonly output: NonNullable<Output> } : never;
type Offered = keyof Lambda;
// What is offered takes what the SDK's commands take for it, and gives what they give.
type Ours<K extends Offered> = Lambda[K] extends (input: infer Input) => Promise<infer Output> ? { readonly input: Input; readonly output: Output } : never;
type Names = Offered extends keyof sdk.Lambda ? true : never;
type InputsFit = { [K in Offered]: Ours<K>['input'] extends SdkMethod<sdk.Lambda[K]>['input'] ? true : never };
type OutputsFit = { [K in Offered]: Ours<K>['output'] extends SdkMethod<sdk.Lambda[K]>['output'] ? true : never };
const named: Names = true;
const inputsFit = <K extends Offered>(fit: InputsFit[K]): InputsFit[K] => fit;
const outputsFit = <K extends Offered>(fit: OutputsFit[K]): OutputsFit[K] => fit;

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function attached(): { readonly cloud: Cloud; readonly lambda: sdk.Lambda } {
  const cloud = createCloud({ clock: 'virtual', startTime: '2026-01-01T00:00:00.123Z', seed: 1, warn: () => {} });
  clouds.push(cloud);
  cloud.lambda.register('f', (event: { fail?: boolean }) => {
    if (event.fail) throw new RangeError('no');
    return { got: event };
  });
  return { cloud, lambda: cloud.attach(new sdk.Lambda({})) };
}

describe('cloud.lambda', () => {
  it('has the types of the SDK for what it offers', () => {
    expect([named, inputsFit<Offered>(true), outputsFit<Offered>(true)]).toEqual([true, true, true]);
  });
});

describe('an attached Lambda client', () => {
  it('invokes functions', async () => {
    const { lambda } = attached();
    const Payload = new TextEncoder().encode('{"é":1}');
    const answer = await lambda.invoke({ FunctionName: 'f', Payload, LogType: 'Tail' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', $metadata: { httpStatusCode: 200 } });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('{"got":{"é":1}}');
    expect(atob(answer.LogResult!)).toMatch(/^START RequestId: /);
    const failed = await lambda.invoke({ FunctionName: FUNCTION, Qualifier: 'PROD', Payload: new TextEncoder().encode('{"fail":true}') });
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(failed.Payload!.transformToString())).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
    expect(await lambda.invoke({ FunctionName: 'f', InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
    expect(await lambda.invoke({ FunctionName: 'f', InvocationType: 'Event', Payload })).toMatchObject({ StatusCode: 202 });
  });

  it('gives the same answers as cloud.lambda', async () => {
    const { cloud, lambda } = attached();
    const input = { FunctionName: 'f', Payload: new TextEncoder().encode('[1]') };
    const [own, attachedAnswer] = [await cloud.lambda.invoke(input), await lambda.invoke(input)];
    expect(own.Payload?.transformToString()).toBe(attachedAnswer.Payload?.transformToString());
    expect(own.StatusCode).toBe(attachedAnswer.StatusCode);
  });

  it('runs every operation that is offered', async () => {
    const { cloud, lambda } = attached();
    await cloud.sqs.createQueue({ QueueName: 'q' });
    const created = await lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f', BatchSize: 5, ScalingConfig: { MaximumConcurrency: 7 }, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const { UUID } = created;
    expect(created).toMatchObject({ State: 'Creating', BatchSize: 5, FunctionArn: FUNCTION, EventSourceArn: QUEUE, LastModified: new Date('2026-01-01T00:00:00.123Z'), ScalingConfig: { MaximumConcurrency: 7 } });
    expect(await lambda.getEventSourceMapping({ UUID })).toMatchObject({ State: 'Enabled', FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(await lambda.updateEventSourceMapping({ UUID, Enabled: false, ScalingConfig: {} })).toMatchObject({ State: 'Disabling' });
    const disabled = await lambda.getEventSourceMapping({ UUID });
    expect([disabled.State, disabled.ScalingConfig]).toEqual(['Disabled', undefined]);
    expect((await lambda.listEventSourceMappings({ FunctionName: 'f' })).EventSourceMappings).toHaveLength(1);
    expect((await lambda.listEventSourceMappings({ FunctionName: 'g' })).EventSourceMappings).toHaveLength(0);
    expect(await lambda.deleteEventSourceMapping({ UUID })).toMatchObject({ State: 'Deleting' });
    await expect(lambda.getEventSourceMapping({ UUID })).rejects.toBeInstanceOf(sdk.ResourceNotFoundException);
    const config = { FunctionName: 'f', MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: QUEUE } } };
    expect(await lambda.putFunctionEventInvokeConfig(config)).toMatchObject({ FunctionArn: `${FUNCTION}:$LATEST`, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: QUEUE }, OnSuccess: {} } });
    expect(await lambda.updateFunctionEventInvokeConfig({ FunctionName: 'f', MaximumEventAgeInSeconds: 60 })).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
    expect(await lambda.getFunctionEventInvokeConfig({ FunctionName: 'f' })).toMatchObject({ LastModified: new Date('2026-01-01T00:00:00.123Z'), MaximumEventAgeInSeconds: 60 });
    await lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', Qualifier: 'PROD', MaximumRetryAttempts: 1 });
    const names: (string | undefined)[] = [];
    for await (const { FunctionEventInvokeConfigs = [] } of sdk.paginateListFunctionEventInvokeConfigs({ client: lambda, pageSize: 1 }, { FunctionName: 'f' })) names.push(...FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn));
    expect(names).toEqual([`${FUNCTION}:$LATEST`, `${FUNCTION}:PROD`]);
    await lambda.deleteFunctionEventInvokeConfig({ FunctionName: 'f' });
    await expect(lambda.getFunctionEventInvokeConfig({ FunctionName: 'f' })).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `The function ${FUNCTION}:$LATEST doesn't have an EventInvokeConfig` });
  });

  const refused: readonly [string, (lambda: sdk.Lambda) => Promise<unknown>, string, string][] = [
    ['a function nobody has registered', (lambda) => lambda.invoke({ FunctionName: 'g' }), 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:g:$LATEST'],
    ['a payload that is no JSON', (lambda) => lambda.invoke({ FunctionName: 'f', Payload: new Uint8Array([123]) }), 'InvalidRequestContentException', 'Could not parse request body'],
    ['an event that is too large', (lambda) => lambda.invoke({ FunctionName: 'f', InvocationType: 'Event', Payload: new TextEncoder().encode(`"${'x'.repeat(1_048_576)}"`) }), 'RequestTooLargeException', 'limit 1048576 bytes'],
    ['an operation that is not offered', (lambda) => lambda.listFunctions({}), 'UnknownOperationException', "The operation 'ListFunctions' is not offered here."],
    ['a mapping of an unknown function', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'g' }), 'InvalidParameterValueException', 'Function does not exist'],
    ['a mapping of nothing', (lambda) => lambda.createEventSourceMapping({ FunctionName: 'f' }), 'InvalidParameterValueException', 'Unrecognized event source.'],
    ['a mapping of a queue that is not there', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f' }), 'InvalidParameterValueException', 'AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.'],
    ['a large batch without a window', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f', BatchSize: 11 }), 'InvalidParameterValueException', 'Maximum batch window in seconds must be greater than 0'],
    ['a window for a FIFO queue', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: `${QUEUE}.fifo`, FunctionName: 'f', MaximumBatchingWindowInSeconds: 1 }), 'InvalidParameterValueException', 'not supported for FIFO queues'],
    ['a large batch of a FIFO queue', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: `${QUEUE}.fifo`, FunctionName: 'f', BatchSize: 11 }), 'InvalidParameterValueException', 'between 1 and 10'],
    ['a concurrency of one', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f', ScalingConfig: { MaximumConcurrency: 1 } }), 'ValidationException', 'Member must have value greater than or equal to 2'],
    ['a pattern that is none', (lambda) => lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f', FilterCriteria: { Filters: [{ Pattern: '{' }] } }), 'InvalidParameterValueException', 'Invalid filter pattern definition.'],
    ['a mapping that is not there', (lambda) => lambda.updateEventSourceMapping({ UUID: 'x' }), 'ResourceNotFoundException', 'The resource you requested does not exist.'],
    ['settings that say nothing', (lambda) => lambda.putFunctionEventInvokeConfig({ FunctionName: 'f' }), 'InvalidParameterValueException', 'You must specify at least one of error handling or destination setting.'],
    ['settings of an unknown function', (lambda) => lambda.putFunctionEventInvokeConfig({ FunctionName: 'g', MaximumRetryAttempts: 1 }), 'ResourceNotFoundException', 'Function not found'],
    ['a destination that takes none', (lambda) => lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnSuccess: { Destination: 'arn:aws:s3:::b' } } }), 'InvalidParameterValueException', 'The destination ARN arn:aws:s3:::b is invalid.'],
    ['itself as destination', (lambda) => lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnSuccess: { Destination: FUNCTION } } }), 'InvalidParameterValueException', "can't specify the function as a destination for itself"],
    ['a marker that is none', (lambda) => lambda.listEventSourceMappings({ Marker: 'x' }), 'InvalidParameterValueException', 'The Marker is not valid.'],
    ['too many retries', (lambda) => lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 3 }), 'ValidationException', 'less than or equal to 2'],
  ];
  for (const [description, call, name, message] of refused) {
    it(`refuses ${description}`, async () => {
      const { lambda } = attached();
      await expect(call(lambda)).rejects.toMatchObject({ name, message: expect.stringContaining(message) as string });
    });
  }

  it('knows one mapping of a queue to a function', async () => {
    const { cloud, lambda } = attached();
    await cloud.sqs.createQueue({ QueueName: 'q' });
    const { UUID } = await lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f' });
    const again = lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: FUNCTION });
    await expect(again).rejects.toBeInstanceOf(sdk.ResourceConflictException);
    await expect(again).rejects.toThrow(`An event source mapping with SQS arn (" ${QUEUE} ") and function (" f ") already exists. Please update or delete the existing mapping with UUID ${UUID}`);
  });
});
