import { parseArn } from '@interstate/kernel';
import { StatesError } from './errors.ts';
import { STATES_LIMITS } from './limits.ts';

// Built from code points: the characters themselves may not stand in source text.
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;

/** @throws StatesError InvalidName for names the service refuses */
export function assertName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name.length === 0 || name.length > STATES_LIMITS.nameCharacters || FORBIDDEN.test(name)) {
    throw new StatesError('InvalidName', { name: String(name) });
  }
}

/** @throws StatesError InvalidArn where the text is no ARN of the service */
export function assertStatesArn(arn: unknown): asserts arn is string {
  if (typeof arn !== 'string' || parseArn(arn)?.service !== 'states') {
    throw new StatesError('InvalidArn', { reason: `Invalid ARN prefix: ${String(arn)}` });
  }
}

/** ARN of an execution of a state machine (or of a Map run's child machine, whose name holds a slash). */
export function executionArnOf(stateMachineArn: string, name: string, express?: string): string {
  const kind = express === undefined ? 'execution' : 'express';
  const arn = `${stateMachineArn.replace(':stateMachine:', `:${kind}:`)}:${name}`;
  return express === undefined ? arn : `${arn}:${express}`;
}
