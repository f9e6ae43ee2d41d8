import * as sfnCommands from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Json } from '@interstate/kernel';
import { aws } from './index.ts';
import { callTask, offlineSfn, offlineSfnClient, offlineSqs, type Answer, type Sent } from '../test/offline-clients.ts';

const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:m';
const started: Answer = { body: { executionArn: 'arn:e', startDate: 1767225600 } };

describe('aws-sdk: Tasks', () => {
  it('take and show PascalCase, whatever the service uses; times are ISO 8601', async () => {
    const sent: Sent[] = [];
    const adapter = aws([offlineSfn((request) => (sent.push(request), started))]);
    const outcome = await callTask(adapter, 'aws-sdk:sfn:startExecution', { StateMachineArn: MACHINE, Name: 'n', Input: { a: [1] }, TraceHeader: null });
    expect(outcome).toEqual({ ok: true, value: { ExecutionArn: 'arn:e', StartDate: '2026-01-01T00:00:00Z' } });
    expect(sent).toEqual([{ action: 'StartExecution', body: { stateMachineArn: MACHINE, name: 'n', input: '{"a":[1]}' } }]);
  });

  it('work the same with a bare client and its commands', async () => {
    const adapter = aws([{ client: offlineSfnClient(() => started), commands: sfnCommands }]);
    expect(await callTask(adapter, 'aws-sdk:sfn:startExecution', { StateMachineArn: MACHINE })).toMatchObject({ ok: true, value: { ExecutionArn: 'arn:e' } });
    expect(await callTask(adapter, 'aws-sdk:sfn:startExecutoin', {})).toMatchObject({ ok: false, error: { Cause: expect.stringContaining('Did you mean "startExecution"?') } });
  });

  it('answer every action of a client, call it again and again', async () => {
    const adapter = aws([offlineSfn(({ action }) => ({ body: action === 'ListExecutions' ? { executions: [{ executionArn: 'a', startDate: 0.5, redriveCount: 0 }] } : {} }))]);
    for (let round = 0; round < 2; round++) {
      expect(await callTask(adapter, 'aws-sdk:sfn:listExecutions', { StateMachineArn: MACHINE, MaxResults: 5 })).toEqual({
        ok: true,
        value: { Executions: [{ ExecutionArn: 'a', RedriveCount: 0, StartDate: '1970-01-01T00:00:00.500Z' }] },
      });
    }
    expect(await callTask(adapter, 'aws-sdk:sfn:sendTaskHeartbeat.waitForTaskToken', { TaskToken: 't' })).toEqual({ ok: true, value: {} });
  });

  it('leave the keys of maps alone, and change those of structures inside', async () => {
    const sent: Sent[] = [];
    const adapter = aws([
      offlineSqs((request) => {
        sent.push(request);
        return { body: request.action === 'ReceiveMessage' ? { Messages: [{ MessageId: 'm', Body: 'b', MessageAttributes: { myKey: { DataType: 'Binary', BinaryValue: 'AP8=' }, other: { DataType: 'Binary', BinaryValue: 'aGk=' } } }] } : { MessageId: 'm', MD5OfMessageBody: 'x' } };
      }),
    ]);
    await callTask(adapter, 'aws-sdk:sqs:sendMessage', {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111111111111/q', MessageBody: { order: 1 }, DelaySeconds: 3,
      MessageAttributes: { myKey: { DataType: 'Binary', BinaryValue: 'hi' }, __proto__x: { DataType: 'String', StringValue: 's' } },
    });
    expect(sent[0]?.body).toMatchObject({ MessageBody: '{"order":1}', DelaySeconds: 3, MessageAttributes: { myKey: { DataType: 'Binary', BinaryValue: 'aGk=' }, __proto__x: { StringValue: 's' } } });
    const received = await callTask(adapter, 'aws-sdk:sqs:receiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111111111111/q' });
    expect(received).toMatchObject({ ok: true, value: { Messages: [{ MessageAttributes: { myKey: { BinaryValue: 'AP8=' }, other: { BinaryValue: 'hi' } } }] } });
  });

  it('change no prototype, whatever keys a map or an answer has', async () => {
    const body = JSON.parse('{"Messages":[{"Attributes":{"__proto__":"x","constructor":"y"}}]}') as Json;
    const adapter = aws([offlineSqs(({ action }) => ({ body: action === 'ReceiveMessage' ? body : {} }))]);
    const attributes = JSON.parse('{"__proto__":{"DataType":"String","StringValue":"polluted"},"constructor":{"DataType":"String","StringValue":"s"}}') as Json;
    await callTask(adapter, 'aws-sdk:sqs:sendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q', MessageBody: 'b', MessageAttributes: attributes });
    await callTask(adapter, 'aws-sdk:sqs:receiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q' });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['StringValue']).toBeUndefined();
    const mock = aws({ s3: { getObject: async () => JSON.parse('{"Metadata":{"__proto__":{"x":1}}}') as object } });
    expect(JSON.stringify(await callTask(mock, 'aws-sdk:s3:getObject', {}))).toBe('{"ok":true,"value":{"Metadata":{"__proto__":{"x":1}}}}');
  });

  it('name errors by service and exception, described or not', async () => {
    const failing = (type: string, message: string, status = 400) =>
      aws([offlineSfn(() => ({ status, headers: { 'x-amzn-errortype': type }, body: { __type: `com.amazonaws.swf.service.v2.model#${type}`, message } }))]);
    const cause = (message: string, status = 400): string => `${message} (Service: Sfn, Status Code: ${status}, Request ID: 11111111-2222-4333-8444-555555555555) (SDK Attempt Count: 1)`;
    expect(await callTask(failing('InvalidToken', "Invalid Token: 'Invalid token'"), 'aws-sdk:sfn:sendTaskSuccess', { TaskToken: 't', Output: '{}' })).toEqual({
      ok: false,
      error: { Error: 'Sfn.InvalidTokenException', Cause: cause("Invalid Token: 'Invalid token'") },
    });
    expect(await callTask(failing('SomethingNobodyKnows', 'odd'), 'aws-sdk:sfn:listStateMachines', {})).toMatchObject({ error: { Error: 'Sfn.SfnException', Cause: cause('odd') } });
    expect(await callTask(failing('InternalServerError', 'oops', 500), 'aws-sdk:sfn:listStateMachines', {})).toMatchObject({ error: { Error: 'Sfn.SfnException', Cause: cause('oops', 500) } });
  });

  it('name failures before the service as the SDK client’s', async () => {
    const adapter = aws([offlineSfn(() => { throw Object.assign(new Error('getaddrinfo ENOTFOUND nowhere.test'), { code: 'ENOTFOUND', hostname: 'nowhere.test' }); })]);
    expect(await callTask(adapter, 'aws-sdk:sfn:listStateMachines', {})).toEqual({
      ok: false,
      error: { Error: 'Sfn.SdkClientException', Cause: 'Unable to execute HTTP request: nowhere.test: Name or service not known' },
    });
  });

  const faults: readonly [string, Json, string][] = [
    ['a field that is none', { StateMachineArn: MACHINE, Nonsense: 1 }, "The field 'Nonsense' is not supported by Step Functions"],
    ['a number for a string', { StateMachineArn: 7 }, "The value for the field 'StateMachineArn' must be a STRING"],
    ['a field of the prototype', { constructor: 'x' }, "The field 'constructor' is not supported by Step Functions"],
  ];
  for (const [description, parameters, text] of faults) {
    it(`refuse ${description}`, async () => {
      const adapter = aws([offlineSfn(() => { throw new Error('unreachable'); })]);
      expect(await callTask(adapter, 'aws-sdk:sfn:startExecution', parameters)).toEqual({
        ok: false,
        error: { Error: 'States.Runtime', Cause: `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${text}]` },
      });
    });
  }

  it('refuse input nested without end', async () => {
    let deep: Json = 'x';
    for (let depth = 0; depth < 50_000; depth++) deep = { deep };
    expect(await callTask(aws([offlineSfn(() => started)]), 'aws-sdk:sfn:startExecution', { StateMachineArn: MACHINE, Input: deep })).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
  });

  it('give any JSON an answer, and send nothing that was not asked for', async () => {
    const adapter = aws([offlineSfn(() => started)]);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const outcome = await callTask(adapter, 'aws-sdk:sfn:startExecution', value as Json);
        expect(typeof outcome.ok).toBe('boolean');
      }),
      { numRuns: 50 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('clients that describe nothing of themselves', () => {
  it('are called as they are: mocks, models', async () => {
    const getItem = vi.fn(async (_input: object) => ({ Item: { id: { S: '1' } }, $metadata: {} }));
    const adapter = aws({ dynamodb: { getItem } });
    expect(await callTask(adapter, 'aws-sdk:dynamodb:getItem', { TableName: 't', Key: { id: { S: '1' } } })).toEqual({ ok: true, value: { Item: { id: { S: '1' } } } });
    expect(getItem).toHaveBeenCalledTimes(1);
    expect(getItem.mock.calls[0]?.[0]).toEqual({ TableName: 't', Key: { id: { S: '1' } } });
  });

  it('may spell members in camelCase', async () => {
    const runTask = vi.fn(async (_input: object) => ({ tasks: [{ taskArn: 'a', tags: { keepMe: 1 } }] }));
    const adapter = aws({ ecs: { runTask } }, { casing: { ecs: 'camelCase' } });
    expect(await callTask(adapter, 'aws-sdk:ecs:runTask', { Cluster: 'c', Overrides: { ContainerOverrides: [{ Name: 'n' }] }, Tags: { KeepMe: 1 } })).toEqual({ ok: true, value: { Tasks: [{ Tags: { keepMe: 1 }, TaskArn: 'a' }] } });
    expect(runTask.mock.calls[0]?.[0]).toEqual({ cluster: 'c', overrides: { containerOverrides: [{ name: 'n' }] }, tags: { KeepMe: 1 } });
  });

  it('show streams, bytes, big numbers, times and odd values as JSON', async () => {
    const body = { transformToByteArray: async () => new TextEncoder().encode('text data') };
    const adapter = aws({ s3: { getObject: async () => ({ Body: body, ETag: 'e', SSEKMSKeyId: 'k', LastModified: new Date(0), Size: 2n ** 70n, Count: 5n, Odd: Number.NaN, Fn: () => 1, Raw: new Uint8Array([255]), Gone: undefined, Bad: new Date(Number.NaN) }) } }, { casing: { s3: 'camelCase' } });
    expect(await callTask(adapter, 'aws-sdk:s3:getObject', {})).toEqual({
      ok: true,
      value: { Bad: null, Body: 'text data', Count: 5, ETag: 'e', LastModified: '1970-01-01T00:00:00Z', Odd: 'NaN', Raw: '/w==', Size: '1180591620717411303424', SsekmsKeyId: 'k' },
    });
  });

  it('have no action of the prototype', async () => {
    const adapter = aws({ s3: { getObject: async () => ({}) } });
    for (const action of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'putObject']) {
      expect(await callTask(adapter, `aws-sdk:s3:${action}`, {})).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
    }
  });
});

describe('aws()', () => {
  it('refuses what is no client', () => {
    expect(() => aws([{}])).toThrow('give clients by name');
    expect(() => aws([null as unknown as object])).toThrow(TypeError);
    expect(() => aws({ sqs: undefined as unknown as object })).toThrow('for "sqs"');
  });

  it('binds the services it has clients for, and no others', () => {
    const resources = aws([offlineSqs(() => ({ body: {} }))]).tasks?.map(({ resource }) => resource);
    expect(resources).toEqual(['aws-sdk:sqs:*', 'arn:*:scheduler:::aws-sdk:sqs:*', 'sqs:sendMessage']);
    const alone = aws([offlineSfn(() => ({ body: {} }))], { optimized: false }).tasks;
    expect(alone?.map(({ resource }) => resource)).toEqual(['aws-sdk:sfn:*', 'arn:*:scheduler:::aws-sdk:sfn:*']);
  });
});
