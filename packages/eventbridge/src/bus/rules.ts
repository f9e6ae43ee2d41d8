import { nextFireTime } from '../schedule/next-fire-time.ts';
import { parseScheduleExpression, type Schedule } from '../schedule/schedule-expression.ts';
import { invalid, notFound } from '../errors.ts';
import type { Target } from '../targets/target.ts';
import { ServiceFault } from '@interstate/service-kit';
import type { BusContext } from './bus-context.ts';
import { readRecord, writeRecord, type RuleRecord } from './bus-state.ts';

/** @throws ServiceFault where the bus has no such rule */
export function ruleNamed({ state, bus }: BusContext, name: string): RuleRecord {
  const rule = readRecord<RuleRecord>(state, `rule:${name}`);
  if (!rule) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
  return rule;
}

export function targetsOf({ state }: BusContext, name: string): readonly Target[] {
  return readRecord<readonly Target[]>(state, `targets:${name}`) ?? [];
}

/** Keeps a rule, and follows it from now on as it says. */
export function keepRule(context: BusContext, rule: RuleRecord, targets = targetsOf(context, rule.name)): void {
  const { state } = context;
  writeRecord<RuleRecord>(state, `rule:${rule.name}`, rule);
  state.rules.set(rule, targets);
}

export function keepTargets(context: BusContext, rule: RuleRecord, targets: readonly Target[]): void {
  if (targets.length === 0) context.state.records.delete(`targets:${rule.name}`);
  else writeRecord<readonly Target[]>(context.state, `targets:${rule.name}`, targets);
  context.state.rules.set(rule, targets);
}

export function dropRule({ state }: BusContext, { name, arn }: RuleRecord): void {
  state.rules.delete(name);
  for (const key of [`rule:${name}`, `targets:${name}`, `tags:${arn}`]) state.records.delete(key);
}

/** Rules that AWS services made change only for those that insist. @throws ServiceFault */
export function refuseManaged({ name, managedBy }: RuleRecord, force = false): void {
  if (managedBy !== undefined && !force) throw new ServiceFault('ManagedRuleException', { reason: `Rule ${name} is managed by ${managedBy} can't be changed by the account.` });
}

/** A rule in a new state: where it is enabled, its schedule begins anew. */
export function inState({ now }: BusContext, rule: RuleRecord, state: RuleRecord['state']): RuleRecord {
  return rule.state === state ? rule : scheduled({ ...rule, state, since: now }, now);
}

/** A rule with the time its schedule fires next after another. */
export function scheduled({ nextFire: _before, ...rule }: RuleRecord, after: number): RuleRecord {
  if (rule.schedule === undefined || rule.state === 'DISABLED') return rule;
  const nextFire = nextFireTime(scheduleOf(rule.schedule), after, { start: rule.since });
  return nextFire === undefined ? rule : { ...rule, nextFire };
}

/** @throws ServiceFault for what is no schedule of a rule */
export function scheduleOf(expression: string): Schedule {
  const schedule = parseScheduleExpression(expression, 'rule');
  if (schedule.type === 'fault') throw invalid(schedule.message);
  return schedule;
}
