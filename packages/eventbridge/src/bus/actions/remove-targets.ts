import type { Json, JsonObject } from '@interstate/kernel';
import type { BusContext } from '../bus-context.ts';
import { keepTargets, refuseManaged, ruleNamed, targetsOf } from '../rules.ts';

/** Ids the rule does not have are removed already. */
export function removeTargets(context: BusContext, input: JsonObject): Json {
  const rule = ruleNamed(context, input['Rule'] as string);
  refuseManaged(rule, input['Force'] === true);
  const ids = new Set(input['Ids'] as readonly string[]);
  keepTargets(context, rule, targetsOf(context, rule.name).filter(({ Id }) => !ids.has(Id)));
  return { FailedEntryCount: 0, FailedEntries: [] };
}
