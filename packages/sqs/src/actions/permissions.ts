import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryState } from '../directory-state.ts';
import { INPUT_SHAPES } from '../input-shapes.ts';
import { fault, invalidValue, missing } from '../faults.ts';
import { readObject } from '../settings.ts';
import { configure } from './set-queue-attributes.ts';

const LABEL = /^[\w-]{1,80}$/;
const ACCOUNT = /^\d{12}$/;
/** In one statement. */
const MAX_ACTIONS = 7;
/** What no other account can be permitted. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-customer-managed-policy-examples.html */
const OWNERS_ONLY = new Set([
  'AddPermission', 'CancelMessageMoveTask', 'CreateQueue', 'DeleteQueue', 'ListMessageMoveTasks', 'ListQueues', 'ListQueueTags', 'RemovePermission',
  'SetQueueAttributes', 'StartMessageMoveTask', 'TagQueue', 'UntagQueue',
]);

function isGrantable(action: string): boolean {
  return action === '*' || (Object.hasOwn(INPUT_SHAPES, action) && !OWNERS_ONLY.has(action));
}

/** Adds a statement to the queue's policy, which is made where there is none. */
export function addPermission(state: DirectoryState, input: JsonObject): Json | undefined {
  const { name, arn, entry } = state.named(input);
  const label = input['Label'] as string;
  const accounts = input['AWSAccountIds'] as readonly string[];
  const actions = input['Actions'] as readonly string[];
  if (!LABEL.test(label)) throw invalidValue('Label', label, 'Label can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
  if (accounts.length === 0) throw missing('AWSAccountIds');
  if (actions.length === 0) throw missing('Actions');
  for (const account of accounts) if (!ACCOUNT.test(account)) throw invalidValue('PrincipalId', JSON.stringify(accounts), 'Unable to verify.');
  if (actions.length > MAX_ACTIONS) throw fault('OverLimit', { reason: `${actions.length} Actions were found, maximum allowed is ${MAX_ACTIONS}.` });
  for (const action of actions) if (!isGrantable(action)) throw invalidValue('ActionName', `SQS:${action}`, 'Only the queue owner is allowed to invoke this action.');
  const policy = policyOf(entry.attributes['Policy'], arn);
  if (policy.Statement.some(({ Sid }) => Sid === label)) throw invalidValue('Label', label, 'Already exists.');
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: single(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: single(actions.map((action) => `SQS:${action}`)),
    Resource: arn,
  };
  return configure(state, name, { ...entry.attributes, Policy: JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] }) });
}

export function removePermission(state: DirectoryState, input: JsonObject): Json | undefined {
  const { name, arn, entry } = state.named(input);
  const label = input['Label'] as string;
  const policy = policyOf(entry.attributes['Policy'], arn);
  const Statement = policy.Statement.filter(({ Sid }) => Sid !== label);
  if (Statement.length === policy.Statement.length) throw invalidValue('Label', label, "can't find label.");
  const { Policy: _, ...others } = entry.attributes;
  return configure(state, name, Statement.length === 0 ? others : { ...others, Policy: JSON.stringify({ ...policy, Statement }) });
}

interface PolicyDocument {
  readonly Statement: readonly JsonObject[];
}

function policyOf(text: string | undefined, arn: string): PolicyDocument {
  const fresh = { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy`, Statement: [] };
  if (text === undefined) return fresh;
  const { Statement, ...document } = readObject(text) as unknown as { readonly Statement: JsonObject | readonly JsonObject[] };
  return { ...document, Statement: Array.isArray(Statement) ? (Statement as readonly JsonObject[]) : [Statement as JsonObject] };
}

/** One value stands for itself. */
function single(values: readonly string[]): Json {
  return values.length === 1 ? values[0]! : values;
}

