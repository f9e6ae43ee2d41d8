import { formatTimestamp, parseArn, type EpochMs, type Json, type JsonObject } from '@interstate/kernel';
import type { ApiRequest, Caller } from '@interstate/kernel';
import type { EventRecord } from './event-record.ts';

export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** With the version that is meant where none is said. */
export function qualified(functionArn: string): string {
  return functionArn.split(':').length > 7 ? functionArn : `${functionArn}:$LATEST`;
}

/**
 * What destinations are told of an asynchronous invocation.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function invocationRecord(requestId: string, event: EventRecord, condition: Condition, now: EpochMs): JsonObject {
  const { functionArn, payload, calls, answer } = event;
  return {
    version: '1.0',
    timestamp: formatTimestamp(now),
    requestContext: { requestId, functionArn: qualified(functionArn), condition, approximateInvokeCount: calls },
    requestPayload: payload,
    ...(answer && {
      responseContext: { statusCode: 200, executedVersion: answer.version, ...(answer.functionError !== null && { functionError: answer.functionError }) },
      responsePayload: answer.payload,
    }),
  };
}

/** The call that takes a record to its destination: a queue, topic, event bus or function. Undefined: to none of these. */
export function destinationRequest(to: string, record: JsonObject, caller: Caller): ApiRequest | undefined {
  const { service, region, account, resource = '' } = parseArn(to) ?? {};
  switch (service) {
    case 'sqs':
      return { action: 'SendMessage', input: { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${resource}`, MessageBody: JSON.stringify(record) }, caller };
    case 'sns':
      return { action: 'Publish', input: { TopicArn: to, Message: JSON.stringify(record) }, caller };
    case 'events': {
      const { condition, functionArn } = record['requestContext'] as { condition: Condition; functionArn: string };
      const entry = {
        Source: 'lambda',
        DetailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
        Detail: JSON.stringify(record),
        Resources: [to, functionArn],
        EventBusName: to,
      };
      return { action: 'PutEvents', input: { Entries: [entry] }, caller };
    }
    case 'lambda':
      return { action: 'Invoke', input: { FunctionName: to, InvocationType: 'Event', Payload: record }, caller };
    default:
      return undefined;
  }
}

/** The call that puts an event into the dead-letter queue or topic of its function. */
export function deadLetterRequest(to: string, requestId: string, { payload, answer }: EventRecord, caller: Caller): ApiRequest | undefined {
  const { service, region, account, resource = '' } = parseArn(to) ?? {};
  const text = (DataType: string, StringValue: string): JsonObject => ({ DataType, StringValue });
  const message = isMessage(answer?.payload) ? answer.payload.errorMessage.slice(0, 1_024) : '';
  const MessageAttributes = { RequestID: text('String', requestId), ErrorCode: text('Number', '200'), ...(message !== '' && { ErrorMessage: text('String', message) }) };
  const body = JSON.stringify(payload);
  if (service === 'sqs') return { action: 'SendMessage', input: { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${resource}`, MessageBody: body, MessageAttributes }, caller };
  if (service === 'sns') return { action: 'Publish', input: { TopicArn: to, Message: body, MessageAttributes }, caller };
  return undefined;
}

function isMessage(payload: Json | undefined): payload is { readonly errorMessage: string } {
  return typeof payload === 'object' && payload !== null && typeof (payload as JsonObject)['errorMessage'] === 'string';
}
