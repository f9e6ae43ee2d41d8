import { createCloud, type Cloud } from 'interstate';
import { BareQueue } from './bare-queue.ts';

type Client = Cloud['sqs'];

/** Cycles of one call of a bench. */
const CYCLES = 1000;
const BODY = 'x'.repeat(100);
const DEEP = 1_000_000;
/** The most bytes a queued message may take beside its body. */
const MOST_BYTES = 400;

interface Queue {
  readonly sqs: Client;
  readonly QueueUrl: string;
  readonly close: () => void;
}

async function makeQueue(isFifo = false): Promise<Queue> {
  const cloud = createCloud();
  const { sqs } = cloud;
  const { QueueUrl } = await sqs.createQueue({ QueueName: isFifo ? 'q.fifo' : 'q', ...(isFifo && { Attributes: { FifoQueue: 'true' } }) });
  return { sqs, QueueUrl: QueueUrl!, close: () => cloud.close() };
}

/** Sends, receives and deletes one after another. */
function cycle(isFifo: boolean): () => Promise<void> {
  let made: Promise<Queue> | undefined;
  let sent = 0;
  return async () => {
    const { sqs, QueueUrl } = await (made ??= makeQueue(isFifo));
    for (let index = 0; index < CYCLES; index++) {
      if (isFifo) await sqs.sendMessage({ QueueUrl, MessageBody: BODY, MessageGroupId: 'group', MessageDeduplicationId: String(sent++) });
      else await sqs.sendMessage({ QueueUrl, MessageBody: BODY });
      const { Messages } = await sqs.receiveMessage({ QueueUrl });
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages![0]!.ReceiptHandle });
    }
  };
}

function bareCycle(): () => Promise<void> {
  const queue = new BareQueue();
  return async () => {
    for (let index = 0; index < CYCLES; index++) {
      await queue.send(BODY);
      const { Messages } = await queue.receive();
      await queue.delete(Messages![0]!.ReceiptHandle);
    }
  };
}

async function fill({ sqs, QueueUrl }: Queue, bodies: readonly string[]): Promise<void> {
  for (let from = 0; from < bodies.length; from += 10) {
    const Entries = bodies.slice(from, from + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await sqs.sendMessageBatch({ QueueUrl, Entries });
  }
}

/** Receives per second while so many messages are queued; the sending and deleting that keep it so are not counted. */
function receiving(depth: number): () => Promise<number> {
  let made: Promise<Queue> | undefined;
  const make = async (): Promise<Queue> => {
    const queue = await makeQueue();
    await fill(queue, Array.from({ length: depth - 1 }, () => BODY));
    return queue;
  };
  return async () => {
    const { sqs, QueueUrl } = await (made ??= make());
    let spent = 0;
    for (let index = 0; index < 20 * CYCLES; index++) {
      await sqs.sendMessage({ QueueUrl, MessageBody: BODY });
      const began = performance.now();
      const { Messages } = await sqs.receiveMessage({ QueueUrl });
      spent += performance.now() - began;
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages![0]!.ReceiptHandle });
    }
    return (20 * CYCLES * 1000) / spent;
  };
}

/** Bytes of heap a queued message takes beside its body. */
async function bytesPerMessage(): Promise<number> {
  const bodies = Array.from({ length: DEEP }, (_, index) => Buffer.from(String(index).padStart(100, 'x')).toString('latin1'));
  const queue = await makeQueue();
  const before = heap();
  await fill(queue, bodies);
  const bytes = (heap() - before) / DEEP;
  if (bodies.length + Number((await queue.sqs.receiveMessage({ QueueUrl: queue.QueueUrl })).Messages?.length) !== DEEP + 1) throw new Error('The queue is not full.');
  queue.close();
  return bytes;
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

export const benches = [
  { id: 'sqs-cycle', work: 'send, receive and delete 100 bytes, awaiting each; peer: an array and a Map by hand', unit: 'cycles/s', floor: 0.3, count: CYCLES, ours: cycle(false), peer: bareCycle() },
  { id: 'sqs-cycle-fifo', work: 'the same on a FIFO queue; peer: our standard queue', unit: 'cycles/s', floor: 0.6, count: CYCLES, ours: cycle(true), peer: cycle(false) },
  { id: 'sqs-depth', work: 'receive with 1,000,000 messages queued; peer: with one', unit: 'receives/s', floor: 0.67, count: 1, measure: 'custom', ours: receiving(DEEP), peer: receiving(1) },
  { id: 'sqs-memory', work: '1,000,000 messages queued, beside their bodies; peer: what they may take', unit: 'bytes/message', floor: 1, count: 1, better: 'lower', measure: 'custom', ours: bytesPerMessage, peer: () => MOST_BYTES },
];
