import type { Json, JsonObject } from '@interstate/kernel';
import type { BusContext } from '../bus-context.ts';
import type { RuleRecord } from '../bus-state.ts';
import { ruleNamed } from '../rules.ts';

export function describeRule(context: BusContext, input: JsonObject): Json {
  return { ...ruleSummary(context, ruleNamed(context, input['Name'] as string)), CreatedBy: context.options.place.account };
}

/** A rule as lists show it. */
export function ruleSummary({ bus }: BusContext, { name, arn, pattern, schedule, state, description, roleArn, managedBy }: RuleRecord): JsonObject {
  return {
    Name: name,
    Arn: arn,
    ...(pattern !== undefined && { EventPattern: pattern }),
    ...(schedule !== undefined && { ScheduleExpression: schedule }),
    State: state,
    ...(description !== undefined && { Description: description }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...(managedBy !== undefined && { ManagedBy: managedBy }),
    EventBusName: bus.name,
  };
}
