import type { Json, JsonObject } from '@interstate/kernel';
import { pageOf } from '../../pagination.ts';
import type { BusContext } from '../bus-context.ts';
import { targetsOf, ruleNamed } from '../rules.ts';
import { ruleSummary } from './describe-rule.ts';

export function listRules(context: BusContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '' } = input as { NamePrefix?: string };
  const names = context.state.rules.names().filter((name) => name.startsWith(prefix));
  const { page, ...rest } = pageOf('ListRules', { prefix, bus: context.bus.name }, names, input);
  return { Rules: page.map((name) => ruleSummary(context, context.state.rules.get(name)!.record)), ...rest };
}

export function listRuleNamesByTarget(context: BusContext, input: JsonObject): Json {
  const { rules } = context.state;
  const arn = input['TargetArn'] as string;
  const names = rules.names().filter((name) => rules.get(name)!.given.some(({ Arn }) => Arn === arn));
  const { page, ...rest } = pageOf('ListRuleNamesByTarget', { arn, bus: context.bus.name }, names, input);
  return { RuleNames: page, ...rest };
}

export function listTargetsByRule(context: BusContext, input: JsonObject): Json {
  const { name } = ruleNamed(context, input['Rule'] as string);
  const targets = new Map(targetsOf(context, name).map((target) => [target.Id, target]));
  const { page, ...rest } = pageOf('ListTargetsByRule', { name, bus: context.bus.name }, [...targets.keys()], input);
  return { Targets: page.map((id) => targets.get(id) as unknown as JsonObject), ...rest };
}
