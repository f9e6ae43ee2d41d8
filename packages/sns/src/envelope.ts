import { formatTimestamp, setJsonKey, type Crypto, type Json, type JsonObject } from '@interstate/kernel';
import type { MachineOptions } from './options.ts';
import { textFor, type Message, type MessageAttributes } from './message.ts';
import { signMessage, type SignatureVersion } from './signature.ts';

/** What an envelope is made with, beside the message. */
export interface Sender {
  readonly topicArn: string;
  readonly fifo: boolean;
  readonly signatureVersion: SignatureVersion;
  readonly options: MachineOptions;
  readonly crypto: Crypto;
}

/** A message on its way to many: what is the same for all is made once, and only where somebody needs it. */
export class Rendering {
  private readonly parts = new Map<string, { readonly head: string; readonly tail: string }>();
  private readonly signatures = new Map<string, string>();
  private listed: JsonObject | undefined;

  constructor(
    private readonly sender: Sender,
    readonly message: Message,
  ) {
    if (message.signature !== undefined) this.signatures.set(message.text, message.signature);
  }

  /** The signature of the message's own text, where one was made. */
  get signature(): string | undefined {
    return this.signatures.get(this.message.text);
  }

  /** The envelope as JSON text, as queues and HTTP endpoints get it. @param replayed sent again from the archive */
  envelope(subscriptionArn: string, protocol: string, replayed: boolean): string {
    const text = textFor(this.message, protocol);
    let parts = this.parts.get(text);
    if (!parts) this.parts.set(text, (parts = this.partsOf(text)));
    return `${parts.head}${quote('UnsubscribeURL')} : ${quote(this.unsubscribeUrl(subscriptionArn))}${parts.tail}${replayed ? ',\n  "Replayed" : true' : ''}\n}`;
  }

  unsubscribeUrl(subscriptionArn: string): string {
    return `${this.sender.options.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
  }

  /** The event of a function. `SignatureVersion` always says 1, as observed, whatever made the signature. */
  lambdaEvent(subscriptionArn: string): Json {
    const { message, sender } = this;
    const text = textFor(message, 'lambda');
    const { id, subject = null, sequenceNumber } = message;
    return {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: subscriptionArn,
          Sns: {
            Type: 'Notification',
            MessageId: id,
            ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
            TopicArn: sender.topicArn,
            Subject: subject,
            Message: text,
            Timestamp: formatTimestamp(message.time),
            ...(!sender.fifo && { SignatureVersion: '1', Signature: this.signatureOf(text), SigningCertUrl: sender.options.signing.certificateUrl }),
            UnsubscribeUrl: this.unsubscribeUrl(subscriptionArn),
            MessageAttributes: this.attributes(),
          },
        },
      ],
    };
  }

  /** `{ name: { Type, Value } }`. */
  private attributes(): JsonObject {
    return (this.listed ??= listAttributes(this.message.attributes ?? {}));
  }

  private partsOf(text: string): { readonly head: string; readonly tail: string } {
    const { message, sender } = this;
    const members: [string, string][] = [
      ['Type', 'Notification'],
      ['MessageId', message.id],
    ];
    if (message.sequenceNumber !== undefined) members.push(['SequenceNumber', message.sequenceNumber]);
    members.push(['TopicArn', sender.topicArn]);
    if (message.subject !== undefined) members.push(['Subject', message.subject]);
    members.push(['Message', text], ['Timestamp', formatTimestamp(message.time)]);
    if (!sender.fifo) members.push(['SignatureVersion', sender.signatureVersion], ['Signature', this.signatureOf(text)], ['SigningCertURL', sender.options.signing.certificateUrl]);
    return { head: `{\n  ${members.map(([name, value]) => `${quote(name)} : ${quote(value)},\n  `).join('')}`, tail: message.attributes ? attributesText(this.attributes()) : '' };
  }

  private signatureOf(text: string): string {
    let signature = this.signatures.get(text);
    if (signature !== undefined) return signature;
    const { message, sender } = this;
    const members: [string, string][] = [
      ['Message', text],
      ['MessageId', message.id],
    ];
    if (message.subject !== undefined) members.push(['Subject', message.subject]);
    members.push(['Timestamp', formatTimestamp(message.time)], ['TopicArn', sender.topicArn], ['Type', 'Notification']);
    signature = signMessage(sender.crypto, sender.options.signing, sender.signatureVersion, members);
    this.signatures.set(text, signature);
    return signature;
  }
}

/** What asks an endpoint to confirm, or tells it that its subscription has ended. */
export function confirmationEnvelope(sender: Sender, type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation', { id, time, token }: { readonly id: string; readonly time: number; readonly token: string }): string {
  const { topicArn, signatureVersion, options, crypto } = sender;
  const text =
    type === 'SubscriptionConfirmation'
      ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription to the topic ${topicArn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
  const timestamp = formatTimestamp(time);
  const url = confirmationUrl(options, topicArn, token);
  const signature = signMessage(crypto, options.signing, signatureVersion, [
    ['Message', text],
    ['MessageId', id],
    ['SubscribeURL', url],
    ['Timestamp', timestamp],
    ['Token', token],
    ['TopicArn', topicArn],
    ['Type', type],
  ]);
  const members = { Type: type, MessageId: id, Token: token, TopicArn: topicArn, Message: text, SubscribeURL: url, Timestamp: timestamp, SignatureVersion: signatureVersion, Signature: signature, SigningCertURL: options.signing.certificateUrl };
  return `{\n${Object.entries(members).map(([name, value]) => `  ${quote(name)} : ${quote(value)}`).join(',\n')}\n}`;
}

export function confirmationUrl({ endpoint }: MachineOptions, topicArn: string, token: string): string {
  return `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
}

function listAttributes(attributes: MessageAttributes): JsonObject {
  const listed: Record<string, Json> = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) setJsonKey(listed, name, { Type: DataType, Value: StringValue ?? BinaryValue ?? '' });
  return listed;
}

function attributesText(listed: JsonObject): string {
  return `,\n  "MessageAttributes" : {\n${Object.entries(listed).map(([name, value]) => `    ${quote(name)} : ${JSON.stringify(value)}`).join(',\n')}\n  }`;
}

const quote = JSON.stringify as (text: string) => string;
