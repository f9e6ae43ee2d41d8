import { RecordMap, type Address, type Json, type Machine, type ReplyTo } from '@interstate/kernel';

/** Takes what it is given to an address when its time has come, and brings the answer back to whoever called. A notice has nobody to answer. */
export const COURIER_ADDRESS: Address = 'interstate:testing:chaos:courier';
export const COURIER_KIND = 'testing:courier';

export interface Errand {
  readonly to: Address;
  readonly request: Json;
  /** Milliseconds of the host's time. */
  readonly delayMs: number;
}

interface ErrandRecord {
  readonly errand: Errand;
  readonly replyTo: ReplyTo | null;
}

/** Records: one per errand that is not over, by its number, and `count`. */
export const courierMachine: Machine<RecordMap> = {
  kind: COURIER_KIND,
  load: (records) => new RecordMap(records),
  changes: (state) => state.changes(),
  records: (state) => state.all(),
  step(state, message, { now }) {
    state.begin();
    if (message.type === 'call' || (message.type === 'notice' && message.notice !== null)) {
      const errand = (message.type === 'call' ? message.request : message.notice) as unknown as Errand;
      const count = ((state.get('count') as number | undefined) ?? 0) + 1;
      state.set('count', count);
      state.set(String(count), { errand, replyTo: message.type === 'call' ? message.replyTo : null } as unknown as Json);
      return { effects: [{ type: 'timer', key: String(count), at: now + errand.delayMs }], journal: [] };
    }
    if (message.type === 'timer') {
      const { to, request } = (state.get(message.key) as unknown as ErrandRecord).errand;
      return { effects: [{ type: 'call', to, callId: message.key, request }], journal: [] };
    }
    if (message.type !== 'reply') return { effects: [], journal: [] };
    const { callId, outcome } = message;
    const { replyTo } = state.get(callId) as unknown as ErrandRecord;
    state.delete(callId);
    return { effects: replyTo ? [{ type: 'reply', to: replyTo, outcome }] : [], journal: [] };
  },
};
