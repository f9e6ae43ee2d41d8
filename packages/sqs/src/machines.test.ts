import { readdirSync, readFileSync } from 'node:fs';
import type { Json } from '@interstate/kernel';
import { checkMachineContract } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { runCase, type Case } from '../test/run-case.ts';
import { Service } from '../test/service.ts';

const URL_OF = 'https://sqs.us-east-1.amazonaws.com/123456789012/';
const ARN_OF = 'arn:aws:sqs:us-east-1:123456789012:';
const FOLDER = new URL('../cases/', import.meta.url);
const files = readdirSync(FOLDER);

describe('the contract of machines', () => {
  it.each(files)('holds for directory and queues in every case of %s', (file) => {
    for (const one of JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly Case[]) {
      const { service } = runCase(one, true);
      for (const { machine, script } of service.tenants.values()) {
        const fresh = (): typeof machine => service.machines().find(({ kind }) => kind === machine.kind)!;
        checkMachineContract({ machine: fresh, script, crypto: nodeCrypto });
      }
    }
  });
});

/** The text of all records of a queue, and what each step since the last look has changed. */
function recordsOf(service: Service, queue: string): string {
  const { machine, state } = service.tenants.get(ARN_OF + queue)!;
  return JSON.stringify([...machine.records(state)]);
}

describe('what leaves memory', () => {
  const secret = { QueueUrl: `${URL_OF}q`, MessageBody: 'four score', MessageAttributes: { mood: { DataType: 'String', StringValue: 'seven years' } } };
  const attributesOf: readonly (readonly [string, Record<string, string>])[] = [
    ['by default', {}],
    ['with a KMS key', { KmsMasterKeyId: 'alias/k' }],
  ];

  it.each(attributesOf)('is cipher text %s, and is read again', (_name, Attributes) => {
    const service = new Service({ crypto: nodeCrypto });
    service.ask('CreateQueue', { QueueName: 'q', Attributes });
    const changes: string[] = [];
    const tenant = service.tenants.get(`${ARN_OF}q`)!;
    service.ask('SendMessage', secret);
    changes.push(JSON.stringify(tenant.machine.changes(tenant.state)));
    const saved = recordsOf(service, 'q');
    service.ask('ReceiveMessage', { QueueUrl: `${URL_OF}q`, VisibilityTimeout: 0 });
    changes.push(JSON.stringify(tenant.machine.changes(tenant.state)));
    for (const text of [saved, recordsOf(service, 'q'), ...changes]) {
      for (const word of ['four score', 'seven years', nodeCrypto.hash('MD5', 'four score')]) expect(text).not.toContain(word);
    }
    // Sent anew, it is the same cipher text: nothing is drawn.
    expect(recordsOf(service, 'q')).toContain(/"sealed":"([^"]+)"/.exec(saved)![1]);
    const state = tenant.machine.load(new Map(JSON.parse(saved) as [string, Json][]));
    expect(JSON.stringify([...tenant.machine.records(state)])).not.toContain('four score');
    const call = { type: 'call', replyTo: { address: 'a', callId: '1' }, request: { action: 'ReceiveMessage', input: { QueueUrl: `${URL_OF}q`, MessageAttributeNames: ['All'] } } } as const;
    const { effects } = tenant.machine.step(state, call, { now: service.now, crypto: nodeCrypto });
    expect(effects[0]).toMatchObject({ outcome: { value: { Messages: [{ Body: 'four score', MessageAttributes: secret.MessageAttributes }] } } });
  });

  it('is plain where encryption is off', () => {
    const service = new Service({ crypto: nodeCrypto });
    service.ask('CreateQueue', { QueueName: 'q', Attributes: { SqsManagedSseEnabled: 'false' } });
    service.ask('SendMessage', secret);
    expect(recordsOf(service, 'q')).toContain('four score');
  });

  it('is not read where KMS says no, and tells so', () => {
    const service = new Service({ crypto: nodeCrypto });
    service.ask('CreateQueue', { QueueName: 'q', Attributes: { KmsMasterKeyId: 'alias/k' } });
    service.ask('SendMessage', secret);
    const tenant = service.tenants.get(`${ARN_OF}q`)!;
    const state = tenant.machine.load(new Map(JSON.parse(recordsOf(service, 'q')) as [string, Json][]));
    service.kms.setKeyState('alias/k', 'Disabled');
    const call = { type: 'call', replyTo: { address: 'a', callId: '1' }, request: { action: 'ReceiveMessage', input: { QueueUrl: `${URL_OF}q` } } } as const;
    expect(tenant.machine.step(state, call, { now: service.now, crypto: nodeCrypto }).effects[0]).toMatchObject({ outcome: { ok: false, error: { Error: 'KmsDisabled' } } });
  });
});

describe('bytes per step', () => {
  it.each(['q', 'q.fifo'])('do not grow with the messages of %s', (name) => {
    const most = (messages: number): number => {
      const service = new Service({ crypto: nodeCrypto });
      service.ask('CreateQueue', { QueueName: name, ...(name.endsWith('.fifo') && { Attributes: { FifoQueue: 'true' } }) });
      const { machine, state } = service.tenants.get(ARN_OF + name)!;
      const QueueUrl = URL_OF + name;
      let bytes = 0;
      const ask = (action: string, input: Record<string, Json>): ReturnType<Service['ask']> => {
        const answer = service.ask(action, { QueueUrl, ...input });
        bytes = Math.max(bytes, JSON.stringify(machine.changes(state)).length);
        return answer;
      };
      for (let index = 0; index < messages; index++) {
        ask('SendMessage', { MessageBody: 'x'.repeat(100), ...(name.endsWith('.fifo') && { MessageGroupId: `g${index % 7}`, MessageDeduplicationId: String(index).padStart(6, '0') }) });
        service.advance(10);
      }
      for (let index = 0; index < messages / 2; index++) {
        const [first] = ask('ReceiveMessage', { VisibilityTimeout: 2 })['Messages'] as readonly { readonly ReceiptHandle: string }[];
        if (index % 2 === 0) ask('ChangeMessageVisibility', { ReceiptHandle: first!.ReceiptHandle, VisibilityTimeout: 1 });
        if (index % 3 === 0) ask('DeleteMessage', { ReceiptHandle: first!.ReceiptHandle });
        service.advance(name.endsWith('.fifo') ? 3000 : 10);
      }
      return bytes;
    };
    expect(most(2000)).toBeLessThan(most(20) * 1.2);
  });
});
