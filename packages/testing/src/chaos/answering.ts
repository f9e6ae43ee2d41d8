import type { Address, Connector, Json, Outcome } from '@interstate/kernel';
import { acknowledge } from '../mocks/mock-registry.ts';

/** Answers a request with the `outcome` in it. */
export const ANSWERING_ADDRESS: Address = 'interstate:testing:chaos:answering';
/** Never answers. */
export const SILENT_ADDRESS: Address = 'interstate:testing:chaos:silent';

export const answering: Connector = (call) => {
  const { outcome, resource } = call.request as unknown as { readonly outcome: Outcome; readonly resource?: Json };
  if (resource !== undefined) acknowledge(call);
  return outcome;
};

export const silence: Connector = (call) => {
  acknowledge(call);
  call.release();
  return new Promise(() => {});
};

/** What a service is told where an answer is lost: everyone tries again after it. */
export const LOST_ANSWER: Outcome = { ok: false, error: { Error: 'ServiceUnavailable', Cause: 'The work was done, but the answer was lost.' } };

/** What a Task fails with whose function's process is gone. */
export const DEATH_ERROR = 'Runtime.ExitError';

const EXIT = { errorType: DEATH_ERROR, errorMessage: 'Error: Runtime exited with error: signal: killed' };

/** What the caller of a function is told whose process is gone. */
export const DEATH: Outcome = { ok: true, value: { StatusCode: 200, ExecutedVersion: '$LATEST', FunctionError: 'Unhandled', Payload: EXIT } };
/** The same for a Task. */
export const TASK_DEATH: Outcome = { ok: false, error: { Error: DEATH_ERROR, Cause: JSON.stringify(EXIT) } };
