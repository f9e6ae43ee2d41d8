import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { invalid } from '../errors.ts';
import { defaultPolicy } from '../topic-attributes.ts';
import { attributesOf, type TopicContext } from '../topic-state.ts';
import { changeAttribute } from './topic-attributes.ts';

const ACTIONS = new Set(['Publish', 'Subscribe', 'GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'ListSubscriptionsByTopic', 'Receive', '*']);

/** @see https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html */
export function addPermission(context: TopicContext, input: JsonObject): Json {
  const { Label: label, AWSAccountId: accounts, ActionName: actions } = input as unknown as { readonly Label: string; readonly AWSAccountId: readonly string[]; readonly ActionName: readonly string[] };
  const policy = policyOf(context);
  if (policy.Statement.some(({ Sid }) => Sid === label)) throw invalid('Statement already exists');
  if (policy.Statement.length >= context.options.limits.policyStatements) throw invalid('Policy Error: The policy has too many statements');
  if (actions.length === 0 || !actions.every((action) => ACTIONS.has(action))) throw invalid('Policy statement action out of service scope!');
  if (accounts.length === 0 || !accounts.every((account) => /^\d{12}$/.test(account))) throw invalid('Policy Error: PrincipalNotFound');
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: single(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: single(actions.map((action) => `SNS:${action}`)),
    Resource: context.arn,
  };
  changeAttribute(context, 'Policy', JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] }));
  return {};
}

/** A label that no statement has changes nothing. @see https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html */
export function removePermission(context: TopicContext, input: JsonObject): Json {
  const policy = policyOf(context);
  const left = policy.Statement.filter(({ Sid }) => Sid !== input['Label']);
  if (left.length < policy.Statement.length) changeAttribute(context, 'Policy', left.length === 0 ? '' : JSON.stringify({ ...policy, Statement: left }));
  return {};
}

function policyOf({ state, arn, options }: TopicContext): JsonObject & { readonly Statement: readonly JsonObject[] } {
  const policy = JSON.parse(attributesOf(state)['Policy'] ?? defaultPolicy(arn, options.account)) as JsonObject;
  const statement = policy['Statement'];
  return { ...policy, Statement: isJsonObject(statement) ? [statement] : (statement as readonly JsonObject[]) };
}

function single(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0]! : values;
}
