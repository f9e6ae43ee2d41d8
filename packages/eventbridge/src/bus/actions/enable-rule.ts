import type { Json, JsonObject } from '@interstate/kernel';
import type { BusContext } from '../bus-context.ts';
import { inState, keepRule, refuseManaged, ruleNamed } from '../rules.ts';

export function enableRule(context: BusContext, input: JsonObject): Json {
  return setState(context, input, 'ENABLED');
}

export function disableRule(context: BusContext, input: JsonObject): Json {
  return setState(context, input, 'DISABLED');
}

function setState(context: BusContext, input: JsonObject, state: 'ENABLED' | 'DISABLED'): Json {
  const rule = ruleNamed(context, input['Name'] as string);
  refuseManaged(rule);
  keepRule(context, inState(context, rule, state));
  return {};
}
