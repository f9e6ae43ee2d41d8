import type { Json, JsonObject } from '@interstate/kernel';
import { invalid } from '../../errors.ts';
import type { BusContext } from '../bus-context.ts';
import { readRecord, type RuleRecord } from '../bus-state.ts';
import { dropRule, refuseManaged, targetsOf } from '../rules.ts';

/** A rule that is not there is deleted already. */
export function deleteRule(context: BusContext, input: JsonObject): Json {
  const rule = readRecord<RuleRecord>(context.state, `rule:${input['Name'] as string}`);
  if (!rule) return {};
  refuseManaged(rule, input['Force'] === true);
  if (targetsOf(context, rule.name).length > 0) throw invalid("Rule can't be deleted since it has targets.");
  dropRule(context, rule);
  return {};
}
