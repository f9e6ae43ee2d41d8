import { RecordMap, type Address, type Json, type Machine, type ReplyTo } from '@interstate/kernel';

/** Answers a call `{ ms }` when so much of the host's time has passed: so that a mock's delay is virtual where time is. */
export const TIMER_ADDRESS: Address = 'interstate:testing:timer';
export const TIMER_KIND = 'testing:timer';

export const timerMachine: Machine<RecordMap> = {
  kind: TIMER_KIND,
  load: (records) => new RecordMap(records),
  changes: (state) => state.changes(),
  records: (state) => state.all(),
  step(state, message, { now }) {
    state.begin();
    if (message.type === 'call') {
      const { replyTo, request } = message;
      const key = `${replyTo.address}\n${replyTo.callId}`;
      state.set(key, replyTo as unknown as Json);
      return { effects: [{ type: 'timer', key, at: now + (request as { ms: number }).ms }], journal: [] };
    }
    if (message.type !== 'timer') return { effects: [], journal: [] };
    const to = state.get(message.key) as unknown as ReplyTo | undefined;
    state.delete(message.key);
    return { effects: to ? [{ type: 'reply', to, outcome: { ok: true, value: null } }] : [], journal: [] };
  },
};
