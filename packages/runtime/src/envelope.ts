import { plainConstructor, type Address, type Json, type Message, type Outcome, type ReplyTo, type Writable } from '@interstate/kernel';

/** A message on its way. */
export class Envelope {
  constructor(
    readonly to: Address,
    readonly message: Message,
    readonly from: Address,
    /** Rises with every message sent: at a receiver, the numbers of one sender rise. */
    readonly sequence: number,
  ) {}
}

/** The message that brings a call. */
export const CallMessage = plainConstructor(function (this: Writable<Extract<Message, { type: 'call' }>>, address: Address, callId: string, request: Json) {
  this.type = 'call';
  this.replyTo = new Return(address, callId);
  this.request = request;
});

const Return = plainConstructor(function (this: Writable<ReplyTo>, address: Address, callId: string) {
  this.address = address;
  this.callId = callId;
});

/** The message that brings the answer to a call. */
export const ReplyMessage = plainConstructor(function (this: Writable<Extract<Message, { type: 'reply' }>>, callId: string, outcome: Outcome) {
  this.type = 'reply';
  this.callId = callId;
  this.outcome = outcome;
});

/** Senders that are no machine: the application, connectors, interceptors. */
export const OUTSIDE: Address = 'outside';
export const CONNECTORS: Address = 'connectors';
export const INTERCEPTORS: Address = 'interceptors';
