import type { Json, Outcome } from '@interstate/kernel';
import { createCloud, type Cloud } from '../src/index.ts';

const TAKER = 'arn:aws:mine:us-east-1:123456789012:taker';
const DONE: Outcome = { ok: true, value: null };
const EVENTS = 2000;
const BATCH = 10;
const MINUTES = 1440;

interface Counted {
  readonly cloud: Cloud;
  taken: number;
}

function countingCloud(): Counted {
  const take = (): Outcome => {
    counted.taken++;
    return DONE;
  };
  const cloud = createCloud({ clock: 'virtual', seed: 1, eventBridge: { limits: { rulesPerBus: 10_000 } }, adapters: [{ service: 'mine', connectors: { [TAKER]: take } }] });
  const counted: Counted = { cloud, taken: 0 };
  return counted;
}

/** A bus with so many rules, each for orders of one shop; events of two shops find one rule each. */
function putting(rules: number): () => Promise<void> {
  let ready: Promise<Counted> | undefined;
  const prepare = async (): Promise<Counted> => {
    const counted = countingCloud();
    const { eventBridge } = counted.cloud;
    for (let rule = 0; rule < rules; rule++) {
      await eventBridge.putRule({ Name: `shop-${rule}`, EventPattern: JSON.stringify({ source: [`shop.${rule}`], 'detail-type': ['placed'], detail: { status: ['paid'] } }) });
      await eventBridge.putTargets({ Rule: `shop-${rule}`, Targets: [{ Id: 't', Arn: TAKER }] });
    }
    return counted;
  };
  const entry = (n: number): { Source: string; DetailType: string; Detail: string } => ({ Source: `shop.${n % 2}`, DetailType: 'placed', Detail: `{"orderId":${n},"status":"paid","lines":[{"sku":"a","count":2},{"sku":"b","count":1}]}` });
  return async () => {
    const counted = await (ready ??= prepare());
    counted.taken = 0;
    for (let n = 0; n < EVENTS; n += BATCH) await counted.cloud.eventBridge.putEvents({ Entries: Array.from({ length: BATCH }, (_, index) => entry(n + index)) });
    await counted.cloud.advance(0);
    if (counted.taken !== EVENTS) throw new Error(`${counted.taken} of ${EVENTS} events arrived.`);
  };
}

/** A day of a rule that fires every minute. */
function minutes(): () => Promise<void> {
  let ready: Promise<Counted> | undefined;
  const prepare = async (): Promise<Counted> => {
    const counted = countingCloud();
    await counted.cloud.eventBridge.putRule({ Name: 'minute', ScheduleExpression: 'rate(1 minute)' });
    await counted.cloud.eventBridge.putTargets({ Rule: 'minute', Targets: [{ Id: 't', Arn: TAKER }] });
    return counted;
  };
  return async () => {
    const counted = await (ready ??= prepare());
    counted.taken = 0;
    await counted.cloud.advance(MINUTES * 60_000);
    if (counted.taken !== MINUTES) throw new Error(`The rule fired ${counted.taken} times.`);
  };
}

/** The same events, put one by one for a rule that matches them. */
function direct(): () => Promise<void> {
  let ready: Promise<Counted> | undefined;
  const prepare = async (): Promise<Counted> => {
    const counted = countingCloud();
    await counted.cloud.eventBridge.putRule({ Name: 'all', EventPattern: '{"source":["clock"]}' });
    await counted.cloud.eventBridge.putTargets({ Rule: 'all', Targets: [{ Id: 't', Arn: TAKER }] });
    return counted;
  };
  return async () => {
    const counted = await (ready ??= prepare());
    counted.taken = 0;
    for (let minute = 0; minute < MINUTES; minute++) await counted.cloud.eventBridge.putEvents({ Entries: [{ Source: 'clock', DetailType: 'Scheduled Event', Detail: '{}' }] });
    await counted.cloud.advance(0);
    if (counted.taken !== MINUTES) throw new Error(`${counted.taken} events arrived.`);
  };
}

/** What one would write by hand: a list of rules, a loop over them, a call. */
function byHand(): () => Promise<void> {
  const counted = countingCloud();
  const { host } = counted.cloud;
  const rules = Array.from({ length: 5 }, (_, rule) => ({ source: `shop.${rule}`, target: TAKER }));
  return async () => {
    for (let n = 0; n < EVENTS; n += BATCH) {
      const sent: Promise<Outcome>[] = [];
      for (let index = 0; index < BATCH; index++) {
        const event = { source: `shop.${(n + index) % 2}`, 'detail-type': 'placed', detail: JSON.parse(`{"orderId":${n},"status":"paid","lines":[{"sku":"a","count":2},{"sku":"b","count":1}]}`) as Json };
        for (const rule of rules) if (rule.source === event.source && (event.detail as { status: string }).status === 'paid') sent.push(host.call(rule.target, { action: 'Invoke', input: { Payload: event } }));
      }
      await Promise.all(sent);
    }
  };
}

export const benches = [
  { id: 'put-events-10000-rules', work: 'events put, ten at a time, on a bus with 10,000 rules of which one matches, against a bus with 5', unit: 'events/s', floor: 0.5, count: EVENTS, ours: putting(10_000), peer: putting(5) },
  { id: 'put-events', work: 'events put on a bus with 5 rules and delivered, against a loop over rules written by hand that calls the target', unit: 'events/s', floor: null, count: EVENTS, ours: putting(5), peer: byHand() },
  // A floor of one third: a firing costs at most three times an event.
  { id: 'minute-rule-day', work: 'firings of a one-minute rule over 24 virtual hours, against the same events put and delivered', unit: 'events/s', floor: 0.33, count: MINUTES, ours: minutes(), peer: direct() },
];
