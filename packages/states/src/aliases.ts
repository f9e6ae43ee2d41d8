import { isJsonEqual, nextUint32, type Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import type { AliasRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { assertStatesArn, splitQualifier } from './names.ts';
import { usableStateMachine, versionOrAlias } from './state-machines.ts';

export type Routing = AliasRecord['routing'];

const refuse = (reason: string): never => {
  throw new StatesError('ValidationException', { reason });
};

/** The state machine and routes of a routing configuration. @throws StatesError ValidationException, InvalidArn, ResourceNotFound, StateMachineDeleting */
export function readRouting(context: ActionContext, given: Json): { readonly stateMachineArn: string; readonly routing: Routing } {
  const routing = given as unknown as Routing;
  const arns = routing.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  for (const arn of arns) assertStatesArn(arn, 'stateMachine');
  const list = `[${arns.join(', ')}]`;
  if (new Set(arns).size < arns.length) refuse(`Routing configuration must contain distinct state machine version ARNs. Received: ${list}`);
  const split = arns.map(splitQualifier);
  if (split.some(({ qualifier }) => qualifier === undefined || !/^\d+$/.test(qualifier))) refuse(`Routing configuration must contain state machine version ARNs. Received: ${list}`);
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) refuse(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  const { stateMachineArn } = split[0]!;
  if (split.some((other) => other.stateMachineArn !== stateMachineArn)) refuse(`Routing configuration must contain versions of the same state machine. Received: ${list}`);
  const missing = arns.some((arn) => !versionOrAlias(context, arn)?.version);
  if (missing) throw new StatesError('ResourceNotFound', { reason: 'Request references a resource that does not exist.' });
  usableStateMachine(context, stateMachineArn);
  return { stateMachineArn, routing };
}

export function sameRouting(a: Routing, b: Routing): boolean {
  return isJsonEqual(a as unknown as Json, b as unknown as Json);
}

/** The version an execution started through an alias runs: drawn by weight from the directory's own generator. */
export function drawVersion({ state }: ActionContext, { routing }: AliasRecord): string {
  const [first, second] = routing;
  if (!second || first!.weight === 100) return first!.stateMachineVersionArn;
  return nextUint32(state.random) % 100 < first!.weight ? first!.stateMachineVersionArn : second.stateMachineVersionArn;
}
