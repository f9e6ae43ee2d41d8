import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { invalid } from '../../errors.ts';
import { DEFAULT_BUS, ruleArn } from '../../names.ts';
import { addTags } from '../../tags.ts';
import type { BusContext } from '../bus-context.ts';
import { readRecord, type RuleRecord, type RuleState } from '../bus-state.ts';
import { readPattern } from '../rule-patterns.ts';
import { keepRule, refuseManaged, scheduled, scheduleOf } from '../rules.ts';

/** Makes a rule or replaces it; its targets stay. */
export function putRule(context: BusContext, input: JsonObject): Json {
  const { bus, state, now, options } = context;
  const { Name: name, ScheduleExpression: schedule, EventPattern: pattern, State: wanted = 'ENABLED', Description: description, RoleArn: roleArn, Tags: tags } = input as unknown as PutRuleInput;
  if (!schedule && !pattern) throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (schedule) {
    if (bus.name !== DEFAULT_BUS) throw invalid('ScheduleExpression is supported only on the default event bus.');
    scheduleOf(schedule);
  }
  if (pattern) readPattern(pattern, options.limits);
  const known = readRecord<RuleRecord>(state, `rule:${name}`);
  if (known) refuseManaged(known);
  else if (state.rules.size >= options.limits.rulesPerBus) throw new ServiceFault('LimitExceededException');
  const arn = known?.arn ?? ruleArn(options.place, bus.name, name);
  const goesOn = known !== undefined && known.schedule === schedule && known.state !== 'DISABLED';
  const rule: RuleRecord = {
    name,
    arn,
    state: wanted,
    ...(pattern && { pattern }),
    ...(schedule && { schedule }),
    ...(description !== undefined && { description }),
    ...(roleArn !== undefined && { roleArn }),
    since: goesOn ? known.since : now,
  };
  if (tags && !known) addTags(context, arn, tags);
  keepRule(context, scheduled(rule, now));
  return { RuleArn: arn };
}

interface PutRuleInput {
  readonly Name: string;
  readonly ScheduleExpression?: string;
  readonly EventPattern?: string;
  readonly State?: RuleState;
  readonly Description?: string;
  readonly RoleArn?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}
