import type { Json, JsonObject } from '@interstate/kernel';
import type { GroupContext } from '../group-context.ts';
import { assertThere } from '../group-rules.ts';
import { DEFAULT_RETRY_POLICY } from '../limits.ts';
import { targetOf } from '../schedule.ts';

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
export function getSchedule(context: GroupContext, input: JsonObject): Json {
  assertThere(context);
  const name = input['Name'] as string;
  const schedule = context.schedule(name);
  const target = targetOf(schedule);
  const { expression, createdAt, form } = schedule;
  const { timeZone = 'UTC', start, end, description, kmsKeyArn, windowMinutes, modifiedAt = createdAt } = form;
  return {
    Arn: context.scheduleArn(name),
    GroupName: context.state.root.name,
    Name: name,
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: timeZone,
    ...(start !== undefined && { StartDate: start }),
    ...(end !== undefined && { EndDate: end }),
    ...(description !== undefined && { Description: description }),
    State: form.disabled ? 'DISABLED' : 'ENABLED',
    CreationDate: createdAt,
    LastModificationDate: modifiedAt,
    ...(kmsKeyArn !== undefined && { KmsKeyArn: kmsKeyArn }),
    Target: { ...target, RetryPolicy: { ...DEFAULT_RETRY_POLICY, ...(target['RetryPolicy'] as JsonObject | undefined) } },
    FlexibleTimeWindow: windowMinutes === undefined ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes },
    ActionAfterCompletion: form.deleteAfter ? 'DELETE' : 'NONE',
  };
}
