import type { ApiRequest, Json, JsonObject } from '@interstate/kernel';
import { checkId, checkRange } from '../checks.ts';
import { fault } from '../faults.ts';
import { addPoller } from '../polling.ts';
import type { QueueState } from '../queue-state.ts';
import { rememberAttempt, repeatAttempt, SYSTEM_ATTRIBUTES, takeMessages } from '../receiving.ts';

/** Services whose receives stand until they are withdrawn. */
const STANDING: ReadonlySet<string> = new Set(['lambda.amazonaws.com', 'pipes.amazonaws.com']);

/** Undefined: the receive waits. */
export function receiveMessage(state: QueueState, input: JsonObject, { caller }: ApiRequest): Json | undefined {
  check(state, input);
  const { settings, options: { limits }, root } = state;
  const isAttempt = settings.isFifo && input['ReceiveRequestAttemptId'] !== undefined;
  const repeated = isAttempt ? repeatAttempt(state, input) : undefined;
  if (repeated !== undefined) return { Messages: repeated };
  if (!settings.isFifo && state.inFlight >= limits.inFlightMessages) throw fault('OverLimit', { reason: `Too many messages are in flight: ${limits.inFlightMessages} have been received and not deleted.` });
  const Messages = takeMessages(state, input);
  if (Messages.length > 0) {
    if (isAttempt) rememberAttempt(state, input, Messages);
    return { Messages };
  }
  const isStanding = caller !== undefined && STANDING.has(caller.service);
  const seconds = input['WaitTimeSeconds'] as number | undefined;
  const waitMs = seconds === undefined ? settings.waitMs : seconds * 1000;
  if (isStanding || waitMs > 0) return addPoller(state, input, isStanding ? Infinity : state.now + waitMs);
  root.counters.emptyReceives++;
  return {};
}

function check({ options: { limits } }: QueueState, input: JsonObject): void {
  const { MaxNumberOfMessages: count, WaitTimeSeconds: wait, VisibilityTimeout: visibility, ReceiveRequestAttemptId: attempt } = input;
  if (count !== undefined) checkRange('MaxNumberOfMessages', count as number, 1, limits.receivedMessages, `Must be between 1 and ${limits.receivedMessages}, if provided.`);
  if (wait !== undefined) checkRange('WaitTimeSeconds', wait as number, 0, limits.waitSeconds);
  if (visibility !== undefined) checkRange('VisibilityTimeout', visibility as number, 0, limits.visibilitySeconds);
  if (attempt !== undefined) checkId('ReceiveRequestAttemptId', attempt as string, limits.idCharacters);
  checkNames(input['MessageSystemAttributeNames'] as readonly string[] | undefined);
}

function checkNames(names: readonly string[] | undefined): void {
  for (const name of names ?? []) {
    if (name !== 'All' && !SYSTEM_ATTRIBUTES.has(name)) throw fault('InvalidAttributeName', { name });
  }
}
