import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorPrefix, exceptionName, memberName, taskServiceName } from './service-name.ts';

const services = JSON.parse(readFileSync(new URL('../cases/service-names.json', import.meta.url), 'utf8')) as readonly { serviceId: string; name: string; prefix: string }[];

describe('names', () => {
  for (const { serviceId, name, prefix } of services) {
    it(`of ${serviceId}`, () => {
      expect([taskServiceName(serviceId), errorPrefix(serviceId)]).toEqual([name, prefix]);
    });
  }

  it('of exceptions end with Exception', () => {
    const names = ['ResourceNotFoundException', 'QueueDoesNotExist', 'NoSuchKey', 'DBInstanceNotFoundFault', 'InternalServerError', 'KMSAccessDeniedException'];
    expect(names.map(exceptionName)).toEqual([
      'ResourceNotFoundException', 'QueueDoesNotExistException', 'NoSuchKeyException', 'DbInstanceNotFoundException', 'InternalServerErrorException', 'KmsAccessDeniedException',
    ]);
  });

  it('of members begin with one capital', () => {
    const members = ['executionArn', 'ETag', 'ChecksumCRC32', 'DBInstanceIdentifier', 'SSEKMSKeyId', 'ARN', 'EC2InstanceId', 'acceptRanges', 'x', 'VPCId'];
    expect(members.map(memberName)).toEqual(['ExecutionArn', 'ETag', 'ChecksumCRC32', 'DbInstanceIdentifier', 'SsekmsKeyId', 'Arn', 'Ec2InstanceId', 'AcceptRanges', 'X', 'VpcId']);
  });

  it('of anything are texts, in bounded time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const name of [taskServiceName(text), errorPrefix(text), exceptionName(text), memberName(text)]) expect(typeof name).toBe('string');
      }),
    );
    expect(memberName('A'.repeat(100_000)).length).toBe(100_000);
    expect(exceptionName('aA1'.repeat(20_000)).length).toBeGreaterThan(20_000);
  });
});
