import { formatTimestamp, type Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import type { ExecutionRecord } from './directory-state.ts';
import { nextCallId } from './waiting.ts';

/**
 * Tells the event bus, where there is one, that an execution has changed its status.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function tellStatus(context: ActionContext, executionArn: string, record: ExecutionRecord): void {
  const { eventBus } = context.options;
  if (eventBus === undefined || record.express) return;
  const { output } = record;
  const detail: Json = {
    executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: record.startTime,
    stopDate: record.stopTime ?? null,
    input: record.inputText,
    output: output === undefined ? null : JSON.stringify(output),
    stateMachineVersionArn: record.versionArn ?? null,
    stateMachineAliasArn: record.aliasArn ?? null,
    redriveCount: record.redriveCount ?? 0,
    redriveDate: record.redriveTime ?? null,
    redriveStatus: record.status === 'RUNNING' || record.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    redriveStatusReason: record.status === 'RUNNING' || record.status === 'SUCCEEDED' ? `Execution is ${record.status} and cannot be redriven` : null,
    inputDetails: { included: true },
    outputDetails: output === undefined ? null : { included: true },
    error: record.error ?? null,
    cause: record.cause ?? null,
  };
  const entry: Json = {
    Source: 'aws.states',
    DetailType: 'Step Functions Execution Status Change',
    Detail: JSON.stringify(detail),
    Resources: [executionArn],
    Time: formatTimestamp(context.now),
  };
  context.effects.push({ type: 'call', to: eventBus, callId: nextCallId(context), request: { action: 'PutEvents', input: { Entries: [entry] } } });
}
