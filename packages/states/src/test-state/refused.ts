import { StatesError } from '../errors.ts';

/** A request that breaks a rule of TestState. */
export function refused(reason: string): StatesError {
  return new StatesError('ValidationException', { reason });
}
