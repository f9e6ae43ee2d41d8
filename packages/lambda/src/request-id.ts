import { createRandom, nextUuid, seedFrom, type ConnectorCall, type TaskRequest } from '@interstate/kernel';

/** The same attempt gets the same request id, also when it is delivered again. */
export function requestIdOf(call: ConnectorCall): string {
  const { executionArn, attemptId } = call.request as unknown as TaskRequest;
  return nextUuid(createRandom(seedFrom([0, 0, 0, 0], `${executionArn}|${attemptId}|${call.callId}`)));
}
