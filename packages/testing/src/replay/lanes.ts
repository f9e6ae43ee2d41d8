import { detailsOf, type RecordedEvent } from './recorded-event.ts';

/**
 * A chain of events that happen one after another: the execution itself, a Map iteration, a Parallel branch.
 * Chains run side by side; their events interleave as it happened.
 */
export interface Lane {
  /** The same for the same chain of another run of the same definition. */
  readonly key: string;
  readonly parent: Lane | undefined;
  /** The Map iterations around it, outermost first: `Name[index]`. */
  readonly iteration: readonly string[];
  /** The Map or Parallel state, and which of its attempts, whose chain this is. */
  readonly group: string;
  readonly events: RecordedEvent[];
  state: EnteredState | undefined;
}

interface EnteredState {
  readonly name: string;
  readonly kind: string;
  phase: 'entered' | 'started' | 'ended';
  /** Attempts so far: a Retrier starts a Map or Parallel state anew. */
  starts: number;
}

export interface Lanes {
  readonly byKey: ReadonlyMap<string, Lane>;
  readonly byEvent: ReadonlyMap<number, Lane>;
  /** Groups with chains that ran side by side. */
  readonly concurrentGroups: ReadonlySet<string>;
}

/** Splits a history into its chains, following `previousEventId`. */
export function splitLanes(history: readonly RecordedEvent[]): Lanes {
  const root: Lane = { key: '', parent: undefined, iteration: [], group: '', events: [], state: undefined };
  const byKey = new Map([[root.key, root]]);
  const byEvent = new Map<number, Lane>();
  const events = new Map(history.map((event) => [event.id, event]));
  const running = new Map<string, number>();
  const concurrentGroups = new Set<string>();

  const open = (owner: Lane, label: string): Lane => {
    const group = groupOf(owner);
    const iteration = owner.state?.kind === 'Map' ? [...owner.iteration, `${owner.state.name}[${label}]`] : owner.iteration;
    const lane: Lane = { key: `${group}[${label}]`, parent: owner, iteration, group, events: [], state: undefined };
    byKey.set(lane.key, lane);
    const count = (running.get(group) ?? 0) + 1;
    running.set(group, count);
    if (count > 1) concurrentGroups.add(group);
    return lane;
  };

  for (const event of history) {
    const before = byEvent.get(event.previousEventId) ?? root;
    const lane = laneOf(event, before, events.get(event.previousEventId), root, byKey, open);
    lane.events.push(event);
    byEvent.set(event.id, lane);
    follow(lane, event);
    if (/^MapIteration(Succeeded|Failed|Aborted)$/.test(event.type)) running.set(lane.group, (running.get(lane.group) ?? 1) - 1);
  }
  return { byKey, byEvent, concurrentGroups };
}

/** True for a chain that ran beside others, or inside one that did: its ids depend on how they interleaved. */
export function isConcurrent(lane: Lane, { concurrentGroups }: Lanes): boolean {
  for (let at: Lane | undefined = lane; at !== undefined; at = at.parent) if (concurrentGroups.has(at.group)) return true;
  return false;
}

function laneOf(
  event: RecordedEvent,
  before: Lane,
  previous: RecordedEvent | undefined,
  root: Lane,
  byKey: ReadonlyMap<string, Lane>,
  open: (owner: Lane, label: string) => Lane,
): Lane {
  const { type } = event;
  const { name, index } = detailsOf(event);
  if (/^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type)) return root;
  if (type.startsWith('MapIteration')) {
    const owner = climb(before, (state) => state.kind === 'Map' && state.name === name && state.phase === 'started') ?? before;
    if (type === 'MapIterationStarted') return open(owner, String(index));
    return byKey.get(`${groupOf(owner)}[${String(index)}]`) ?? before;
  }
  if (type.endsWith('StateEntered') && previous?.type === 'ParallelStateStarted') return open(before, String(name));
  const composite = /^(Map|Parallel)State(Started|Succeeded|Failed)$/.exec(type);
  if (composite !== null) return climb(before, (state) => state.kind === composite[1] && state.phase !== 'ended') ?? before;
  if (type.endsWith('StateExited')) return climb(before, (state) => state.name === name) ?? before;
  return before;
}

/** Keeps the lane's state in step with the event. */
function follow(lane: Lane, event: RecordedEvent): void {
  const { type } = event;
  if (type.endsWith('StateEntered')) {
    lane.state = { name: String(detailsOf(event)['name']), kind: type.slice(0, -'StateEntered'.length), phase: 'entered', starts: 0 };
  } else if (lane.state !== undefined && /^(Map|Parallel)StateStarted$/.test(type)) {
    lane.state.phase = 'started';
    lane.state.starts++;
  } else if (lane.state !== undefined && /^(Map|Parallel)State(Succeeded|Failed)$/.test(type)) lane.state.phase = 'ended';
}

function climb(from: Lane, fits: (state: EnteredState) => boolean): Lane | undefined {
  for (let lane: Lane | undefined = from; lane !== undefined; lane = lane.parent) if (lane.state !== undefined && fits(lane.state)) return lane;
  return undefined;
}

function groupOf(owner: Lane): string {
  return `${owner.key}/${owner.state?.name ?? ''}#${owner.state?.starts ?? 0}`;
}
