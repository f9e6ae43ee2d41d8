import { SFN } from '@aws-sdk/client-sfn';
import { aws } from '@interstate/aws';
import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

const roleArn = 'arn:aws:iam::123456789012:role/r';

describe('TestState of a cloud', () => {
  it('asks local functions', async () => {
    const cloud = createCloud({ functions: { double: (n: number) => n * 2 } });
    const definition = JSON.stringify({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'double', 'Payload.$': '$' }, OutputPath: '$.Payload', End: true });
    expect(await cloud.sfn.testState({ definition, roleArn, input: '21' })).toMatchObject({ status: 'SUCCEEDED', output: '42' });
  });

  it('holds mocked results against what the clients of its adapters describe', async () => {
    const client = new SFN({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
    // Under a name that only the client explains.
    const cloud = createCloud({ adapters: [aws({ mystates: client })] });
    const definition = JSON.stringify({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:mystates:startExecution', Parameters: {}, End: true });
    const test = (result: string) => cloud.sfn.testState({ definition, mock: { result } });
    await expect(test('{}')).rejects.toThrow("Mock result schema validation error: Required field 'ExecutionArn' is missing");
    await expect(test('{"ExecutionArn":"a","StartDate":1}')).rejects.toThrow("Mock result schema validation error: Field 'StartDate' must be a string");
    expect(await test('{"ExecutionArn":"a","StartDate":"s"}')).toMatchObject({ status: 'SUCCEEDED' });
  });
});
