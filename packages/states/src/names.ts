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

/** What kind of thing a Step Functions ARN names, as its resource begins. */
export type StatesResource = 'stateMachine' | 'execution' | 'express' | 'activity' | 'mapRun';

/** @throws StatesError InvalidArn where the text is no ARN of the service, or names something else than `kinds` */
export function assertStatesArn(arn: unknown, ...kinds: readonly StatesResource[]): asserts arn is string {
  const parsed = typeof arn === 'string' ? parseArn(arn) : undefined;
  if (parsed?.service !== 'states') throw new StatesError('InvalidArn', { reason: `Invalid ARN prefix: ${String(arn)}` });
  const kind = parsed.resource.slice(0, Math.max(0, parsed.resource.indexOf(':')));
  if (kinds.length > 0 && !kinds.includes(kind as StatesResource)) {
    throw new StatesError('InvalidArn', { reason: `Resource type not valid in this context: ${kind === '' ? parsed.resource : kind}` });
  }
}

/** @throws StatesError InvalidArn where the text is no ARN of a role */
export function assertRoleArn(arn: unknown): asserts arn is string {
  if (typeof arn !== 'string' || !arn.startsWith('arn:')) throw new StatesError('InvalidArn', { reason: `Invalid ARN prefix: ${String(arn)}` });
  if (parseArn(arn)?.service !== 'iam') throw new StatesError('InvalidArn', { reason: `Invalid Role Arn: ${arn}` });
}

/** A state machine's ARN without its version or alias, and that qualifier. */
export function splitQualifier(arn: string): { readonly stateMachineArn: string; readonly qualifier?: string } {
  const at = arn.lastIndexOf(':');
  return arn.lastIndexOf(':stateMachine:') + ':stateMachine'.length === at ? { stateMachineArn: arn } : { stateMachineArn: arn.slice(0, at), qualifier: arn.slice(at + 1) };
}

/** A state machine's ARN without the label of one of its distributed Map states, and that label. */
export function splitLabel(arn: string): { readonly stateMachineArn: string; readonly label?: string } {
  const at = arn.indexOf('/');
  return at < 0 ? { stateMachineArn: arn } : { stateMachineArn: arn.slice(0, at), label: arn.slice(at + 1) };
}

/** ARN of an execution of a state machine (or of a Map run's child machine, whose name holds a slash). */
export function executionArnOf(stateMachineArn: string, name: string, express?: string): string {
  const kind = express === undefined ? 'execution' : 'express';
  const arn = `${stateMachineArn.replace(':stateMachine:', `:${kind}:`)}:${name}`;
  return express === undefined ? arn : `${arn}:${express}`;
}
