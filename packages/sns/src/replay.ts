import type { Json } from '@interstate/kernel';
import { enterDelivery } from './delivery/journal.ts';
import { attempt, renderingOf } from './delivery/deliver.ts';
import { snsFault } from './errors.ts';
import { archivedMessage } from './kept-messages.ts';
import { textFor } from './message.ts';
import type { ReplayPolicy } from './subscription-attributes.ts';
import type { LiveSubscription, Replay } from './subscription.ts';
import { addSubscription, subscriptionKey, type TopicContext } from './topic-state.ts';

/**
 * Replays go through the archive one message at a time, in the order of publishing, so that each group's order holds. What is
 * published meanwhile is in the archive too, and its turn comes after what is repeated: the replay is over where it has caught up.
 * @throws ServiceFault
 */
export function newReplay(context: TopicContext, before: Replay | undefined, { from, to }: ReplayPolicy): Replay {
  const { state, options } = context;
  const limit = options.limits.replays;
  const isActive = before?.at !== undefined;
  if (!isActive && state.replaying.size >= limit) throw snsFault('ReplayLimitExceededException', { limit });
  // Where another replay has a message under way, this one begins when that is settled.
  const isBusy = isActive && !before.waits;
  if (!isBusy) context.effects.push({ type: 'continue' });
  return { at: isBusy ? before.at! : 0, ...(isBusy ? { restarts: true } : { waits: true }), last: state.root.messages, from, ...(to !== undefined && { to }), status: 'Pending' };
}

/** Nothing is repeated any more; what was published since the replay began still follows. */
export function stopReplay(replay: Replay | undefined): Replay | undefined {
  return replay && { ...replay, to: 0 };
}

/** Goes on with the replays that wait for it. */
export function continueReplays(context: TopicContext): void {
  for (const number of [...context.state.replaying]) {
    const live = context.state.subscriptions.get(number)!;
    if (live.of.replay!.waits) goOn(context, live, live.of.replay!.at!);
  }
}

/** The message a replay has under way is settled. */
export function advanceReplay(context: TopicContext, live: LiveSubscription, number: number): void {
  const { replay } = live.of;
  if (replay?.at === number) goOn(context, live, replay.restarts ? 0 : number + 1);
}

/** Messages a replay looks at in one step. */
const BUDGET = 1000;

function goOn(context: TopicContext, live: LiveSubscription, from: number): void {
  const { state } = context;
  const { archive, filters } = state;
  const { of } = live;
  const replay = of.replay!;
  const end = firstFrom(archive, from) + BUDGET;
  for (let index = end - BUDGET; index < archive.length; index++) {
    const number = archive[index]!;
    if (index === end) {
      context.effects.push({ type: 'continue' });
      return void keepReplay(context, live, { at: number, waits: true });
    }
    const message = archivedMessage(context, number)!;
    const isRepeated = number <= replay.last;
    if (isRepeated && (message.time < replay.from || (replay.to !== undefined && message.time > replay.to))) continue;
    if (filters.lets(of.number, message.attributes, textFor(message, of.protocol))) {
      return attempt(context, renderingOf(context, message), keepReplay(context, live, { at: number, status: isRepeated ? 'In progress' : 'Completed' }));
    }
    enterDelivery(context, live, message.id, 0, 'filtered');
  }
  keepReplay(context, live, { status: 'Completed' });
}

/** The position of the first number that is not less, in a list in order. */
function firstFrom(numbers: readonly number[], from: number): number {
  let low = 0;
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keepReplay({ state, options }: TopicContext, { of }: LiveSubscription, now: Partial<Replay>): LiveSubscription {
  const { last, from, to, status } = of.replay!;
  const subscription = { ...of, replay: { last, from, ...(to !== undefined && { to }), status, ...now } };
  state.records.set(subscriptionKey(of.number), subscription as unknown as Json);
  addSubscription(state, subscription, options.limits);
  return state.subscriptions.get(of.number)!;
}
