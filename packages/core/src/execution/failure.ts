import type { Failure } from '@interstate/kernel';
import type { Fault } from '../fault.ts';
import type { Frame } from './frame.ts';

/** A failed state, branch or iteration, on its way to a Retrier, a Catcher or the end of the execution. */
export interface StateFailure extends Failure {
  /** A second name ErrorEquals may use: `States.HeartbeatTimeout` beside `States.Timeout`. */
  readonly alias?: string;
  /** True where no Retrier or Catcher may match: faults of the interpreter, outputs over the limit. */
  readonly fatal?: true;
}

/**
 * Words an interpreter fault as AWS does, with the state and its entered event in front: but for a state tested by itself,
 * which is entered at no event.
 */
export function failureOf(frame: Frame, fault: Fault): StateFailure {
  const cause = frame.enteredEventId === 0 ? fault.cause : `An error occurred while executing the state '${frame.state.name}' (entered at the event id #${frame.enteredEventId}). ${fault.cause}`;
  return fault.error === 'States.Runtime' ? { Error: fault.error, Cause: cause, fatal: true } : { Error: fault.error, Cause: cause };
}

/** A result or output beyond the payload limit. The cause carries no state prefix. */
export function oversize(name: string): StateFailure {
  return {
    Error: 'States.DataLimitExceeded',
    Cause: `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
}

/** The error output a Catcher passes on. A name or cause that was never given is null. */
export function errorOutputOf(failure: Failure): { Error: string | null; Cause: string | null } {
  return { Error: failure.Error ?? null, Cause: failure.Cause ?? null };
}
