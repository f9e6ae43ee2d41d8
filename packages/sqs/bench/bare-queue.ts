import { hash, randomUUID } from 'node:crypto';

interface BareMessage {
  readonly MessageId: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  ReceiptHandle: string;
  visibleAt: number;
}

/** What one writes by hand: an array to take from, a map of what is in flight, the same ids, checksums and signed handles. */
export class BareQueue {
  private readonly secret = randomUUID();
  private readonly ready: BareMessage[] = [];
  private readonly inFlight = new Map<string, BareMessage>();
  private head = 0;

  async send(Body: string): Promise<{ readonly MessageId: string; readonly MD5OfMessageBody: string }> {
    const MessageId = randomUUID();
    const MD5OfBody = hash('md5', Body);
    this.ready.push({ MessageId, MD5OfBody, Body, ReceiptHandle: '', visibleAt: 0 });
    return { MessageId, MD5OfMessageBody: MD5OfBody };
  }

  async receive(): Promise<{ readonly Messages?: readonly { readonly ReceiptHandle: string; readonly Body: string }[] }> {
    const message = this.ready[this.head];
    if (message === undefined) return {};
    this.head++;
    if (this.head === 1000) {
      this.ready.splice(0, this.head);
      this.head = 0;
    }
    const nonce = randomUUID();
    message.ReceiptHandle = nonce + hash('sha256', this.secret + nonce);
    message.visibleAt = Date.now() + 30_000;
    this.inFlight.set(message.ReceiptHandle, message);
    const { MessageId, MD5OfBody, ReceiptHandle } = message;
    return { Messages: [{ MessageId, MD5OfBody, ReceiptHandle, Body: message.Body } as { readonly ReceiptHandle: string; readonly Body: string }] };
  }

  async delete(handle: string): Promise<object> {
    this.inFlight.delete(handle);
    return {};
  }
}
