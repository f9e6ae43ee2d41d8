import { jsonBytes, type Caller, type Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import { redriveOf } from './actions/describe-execution.ts';
import { directoryAddress, type ExecutionRecord } from './directory-state.ts';
import { nextCallId } from './waiting.ts';

const SOURCE = 'aws.states';
const DETAIL_TYPE = 'Step Functions Execution Status Change';
/** Bytes of input and output together, as JSON texts inside JSON; what is more is left out, the input first. */
const MOST_DATA_BYTES = 248 * 1024;

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
  const output = record.output === undefined ? null : JSON.stringify(record.output);
  const outputBytes = output === null ? 0 : jsonBytes(output);
  const includesOutput = outputBytes <= MOST_DATA_BYTES;
  const includesInput = jsonBytes(record.inputText) + (includesOutput ? outputBytes : 0) <= MOST_DATA_BYTES;
  const { redriveStatus, redriveStatusReason = null } = redriveOf(context, record);
  const detail: Json = {
    executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: record.startTime,
    stopDate: record.stopTime ?? null,
    input: includesInput ? record.inputText : null,
    output: includesOutput ? output : null,
    stateMachineVersionArn: record.versionArn ?? null,
    stateMachineAliasArn: record.aliasArn ?? null,
    redriveCount: record.redriveCount ?? 0,
    redriveDate: record.redriveTime ?? null,
    redriveStatus,
    redriveStatusReason,
    inputDetails: { included: includesInput },
    outputDetails: output === null ? null : { included: includesOutput },
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
