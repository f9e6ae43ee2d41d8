/** What a state did for a while. `attempt`: a Task, its branches or its iterations at work; `failed`: an attempt that failed. */
export interface Segment {
  readonly type: 'attempt' | 'failed' | 'backoff' | 'wait';
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** One stay of an execution in a state, or one iteration of a Map. */
export interface Visit {
  readonly kind: 'state' | 'iteration';
  /** The state's name; an iteration has its Map's. */
  readonly name: string;
  /** `Task`, `Map` …; of an iteration, `Map`. */
  readonly stateType: string;
  /** Iterations: index of the item. */
  readonly index: number;
  /** The Parallel, Map or iteration around it. */
  readonly parent: Visit | null;
  readonly children: Visit[];
  readonly from: number;
  to: number | undefined;
  /** `retrying`: its last attempt failed; a Retrier or Catcher may follow. `caught`: a Catcher took over. */
  status: 'running' | 'retrying' | 'succeeded' | 'caught' | 'failed' | 'aborted';
  attempts: number;
  /** The attempts up to which an event has said that they failed. */
  failedAttempts: number;
  /** Name of the last error. */
  error: string | undefined;
  readonly segments: Segment[];
  /** Map: how many items there are (0 where that is unknown), and how many are done. */
  items: number;
  itemsDone: number;
  /** What the segment under way is, and since when. */
  doing: Segment['type'] | undefined;
  since: number;
}

export function createVisit(given: Pick<Visit, 'kind' | 'name' | 'stateType' | 'parent' | 'from'> & { readonly index?: number }): Visit {
  const visit: Visit = {
    index: 0,
    ...given,
    children: [],
    to: undefined,
    status: 'running',
    attempts: 0,
    failedAttempts: 0,
    error: undefined,
    segments: [],
    items: 0,
    itemsDone: 0,
    doing: undefined,
    since: given.from,
  };
  given.parent?.children.push(visit);
  return visit;
}

/** Ends the segment under way, as `type` if that is known only now, and begins the next. */
export function turnTo(visit: Visit, next: Segment['type'] | undefined, at: number, type: Segment['type'] | undefined = visit.doing): void {
  if (type === 'failed' || (type !== undefined && at > visit.since)) visit.segments.push({ type, from: visit.since, to: at });
  visit.doing = next;
  visit.since = at;
}

/** The nearest visit, from this one outwards, for which the test holds. */
export function nearest(visit: Visit | null, test: (visit: Visit) => boolean): Visit | null {
  for (let at = visit; at !== null; at = at.parent) if (test(at)) return at;
  return null;
}

/** Whether a visit lies inside another, at any depth. */
export function isInside(visit: Visit, outer: Visit): boolean {
  return nearest(visit.parent, (each) => each === outer) !== null;
}

/** How a visit is shown: `Charge the card`, `Reserve the items[2]`. */
export function labelOf({ kind, name, index }: Visit): string {
  return kind === 'iteration' ? `${name}[${index}]` : name;
}

/** How deep a visit lies in Parallels and Maps; 0 outside. */
export function depthOf(visit: Visit): number {
  return visit.parent === null ? 0 : depthOf(visit.parent) + 1;
}
