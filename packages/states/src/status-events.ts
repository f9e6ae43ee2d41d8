import type { Caller, Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import { directoryAddress, type ExecutionRecord } from './directory-state.ts';
import { nextCallId } from './waiting.ts';

const SOURCE = 'aws.states';
const DETAIL_TYPE = 'Step Functions Execution Status Change';

/** The directory, for an event bus that tells it by `{ type: 'eventsWanted', wanted }` whether anybody listens to its events. */
export function statusEventSource(region: string, account: string): { readonly address: string; readonly source: string; readonly detailType: string } {
  return { address: directoryAddress(region, account), source: SOURCE, detailType: DETAIL_TYPE };
}

/**
 * Tells the event bus, where there is one that listens, that an execution has changed its status.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function tellStatus(context: ActionContext, executionArn: string, record: ExecutionRecord): void {
  const eventBus = context.options.eventBus ?? context.state.eventBus;
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
    Source: SOURCE,
    DetailType: DETAIL_TYPE,
    Detail: JSON.stringify(detail),
    Resources: [executionArn],
    Time: context.now,
  };
  const caller: Caller = { service: 'states.amazonaws.com', sourceArn: executionArn, account: context.account };
  context.effects.push({ type: 'call', to: eventBus, callId: nextCallId(context), request: { action: 'PutEvents', input: { Entries: [entry] }, caller: { ...caller } } });
}
