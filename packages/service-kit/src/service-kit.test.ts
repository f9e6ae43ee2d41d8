import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@interstate/kernel';
import {
  camelName,
  createServiceError,
  decodePageToken,
  encodePageToken,
  isServiceError,
  optimizedCause,
  parameterFault,
  pascalName,
  sdkCause,
  sdkMetadata,
  serviceFailure,
  ServiceError,
} from './index.ts';

const table = {
  QueueDoesNotExist: { message: "The queue '{name}' does not exist.", status: 400, docs: 'https://docs.aws.amazon.com/' },
  ThrottlingException: { message: 'Rate exceeded', status: 400, retryable: true, docs: 'https://docs.aws.amazon.com/' },
  InternalFailure: { message: 'Internal failure', status: 500, docs: 'https://docs.aws.amazon.com/' },
};

describe('service errors', () => {
  it('have the shape of AWS SDK errors', () => {
    const error = createServiceError(table, 'QueueDoesNotExist', { name: 'orders' }, { requestId: 'r1' });
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toMatchObject({ name: 'QueueDoesNotExist', $fault: 'client', $metadata: { httpStatusCode: 400, requestId: 'r1' } });
    expect(error.message).toBe("The queue 'orders' does not exist.");
    expect(String(error)).toBe("QueueDoesNotExist: The queue 'orders' does not exist.");
    expect(createServiceError(table, 'InternalFailure').$fault).toBe('server');
    expect(createServiceError(table, 'ThrottlingException').$retryable).toEqual({ throttling: true });
    expect(serviceFailure(table, 'QueueDoesNotExist', { name: '$&' })).toEqual({
      Error: 'QueueDoesNotExist',
      Cause: "The queue '$&' does not exist.",
    });
  });

  it('are recognised by tag, across copies of the package', () => {
    expect(isServiceError(new ServiceError('A', 'b'))).toBe(true);
    expect(isServiceError({ [Symbol.for('@interstate/service-kit/service-error')]: true })).toBe(true);
    for (const value of [null, undefined, 'x', new Error('x'), {}]) expect(isServiceError(value)).toBe(false);
  });

  it('fill templates with own values only', () => {
    const odd = { X: { message: '{constructor} {missing}', status: 400, docs: '' } };
    expect(serviceFailure(odd, 'X').Cause).toBe('{constructor} {missing}');
  });
});

describe('causes', () => {
  it('are worded as Step Functions words them', () => {
    const call = { message: 'Requested resource not found', status: 400, requestId: 'R' };
    expect(optimizedCause('AmazonDynamoDBv2', 'ResourceNotFoundException', call)).toBe(
      'Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: R; Proxy: null)',
    );
    expect(sdkCause('S3', { ...call, extendedRequestId: 'E' })).toBe(
      'Requested resource not found (Service: S3, Status Code: 400, Request ID: R, Extended Request ID: E) (SDK Attempt Count: 1)',
    );
  });
});

describe('page tokens', () => {
  it('give back the position they hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (position, scope) => {
        const token = encodePageToken(scope, position as Json);
        expect(token).toMatch(/^[\w-]+$/);
        expect(decodePageToken(scope, token)).toEqual(JSON.parse(JSON.stringify(position)));
      }),
    );
  });

  it('are refused when damaged, made up, or made for something else', () => {
    const token = encodePageToken('ListQueues', 12);
    expect(decodePageToken('ListTopics', token)).toBeUndefined();
    for (const bad of ['', 'x', 'Invalid token', `${token}A`, token.slice(1), token.toUpperCase(), '__proto__']) {
      expect(decodePageToken('ListQueues', bad)).toBeUndefined();
    }
  });
});

describe('result metadata', () => {
  it('keeps header order in one form and sorts the other', () => {
    const metadata = sdkMetadata({ status: 200, requestId: 'R', headers: { Server: 'S', 'x-amzn-RequestId': 'R', Date: 'D' } });
    expect(JSON.stringify(metadata)).toBe(
      '{"SdkHttpMetadata":{"AllHttpHeaders":{"Server":["S"],"x-amzn-RequestId":["R"],"Date":["D"]},' +
        '"HttpHeaders":{"Date":"D","Server":"S","x-amzn-RequestId":"R"},"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":"R"}}',
    );
  });
});

describe('names', () => {
  it('change the case of the first letter only', () => {
    expect([pascalName('executionArn'), pascalName('ARN'), pascalName('_x'), pascalName('')]).toEqual(['ExecutionArn', 'ARN', '_x', '']);
    expect([camelName('ExecutionArn'), camelName('md5'), camelName('')]).toEqual(['executionArn', 'md5', '']);
  });
});

it('is plain ECMAScript', () => {
  const folder = new URL('.', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    expect(source, file).not.toMatch(/node:|\bBuffer\b|\bTextEncoder\b|structuredClone|Date\.now|Math\.random|\bprocess\b|setTimeout|\basync\b|\beval\(|new Function/);
  }
});

describe('parameter faults', () => {
  it('print the parameters, unless nobody can', () => {
    expect(parameterFault({ a: 1 }, ['x', 'y'])).toEqual({ Error: 'States.Runtime', Cause: `The Parameters '{"a":1}' could not be used to start the Task: [x, y]` });
    let deep: Json = null;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(parameterFault(deep, ['x']).Cause).toBe("The Parameters '…' could not be used to start the Task: [x]");
  });
});
