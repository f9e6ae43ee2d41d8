import type { Json, JsonObject } from '@interstate/kernel';
import type { GroupContext } from '../group-context.ts';
import { assertThere } from '../group-rules.ts';
import { DEFAULT_RETRY_POLICY } from '../limits.ts';

/** @throws ServiceFault ResourceNotFoundException, ValidationException */
export function getSchedule(context: GroupContext, input: JsonObject): Json {
  assertThere(context);
  const name = input['Name'] as string;
  const record = context.schedule(name);
  const { target, start, end, description, kmsKeyArn, windowMinutes } = record;
  return {
    Arn: context.scheduleArn(name),
    GroupName: context.state.root.name,
    Name: name,
    ScheduleExpression: record.expression,
    ScheduleExpressionTimezone: record.timeZone ?? 'UTC',
    ...(start !== undefined && { StartDate: start }),
    ...(end !== undefined && { EndDate: end }),
    ...(description !== undefined && { Description: description }),
    State: record.disabled ? 'DISABLED' : 'ENABLED',
    CreationDate: record.createdAt,
    LastModificationDate: record.modifiedAt ?? record.createdAt,
    ...(kmsKeyArn !== undefined && { KmsKeyArn: kmsKeyArn }),
    Target: { ...target, RetryPolicy: { ...DEFAULT_RETRY_POLICY, ...(target['RetryPolicy'] as JsonObject | undefined) } },
    FlexibleTimeWindow: windowMinutes === undefined ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes },
    ActionAfterCompletion: record.deleteAfter ? 'DELETE' : 'NONE',
  };
}
