import { transitionKey, type Overlay, type StateMark } from '@interstate/graph';
import { isJsonObject } from '@interstate/kernel';
import { coveredStates, type CoveredPoint, type DefinitionReport } from './coverage-report.ts';

/** What ran, to be drawn over the graph: a state is partly covered where something of it never ran. */
export function coverageOverlay(report: DefinitionReport): Overlay {
  const states = new Map<string, StateMark>();
  const transitions = new Map<string, number>();
  for (const { state, own } of coveredStates(report)) {
    const missed = own.filter(({ count }) => count === 0).length;
    states.set(state.state, state.count === 0 ? { status: 'missed' } : missed > 0 ? { status: 'partly', note: `${own.length - missed}/${own.length}` } : { status: 'covered', note: `${state.count}×` });
    if (state.count > 0 && isLast(state)) transitions.set(transitionKey(state.state, ''), state.count);
    for (const { kind, value, count } of own) {
      if (kind !== 'transition' || count === 0) continue;
      const key = transitionKey(state.state, String(value));
      transitions.set(key, (transitions.get(key) ?? 0) + count);
    }
  }
  return { states, transitions };
}

function isLast({ value }: CoveredPoint): boolean {
  return isJsonObject(value ?? null) && !Object.hasOwn(value as object, 'Next');
}
