import type { Address, Message, Outcome } from '@interstate/kernel';

/** Calls whose answers are looked at when they come, by who made them. */
export class CallsUnderWay {
  private readonly calls = new Map<string, (outcome: Outcome) => Outcome>();

  /** @param answered gives the answer that the caller gets */
  watch(from: Address, callId: string, answered: (outcome: Outcome) => Outcome): void {
    this.calls.set(`${from}\n${callId}`, answered);
  }

  forget(from: Address, callId: string): void {
    this.calls.delete(`${from}\n${callId}`);
  }

  /** The answer as its caller gets it. */
  answer(to: Address, reply: Extract<Message, { type: 'reply' }>): typeof reply {
    if (this.calls.size === 0) return reply;
    const key = `${to}\n${reply.callId}`;
    const answered = this.calls.get(key);
    if (!answered) return reply;
    this.calls.delete(key);
    return { ...reply, outcome: answered(reply.outcome) };
  }
}
