import { createRandom, nextRandom, nextUint32, type RandomState } from '@interstate/kernel';
import type { DeliveryFaultKind, Fault } from './fault.ts';
import type { HandOver, Opportunity } from './opportunity.ts';

/** Every fault that can be put at an opportunity, each once. */
export function faultsAt(opportunity: Opportunity): Fault[] {
  const { at } = opportunity;
  if (opportunity.type === 'handOver') return opportunity.kinds.flatMap((kind) => delaysOf(kind, opportunity).map((delaySeconds) => ({ at, kind, ...(delaySeconds !== undefined && { delaySeconds }) })));
  const { errors, named, isLong } = opportunity;
  return [
    ...[...errors, ...named].map((error): Fault => ({ at, kind: 'error', error })),
    { at, kind: 'answerLost', error: errors[0]! },
    { at, kind: 'failing', error: errors[0]! },
    ...named.map((error): Fault => ({ at, kind: 'failing', error })),
    ...(isLong ? [{ at, kind: 'unanswered' } as const] : []),
  ];
}

const AT_ONCE_SECONDS = 1;
const MINUTES_SECONDS = 300;
const HOURS_SECONDS = 21_600;

/** How late things come where each is tried by itself: the second of two while the first is at work and after, others by minutes and hours. */
function delaysOf(kind: DeliveryFaultKind, { latestSeconds }: HandOver): readonly (number | undefined)[] {
  if (kind === 'duplicate') return [0, MINUTES_SECONDS];
  if (kind === 'outOfOrder') return [AT_ONCE_SECONDS];
  if (kind === 'late') return [...new Set([MINUTES_SECONDS, HOURS_SECONDS].map((seconds) => Math.min(seconds, latestSeconds)))];
  return [undefined];
}

/** The faults to try one by one: what fails for good does so from its first time on. */
export function singleFaults(opportunities: readonly Opportunity[]): Fault[] {
  const down = new Set<string>();
  return opportunities.flatMap((opportunity) =>
    faultsAt(opportunity).filter(({ kind }) => {
      if (kind !== 'failing' || opportunity.type === 'task') return true;
      return !down.has(opportunity.to) && down.add(opportunity.to);
    }),
  );
}

/** Two to four faults, the same for the same seed. */
export function drawFaults(opportunities: readonly Opportunity[], seed: number): Fault[] {
  const random: RandomState = createRandom([seed, 0x9e3779b9, 0x243f6a88, opportunities.length]);
  const count = 2 + (nextUint32(random) % 3);
  const chosen = new Map<number, Fault>();
  for (let index = 0; index < count && opportunities.length > 0; index++) {
    // What comes again adds opportunities: faults may be put a little behind those that were seen.
    const at = Math.floor(nextRandom(random) * (opportunities.length + 2));
    const opportunity = opportunities[Math.min(at, opportunities.length - 1)]!;
    const faults = faultsAt(opportunity);
    const fault = faults[Math.floor(nextRandom(random) * faults.length)]!;
    chosen.set(at, { ...fault, at, ...(opportunity.type === 'handOver' && drawDelay(random, fault, opportunity)) });
  }
  return [...chosen.values()].sort((a, b) => a.at - b.at);
}

/** Anything from a second on, each order of magnitude as likely as the next. */
function drawDelay(random: RandomState, { kind }: Fault, { latestSeconds }: HandOver): Pick<Fault, 'delaySeconds'> {
  if (kind !== 'late' && kind !== 'duplicate') return {};
  return { delaySeconds: Math.floor(latestSeconds ** nextRandom(random)) };
}

/** Leaves faults out, one after another, as long as the rest shows the same. @param shows gives the run that does */
export async function minimise<Run>(faults: readonly Fault[], shows: (fewer: readonly Fault[]) => Promise<Run | undefined>): Promise<Run | undefined> {
  let shortest: Run | undefined;
  let rest = faults;
  for (const fault of faults) {
    const fewer = rest.filter((other) => other !== fault);
    const run = fewer.length > 0 ? await shows(fewer) : undefined;
    if (!run) continue;
    rest = fewer;
    shortest = run;
  }
  return shortest;
}
