import type { Json, JsonObject } from '@interstate/kernel';
import { parsePolicy, ServiceFault } from '@interstate/service-kit';
import { invalid, notFound } from '../../errors.ts';
import type { BusContext } from '../bus-context.ts';
import { changeBus } from './event-bus.ts';

/** Adds a statement to the bus's policy, or takes a whole policy. */
export function putPermission(context: BusContext, input: JsonObject): Json {
  const { Policy: policy } = input as { Policy?: string };
  if (policy !== undefined) {
    const read = parsePolicy(policy);
    if ('fault' in read) throw invalid(`Policy is not valid. Reason: ${read.fault}.`);
    keepPolicy(context, policy);
    return {};
  }
  const { Action: action, Principal: principal, StatementId: id, Condition: condition } = input as PermissionInput;
  if (action === undefined || principal === undefined || id === undefined) throw invalid('Parameter(s) Action, Principal and StatementId, or Policy, must be specified.');
  if (action !== 'events:PutEvents') throw invalid('Provided value in parameter \'action\' is not supported.');
  const statement: JsonObject = {
    Sid: id,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: context.bus.arn,
    ...(condition && { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  };
  keepStatements(context, [...statementsOf(context).filter(({ Sid }) => Sid !== id), statement]);
  return {};
}

interface PermissionInput {
  readonly Action?: string;
  readonly Principal?: string;
  readonly StatementId?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
}

export function removePermission(context: BusContext, input: JsonObject): Json {
  const { StatementId: id, RemoveAllPermissions: all } = input as { StatementId?: string; RemoveAllPermissions?: boolean };
  if (all === true) {
    dropPolicy(context);
    return {};
  }
  const statements = statementsOf(context);
  if (statements.length === 0) throw notFound('EventBus does not have a policy.');
  const rest = statements.filter(({ Sid }) => Sid !== id);
  if (rest.length === statements.length) throw notFound('Statement with the provided id does not exist.');
  keepStatements(context, rest);
  return {};
}

function statementsOf({ bus }: BusContext): readonly JsonObject[] {
  if (bus.policy === undefined) return [];
  const { Statement: statements } = JSON.parse(bus.policy) as { Statement?: JsonObject | readonly JsonObject[] };
  return Array.isArray(statements) ? (statements as readonly JsonObject[]) : statements ? [statements as JsonObject] : [];
}

function keepStatements(context: BusContext, statements: readonly JsonObject[]): void {
  if (statements.length === 0) return dropPolicy(context);
  keepPolicy(context, JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

function dropPolicy(context: BusContext): void {
  const { policy: _policy, ...bus } = context.bus;
  changeBus(context, bus);
}

function keepPolicy(context: BusContext, policy: string): void {
  const { policyBytes } = context.options.limits;
  if (policy.length > policyBytes) throw new ServiceFault('PolicyLengthExceededException', { limit: policyBytes });
  changeBus(context, { ...context.bus, policy });
}
