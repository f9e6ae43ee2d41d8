import { createRandom, nextUuid, seedFrom, type ConnectorCall, type TaskRequest } from '@interstate/kernel';

/** What calls for events begin with; their id is the rest. */
export const EVENT = 'event:';

/** The same attempt gets the same request id, also when it is delivered again; all attempts at an event have that of the event. */
export function requestIdOf(call: ConnectorCall): string {
  const { executionArn = call.from, attemptId = 'call' } = call.request as unknown as Partial<TaskRequest>;
  if (call.callId.startsWith(EVENT)) return call.callId.slice(EVENT.length);
  return nextUuid(createRandom(seedFrom([0, 0, 0, 0], `${executionArn}|${attemptId}|${call.callId}`)));
}
