import assert from 'node:assert/strict';
import type { Json, JsonObject } from '@interstate/kernel';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { ModelQueue, type ModelMessage } from './queue-model.ts';
import { Service } from './service.ts';

/** What a test does to a queue. Numbers choose among what there is. */
type Act =
  | { readonly type: 'send'; readonly group: number; readonly id: number; readonly delay: number; readonly copies: number }
  | { readonly type: 'receive'; readonly most: number; readonly visibility: number | undefined; readonly dead: boolean }
  | { readonly type: 'delete'; readonly which: number }
  /** Zero seconds give it back. */
  | { readonly type: 'change'; readonly which: number; readonly seconds: number }
  | { readonly type: 'wait'; readonly seconds: number }
  | { readonly type: 'poll'; readonly seconds: number; readonly most: number }
  | { readonly type: 'purge' };

const small = fc.nat({ max: 4 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('send' as const), group: fc.nat({ max: 2 }), id: fc.nat({ max: 6 }), delay: fc.oneof(fc.constant(0), small), copies: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('receive' as const), most: fc.integer({ min: 1, max: 10 }), visibility: fc.option(fc.nat({ max: 8 }), { nil: undefined }), dead: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('delete' as const), which: fc.nat({ max: 50 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('change' as const), which: fc.nat({ max: 50 }), seconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 })) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('wait' as const), seconds: fc.oneof(small, fc.constantFrom(30, 100, 299, 300)) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('poll' as const), seconds: fc.integer({ min: 1, max: 6 }), most: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'purge' as const }) },
);

const URL_OF = 'https://sqs.us-east-1.amazonaws.com/123456789012/';

/** A queue with a dead-letter queue, beside its model. */
class Pair {
  readonly service = new Service({ crypto: nodeCrypto, limits: { purgeSeconds: 0 } });
  readonly dead: ModelQueue;
  readonly model: ModelQueue;
  readonly ids = new Map<number, string>();
  /** Handles as they were given out, with the queue and the message they were for. */
  readonly handles: { readonly handle: string; readonly message: ModelMessage; readonly of: ModelQueue }[] = [];

  constructor(readonly isFifo: boolean) {
    this.dead = new ModelQueue(isFifo, 400_000, 5000);
    this.model = new ModelQueue(isFifo, 600_000, 6000, { queue: this.dead, after: 3 });
    const make = (name: string, attributes: Record<string, string>): JsonObject => this.service.ask('CreateQueue', { QueueName: name, Attributes: { ...attributes, ...(isFifo && { FifoQueue: 'true' }) } });
    const arn = `arn:aws:sqs:us-east-1:123456789012:${this.nameOf(this.dead)}`;
    make(this.nameOf(this.dead), { MessageRetentionPeriod: '400', VisibilityTimeout: '5' });
    make(this.nameOf(this.model), { MessageRetentionPeriod: '600', VisibilityTimeout: '6', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 3 }) });
  }

  private nameOf(queue: ModelQueue): string {
    return `${queue === this.dead ? 'dead' : 'queue'}${this.isFifo ? '.fifo' : ''}`;
  }

  private on(queue: ModelQueue, input: Record<string, Json>): JsonObject {
    return { QueueUrl: URL_OF + this.nameOf(queue), ...input };
  }

  run(step: Act): void {
    const { service, model, dead } = this;
    switch (step.type) {
      case 'send':
        for (let copy = 0; copy < step.copies; copy++) this.send(step);
        break;
      case 'receive': {
        const of = step.dead ? dead : model;
        const { Messages = [] } = service.ask('ReceiveMessage', this.on(of, { MaxNumberOfMessages: step.most, ...(step.visibility !== undefined && { VisibilityTimeout: step.visibility }) }));
        this.compare(of, Messages, of.receive(service.now, step.most, step.visibility === undefined ? undefined : step.visibility * 1000));
        break;
      }
      case 'delete':
      case 'change':
        this.change(step);
        break;
      case 'wait':
        service.advance(step.seconds * 1000);
        break;
      case 'poll':
        this.poll(step.seconds, step.most);
        break;
      case 'purge':
        service.ask('PurgeQueue', this.on(model, {}));
        model.messages = [];
    }
    model.tick(service.now);
    dead.tick(service.now);
    this.compareCounts();
  }

  private send({ group, id, delay }: Act & { type: 'send' }): void {
    const { service, model, isFifo } = this;
    const body = `${id}`;
    const { MessageId, SequenceNumber } = service.ask('SendMessage', this.on(model, { MessageBody: body, ...(isFifo ? { MessageGroupId: `g${group}`, MessageDeduplicationId: body } : { DelaySeconds: delay }) }));
    const number = model.send(service.now, body, isFifo ? `g${group}` : '', isFifo ? 0 : delay * 1000, isFifo ? body : undefined);
    // A duplicate has the id of the first, and nothing else has.
    const known = this.ids.get(number);
    if (known !== undefined) assert.equal(MessageId, known);
    else assert.ok(![...this.ids.values()].includes(MessageId as string));
    this.ids.set(number, MessageId as string);
    assert.equal(SequenceNumber !== undefined, isFifo);
  }

  private compare(of: ModelQueue, messages: Json, expected: readonly ModelMessage[]): void {
    const given = messages as unknown as readonly { readonly Body: string; readonly MessageId: string; readonly ReceiptHandle: string }[];
    assert.deepEqual(given.map(({ Body }) => Body), expected.map(({ body }) => body));
    if (of === this.model) assert.deepEqual(given.map(({ MessageId }) => MessageId), expected.map(({ number }) => this.ids.get(number)));
    for (const [index, { ReceiptHandle: handle }] of given.entries()) {
      const message = expected[index]!;
      message.handle = handle;
      this.handles.push({ handle, message, of });
    }
  }

  private change(step: Act & { type: 'delete' | 'change' }): void {
    const { service, handles, isFifo } = this;
    if (handles.length === 0) return;
    const { handle, message, of } = handles[step.which % handles.length]!;
    const isThere = of.messages.includes(message);
    const isCurrent = isThere && message.handle === handle;
    const isOld = isFifo && isThere && !(isCurrent && message.isHeld);
    if (step.type === 'delete') {
      const outcome = service.call('DeleteMessage', this.on(of, { ReceiptHandle: handle }));
      assert.equal(outcome?.ok, !isOld);
      if (isCurrent && !isOld) of.remove(message);
      return;
    }
    const { seconds } = step;
    const outcome = service.call('ChangeMessageVisibility', this.on(of, { ReceiptHandle: handle, VisibilityTimeout: seconds }));
    assert.equal(outcome?.ok, isCurrent && message.isHeld);
    if (isCurrent && message.isHeld) message.visibleAt = service.now + seconds * 1000;
  }

  /** A receive that waits: given the first moment there is something, or nothing at its end. */
  private poll(seconds: number, most: number): void {
    const { service, model, dead } = this;
    const call = service.start('ReceiveMessage', this.on(model, { MaxNumberOfMessages: most, WaitTimeSeconds: seconds }));
    for (let second = 0; ; second++) {
      model.tick(service.now);
      dead.tick(service.now);
      const expected = model.receive(service.now, most);
      const outcome = service.answers.get(call);
      if (expected.length > 0) {
        assert.ok(outcome?.ok, 'a waiting receive is answered as soon as there is a message');
        this.compare(model, (outcome.value as JsonObject)['Messages'] ?? [], expected);
        return;
      }
      if (second === seconds) {
        assert.deepEqual(outcome, { ok: true, value: {} });
        return;
      }
      assert.equal(outcome, undefined, 'a receive waits while there is nothing');
      service.advance(1000);
    }
  }

  private compareCounts(): void {
    for (const of of [this.model, this.dead]) {
      const { Attributes } = this.service.ask('GetQueueAttributes', this.on(of, { AttributeNames: ['All'] })) as unknown as { readonly Attributes: Readonly<Record<string, string>> };
      const { ready, held, delayed } = of.counts(this.service.now);
      const names = ['', 'NotVisible', 'Delayed'].map((kind) => Number(Attributes[`ApproximateNumberOfMessages${kind}`]));
      assert.deepEqual(names, [ready, held, delayed]);
    }
  }
}

/** Any sequence of acts gives what the model says: nothing lost, nothing twice, order within groups, deduplication to the letter. */
export const queueProperty: fc.IPropertyWithHooks<[boolean, Act[]]> = fc.property(fc.boolean(), fc.array(act, { minLength: 1, maxLength: 60, size: 'max' }), (isFifo, acts) => {
  const pair = new Pair(isFifo);
  for (const step of acts) pair.run(step);
});
