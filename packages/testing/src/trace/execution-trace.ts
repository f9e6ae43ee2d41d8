import type { HistoryEvent } from '@interstate/core';
import { createVisit, isInside, nearest, turnTo, type Visit } from './visit.ts';

/** What an event means to somebody who watches. */
export interface Change {
  readonly type: 'entered' | 'attemptFailed' | 'retried' | 'ended' | 'progressed';
  readonly visit: Visit;
}

/** An execution's history as visits of states, put together event by event. */
export interface ExecutionTrace {
  /** Visits outside of any Parallel or Map, in order. */
  readonly visits: readonly Visit[];
  /** Visits and iterations that have not ended, in the order they began. */
  readonly open: ReadonlySet<Visit>;
  add(event: HistoryEvent): Change | undefined;
}

/** Follows `previousEventId`, the last event of the same thread, so that simultaneous branches and iterations stay apart. */
export function createExecutionTrace(): ExecutionTrace {
  const visits: Visit[] = [];
  const open = new Set<Visit>();
  /** The visit each event happened in. */
  const places = new Map<number, Visit | null>();

  const begin = (given: Parameters<typeof createVisit>[0]): Visit => {
    const visit = createVisit(given);
    if (visit.parent === null) visits.push(visit);
    open.add(visit);
    return visit;
  };
  const end = (visit: Visit, status: Visit['status'], at: number): void => {
    if (visit.to !== undefined) return;
    turnTo(visit, undefined, at);
    visit.to = at;
    visit.status = status;
    open.delete(visit);
    endChildren(visit, at);
  };
  const endChildren = ({ children }: Visit, at: number): void => {
    for (const child of children) end(child, isFailure(child, at) ? 'failed' : 'aborted', at);
  };
  const attempt = (visit: Visit, at: number): Change => {
    // A Parallel or Map that is tried again: no event says that it failed, only what its branch or iteration did.
    endChildren(visit, visit.status === 'retrying' ? visit.since : at);
    visit.attempts++;
    visit.status = 'running';
    turnTo(visit, 'attempt', at);
    return { type: visit.attempts > 1 ? 'retried' : 'progressed', visit };
  };
  const markFailed = (visit: Visit, at: number, error: string | undefined): void => {
    if (visit.status === 'retrying') return;
    visit.status = 'retrying';
    visit.error = error;
    turnTo(visit, 'backoff', at, visit.doing === 'attempt' ? 'failed' : visit.doing);
  };
  const fail = (visit: Visit, { timestamp, details }: HistoryEvent): Change => {
    const error = details?.['error'];
    markFailed(visit, timestamp, typeof error === 'string' ? error : visit.children.findLast((child) => child.error !== undefined)?.error);
    visit.failedAttempts = visit.attempts;
    endChildren(visit, timestamp);
    return { type: 'attemptFailed', visit };
  };
  /** A branch or iteration has failed, and its Parallel or Map with it. */
  const failParent = ({ parent, error }: Visit, at: number): void => {
    if (parent !== null && parent.kind === 'state') markFailed(parent, at, error);
  };

  const readState = (event: HistoryEvent, place: Visit | null, stateType: string, what: string): Change | undefined => {
    const { timestamp: at, details = {} } = event;
    const { name } = details;
    switch (what) {
      case 'Entered': {
        const visit = begin({ kind: 'state', name: name as string, stateType, parent: nearest(place, isOpen), from: at });
        if (stateType === 'Wait') turnTo(visit, 'wait', at);
        return { type: 'entered', visit };
      }
      case 'Exited': {
        const visit = nearest(place, (each) => isOpenState(each) && each.name === name);
        if (visit === null) return undefined;
        end(visit, visit.status === 'retrying' ? 'caught' : 'succeeded', at);
        return { type: 'ended', visit };
      }
      case 'Aborted': {
        const visit = nearest(place, (each) => isOpenState(each) && each.stateType === stateType) ?? siblingOf(place, stateType);
        if (visit === undefined) return undefined;
        const failed = isFailure(visit, at);
        end(visit, failed ? 'failed' : 'aborted', at);
        if (failed) failParent(visit, at);
        return { type: 'ended', visit };
      }
      case 'Failed': {
        const visit = nearest(place, (each) => isOpenState(each) && each.stateType === stateType && each.failedAttempts < each.attempts);
        return visit === null ? undefined : fail(visit, event);
      }
      case 'Started': {
        const visit = nearest(place, (each) => isOpenState(each) && each.stateType === stateType);
        if (visit === null) return undefined;
        visit.items = typeof details['length'] === 'number' ? details['length'] : 0;
        visit.itemsDone = 0;
        return attempt(visit, at);
      }
      default:
        return undefined;
    }
  };

  /** Of the states that run beside a failed one, the first of this type: their Aborted events follow the failure, not their own last event. */
  const siblingOf = (place: Visit | null, stateType: string): Visit | undefined => {
    for (let outer = place?.parent ?? null; outer !== null; outer = outer.parent) {
      for (const visit of open) if (visit.kind === 'state' && visit.stateType === stateType && isInside(visit, outer)) return visit;
    }
    return undefined;
  };

  const readIteration = ({ timestamp: at, details = {} }: HistoryEvent, place: Visit | null, what: string): Change | undefined => {
    const name = details['name'] as string;
    const index = details['index'] as number;
    if (what === 'Started') {
      const parent = nearest(place, (each) => isOpenState(each) && each.name === name);
      return { type: 'entered', visit: begin({ kind: 'iteration', name, stateType: 'Map', index, parent, from: at }) };
    }
    const visit = nearest(place, (each) => isOpen(each) && each.kind === 'iteration' && each.index === index && each.name === name);
    if (visit === null) return undefined;
    visit.error = what === 'Failed' ? visit.children.findLast((child) => child.error !== undefined)?.error : undefined;
    end(visit, what === 'Succeeded' ? 'succeeded' : what === 'Failed' ? 'failed' : 'aborted', at);
    if (visit.parent !== null) visit.parent.itemsDone++;
    if (visit.status === 'failed') failParent(visit, at);
    return { type: 'ended', visit };
  };

  /** The execution has ended, and with it whatever is open. */
  const readEnd = ({ type, timestamp: at, details }: HistoryEvent, place: Visit | null): void => {
    // Innermost first: what a parent's end would make of them is decided here.
    for (const visit of [...open].reverse()) {
      const failed = type === 'ExecutionFailed' && (visit.stateType === 'Fail' || nearest(place, (each) => each === visit) !== null);
      if (failed && typeof details?.['error'] === 'string') visit.error ??= details['error'];
      end(visit, failed ? 'failed' : 'aborted', at);
    }
  };

  /** A state whose fields cannot be evaluated: the event follows what was before the state. */
  const evaluatedState = ({ details }: HistoryEvent, place: Visit | null): Visit | null => {
    const parent = nearest(place, isOpen);
    if (parent?.kind === 'state' && parent.name === details?.['state']) return parent;
    for (const visit of open) if (visit.kind === 'state' && visit.parent === parent && visit.name === details?.['state']) return visit;
    return null;
  };

  const read = (event: HistoryEvent, place: Visit | null): Change | undefined => {
    const { type, timestamp } = event;
    if (type.startsWith('Execution')) {
      if (type !== 'ExecutionStarted' && type !== 'ExecutionRedriven') readEnd(event, place);
      return undefined;
    }
    const state = /^([A-Z][a-z]+)State([A-Z][a-z]+)$/.exec(type);
    if (state !== null) return readState(event, place, state[1]!, state[2]!);
    if (type.startsWith('MapIteration')) return readIteration(event, place, type.slice('MapIteration'.length));
    const visit = type === 'EvaluationFailed' ? evaluatedState(event, place) : nearest(place, isOpenState);
    if (visit === null) return undefined;
    if (type.endsWith('Scheduled')) return attempt(visit, timestamp);
    if (/(?:Failed|TimedOut|^MapRunAborted)$/.test(type)) return fail(visit, event);
    if (type.endsWith('Succeeded')) turnTo(visit, undefined, timestamp);
    return { type: 'progressed', visit };
  };

  return {
    visits,
    open,
    add(event) {
      const place = places.get(event.previousEventId) ?? null;
      const change = read(event, place);
      places.set(event.id, change?.visit ?? place);
      return change;
    },
  };
}

/** Whether a visit ends because it failed: just now, not in an earlier attempt whose retry it waits for. */
function isFailure({ status, stateType, since }: Visit, at: number): boolean {
  return stateType === 'Fail' || (status === 'retrying' && since === at);
}

function isOpen({ to }: Visit): boolean {
  return to === undefined;
}

function isOpenState({ kind, to }: Visit): boolean {
  return kind === 'state' && to === undefined;
}
