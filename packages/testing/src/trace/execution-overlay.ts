import type { HistoryEvent } from '@interstate/core';
import { transitionKey, type Overlay, type StateMark } from '@interstate/graph';
import { durationText } from '../duration-text.ts';
import { createExecutionTrace } from './execution-trace.ts';
import type { Visit } from './visit.ts';

/** What an execution did, to be drawn over the graph: the way it took, how each state ended, how often, how long and with how many retries. */
export function executionOverlay(history: readonly HistoryEvent[]): Overlay {
  const trace = createExecutionTrace();
  const visits = new Map<string, Visit[]>();
  for (const event of history) {
    const change = trace.add(event);
    if (change?.type !== 'entered' || change.visit.kind !== 'state') continue;
    const of = visits.get(change.visit.name);
    if (of) of.push(change.visit);
    else visits.set(change.visit.name, [change.visit]);
  }
  return { states: new Map([...visits].map(([name, of]) => [name, markOf(of)])), transitions: transitionsOf(history) };
}

/** The worst that came of a state wins: it is what is looked for. */
const BY_WEIGHT = ['failed', 'running', 'aborted', 'caught', 'succeeded'] as const;

/** Shorter times say nothing. */
const LEAST_MS = 50;

function markOf(visits: readonly Visit[]): StateMark {
  const ended = visits.map(({ status }) => (status === 'retrying' ? 'running' : status));
  const retries = visits.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0);
  const longestMs = Math.max(...visits.map(({ from, to = from }) => to - from));
  const note = [
    ...(visits.length > 1 ? [`${visits.length}×`] : []),
    ...(longestMs >= LEAST_MS ? [durationText(longestMs / 1000)] : []),
    ...(retries > 0 ? [`${retries} ${retries === 1 ? 'retry' : 'retries'}`] : []),
  ].join(' · ');
  return { status: BY_WEIGHT.find((status) => ended.includes(status))!, ...(note !== '' && { note }) };
}

/** A state is entered after the one before was left, in the same thread; what nothing follows ends it. */
function transitionsOf(history: readonly HistoryEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (from: string, to: string): void => void counts.set(transitionKey(from, to), (counts.get(transitionKey(from, to)) ?? 0) + 1);
  const left = new Map<number, string>();
  for (const { id, type, previousEventId, details } of history) {
    const name = String(details?.['name']);
    if (type.endsWith('StateExited')) left.set(id, name);
    else if (type === 'FailStateEntered') count(name, '');
    const before = left.get(previousEventId);
    if (!type.endsWith('StateEntered') || before === undefined) continue;
    count(before, name);
    left.delete(previousEventId);
  }
  for (const name of left.values()) count(name, '');
  return counts;
}
