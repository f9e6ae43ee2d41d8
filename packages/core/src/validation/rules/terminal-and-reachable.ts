import type { GroupView, StateView } from '../machine-view.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';
import { transitionsOf } from '../transitions.ts';

/**
 * Some state ends the machine, branch or iteration; and every state can be reached from `StartAt`.
 * One rule, since Step Functions looks for unreachable states only where there is an end.
 */
export const terminalAndReachable: Rule = (machine, report) => {
  for (const group of machine.groups) {
    if (group.states.size === 0) continue;
    if (![...group.states.values()].some(isTerminal)) {
      report('MISSING_END_STATE', 'Workflow has no terminal state', group.place);
      continue;
    }
    const reached = reachableStates(group);
    if (!reached) continue;
    for (const state of group.states.values()) {
      if (!reached.has(state)) report('MISSING_TRANSITION_TARGET', `State "${state.name}" is not reachable.`, state.place);
    }
  }
};

function isTerminal({ raw, type }: StateView): boolean {
  return type === 'Succeed' || type === 'Fail' || raw['End'] === true || isSubstituted(raw['End']);
}

/** Undefined where that cannot be told: no start, or a transition that is still to be filled in. */
function reachableStates(group: GroupView): Set<StateView> | undefined {
  const start = typeof group.raw['StartAt'] === 'string' ? group.states.get(group.raw['StartAt']) : undefined;
  if (!start) return undefined;
  const reached = new Set([start]);
  // A Set is walked in the order of adding, added ones included.
  for (const state of reached) {
    for (const [target] of transitionsOf(state)) {
      if (isSubstituted(target)) return undefined;
      const next = typeof target === 'string' ? group.states.get(target) : undefined;
      if (next) reached.add(next);
    }
  }
  return reached;
}
