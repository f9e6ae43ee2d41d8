import type { EpochMs } from '@interstate/kernel';

/** A message attribute as requests give it: one of the two values. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A published message, checked: what a topic keeps until it has been delivered everywhere. */
export interface Message {
  /** Counted per topic. */
  readonly number: number;
  readonly id: string;
  readonly time: EpochMs;
  readonly text: string;
  /** MessageStructure `json`: texts by protocol; `text` is the default. */
  readonly byProtocol?: Readonly<Record<string, string>>;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** How many events in a row brought it about. Absent: none. */
  readonly hops?: number;
  /** Standard topics: made once, where an envelope is delivered anywhere. */
  readonly signature?: string;
}

/** The text for a protocol. */
export function textFor({ text, byProtocol }: Message, protocol: string): string {
  return byProtocol !== undefined && Object.hasOwn(byProtocol, protocol) ? byProtocol[protocol]! : text;
}

/** A message without its place in a topic. */
export type MessageContent = Omit<Message, 'number' | 'id' | 'time' | 'sequenceNumber' | 'signature'>;

