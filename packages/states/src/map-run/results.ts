import type { Json, JsonObject } from '@interstate/kernel';
import type { ExecutionEnd } from '@interstate/core';

/** What a ResultWriter exports of one child execution. */
export function resultRecord(end: ExecutionEnd, child: { readonly name: string }): JsonObject {
  const stateMachineArn = end.executionArn.replace(/:(?:execution|express):/, ':stateMachine:').split(':').slice(0, 7).join(':');
  return {
    ExecutionArn: end.executionArn,
    Input: JSON.stringify(end.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(end.output !== undefined && { Output: JSON.stringify(end.output), OutputDetails: { Included: true } }),
    ...(end.error !== undefined && { Error: end.error }),
    ...(end.cause !== undefined && { Cause: end.cause }),
    RedriveCount: 0,
    RedriveStatus: end.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    ...(end.status === 'SUCCEEDED' && { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }),
    StartDate: new Date(end.startTime).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: end.status,
    StopDate: new Date(end.stopTime).toISOString(),
  };
}

/** The Map state's result where no ResultWriter exports it: outputs in item order; failed children leave none. */
export function shapeResults(records: readonly JsonObject[], config: JsonObject | undefined): Json {
  const transformation = config?.['Transformation'] ?? 'COMPACT';
  if (transformation === 'NONE') return records;
  const outputs = records.flatMap((record) => (record['Output'] === undefined ? [] : [JSON.parse(record['Output'] as string) as Json]));
  return transformation === 'FLATTEN' ? outputs.flat() : outputs;
}
