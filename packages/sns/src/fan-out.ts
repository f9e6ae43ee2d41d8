import { enterDelivery } from './delivery/journal.ts';
import { attempt, renderingOf } from './delivery/deliver.ts';
import type { Rendering } from './envelope.ts';
import { keepMessage, keepSignature, keptMessage, releaseMessage } from './kept-messages.ts';
import { textFor, type Message } from './message.ts';
import type { LiveSubscription } from './subscription.ts';
import type { TopicContext } from './topic-state.ts';

/** Deliveries begun in one step: what is under way at once stays little, however many subscriptions there are. */
const PORTION = 64;

/** A message that has not been sent to all subscriptions. Its record is `p:<message>`: the number of the last one that was seen to. */
export interface FanOut {
  readonly message: number;
  readonly after: number;
  /** What is worked out only once; made again after a load. */
  course?: Course;
}

interface Course {
  readonly rendering: Rendering;
  readonly rest: Iterator<LiveSubscription>;
  /** By text: the subscriptions whose filters let it through. */
  readonly wanted: Map<string, ReadonlySet<number>>;
}

/** Sends a message to every subscription that wants it: to the first at once, to others in later steps. In a FIFO topic to all at once. */
export function fanOut(context: TopicContext, message: Message): void {
  const { state, effects } = context;
  const course = courseOf(context, message, 0);
  const { deliveries, last } = serve(context, course, state.root.fifo ? Infinity : PORTION);
  const { number } = message;
  if (deliveries === 0 && last === undefined) return;
  // The rest of the way is one more that the message waits for.
  keepMessage(context, message, last === undefined ? deliveries : deliveries + 1);
  keepSignature(context, number, course.rendering.signature);
  if (last === undefined) return;
  state.fanOuts.set(number, { message: number, after: last, course });
  state.records.set(`p:${number}`, last);
  effects.push({ type: 'continue' });
}

/** Sends the oldest message that is on its way a portion further. */
export function continueFanOut(context: TopicContext): void {
  const [oldest] = context.state.fanOuts.values();
  if (oldest && !goOn(context, oldest, PORTION)) context.effects.push({ type: 'continue' });
}

/** Before anything changes: what was published is for those who were subscribed then. */
export function finishFanOuts(context: TopicContext): void {
  for (const each of [...context.state.fanOuts.values()]) goOn(context, each, Infinity);
}

/** True where all have been seen to. */
function goOn(context: TopicContext, { message: number, after, course }: FanOut, portion: number): boolean {
  const { state } = context;
  const way = course ?? courseOf(context, keptMessage(context, number)!, after);
  const { deliveries, last } = serve(context, way, portion);
  const open = state.open.get(number)!;
  open.left += deliveries;
  keepSignature(context, number, way.rendering.signature);
  if (last !== undefined) {
    state.fanOuts.set(number, { message: number, after: last, course: way });
    state.records.set(`p:${number}`, last);
    state.records.set(open.key, open.left);
    return false;
  }
  state.fanOuts.delete(number);
  state.records.delete(`p:${number}`);
  releaseMessage(context, number);
  return true;
}

function courseOf(context: TopicContext, message: Message, after: number): Course {
  const rest = context.state.subscriptions.values();
  for (let number = 0; number < after; ) number = rest.next().value!.of.number;
  return { rendering: renderingOf(context, message), rest, wanted: new Map() };
}

/** Begins so many deliveries. @returns how many, and the last subscription seen to where there are more */
function serve(context: TopicContext, course: Course, portion: number): { readonly deliveries: number; readonly last: number | undefined } {
  const { filters, groups, records, root } = context.state;
  const { rendering, rest } = course;
  const { message } = rendering;
  let deliveries = 0;
  for (let next = rest.next(); !next.done; next = rest.next()) {
    const live = next.value;
    const { number, protocol, pendingSince, replay } = live.of;
    // Who replays the archive finds the message there.
    if (pendingSince !== undefined || replay?.at !== undefined) continue;
    if (filters.has(number) && !wants(context, course, number, textFor(message, protocol))) {
      enterDelivery(context, live, message.id, 0, 'filtered');
      continue;
    }
    deliveries++;
    if (root.fifo) {
      records.set(`f:${number}/${message.number}`, message.groupId!);
      if (!groups.push(number, message.groupId!, message.number)) continue;
    }
    attempt(context, rendering, live);
    if (deliveries === portion) return { deliveries, last: number };
  }
  return { deliveries, last: undefined };
}

function wants({ state }: TopicContext, { rendering: { message }, wanted }: Course, subscription: number, text: string): boolean {
  let matching = wanted.get(text);
  if (!matching) wanted.set(text, (matching = state.filters.matching(message.attributes, text)));
  return matching.has(subscription);
}
