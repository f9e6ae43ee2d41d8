import type { Connector, ConnectorCall, Json, Outcome, TaskRequest } from '@interstate/kernel';

/** A call as a host makes it, for tests. */
export function taskCall(resource: string, parameters: Json, more: Partial<TaskRequest> = {}): ConnectorCall {
  const request: TaskRequest = {
    resource,
    service: resource.startsWith('arn:aws:states') ? 'lambda' : '',
    action: 'invoke',
    pattern: 'requestResponse',
    arguments: parameters,
    attemptId: 'attempt-1',
    executionArn: 'arn:aws:states:eu-west-1:111111111111:execution:m:e',
    stateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:m',
    roleArn: 'arn:aws:iam::111111111111:role/r',
    stateName: 'S',
    retryCount: 0,
    iteration: [],
    ...more,
  };
  return {
    to: resource,
    from: request.executionArn,
    callId: '1',
    request: request as unknown as Json,
    now: Date.UTC(2026, 0, 2, 3, 4, 5),
    signal: new AbortController().signal,
    progress: () => {},
    release: () => {},
  };
}

export async function answerOf(connector: Connector | undefined, call: ConnectorCall): Promise<Outcome> {
  if (connector === undefined) throw new Error('There is no such connector.');
  return connector(call);
}
