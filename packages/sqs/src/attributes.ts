import { isJsonEqual, setJsonKey } from '@interstate/kernel';
import { parsePolicy } from '@interstate/service-kit';
import { fault, invalid, invalidValue } from './faults.ts';
import type { SqsLimits } from './limits.ts';
import { isQueueArn } from './names.ts';
import { readObject, type QueueAttributes } from './settings.ts';

/** What an attribute's text must be. */
type Rule = (value: string, limits: SqsLimits) => boolean;

const integer = (min: (limits: SqsLimits) => number, max: (limits: SqsLimits) => number): Rule => (value, limits) =>
  /^\d{1,10}$/.test(value) && Number(value) >= min(limits) && Number(value) <= max(limits);
const oneOf = (...values: readonly string[]): Rule => (value) => values.includes(value);
const zero = (): number => 0;
const ANY: Rule = () => true;
const FLAG = oneOf('true', 'false');

const SETTABLE: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['VisibilityTimeout', integer(zero, ({ visibilitySeconds }) => visibilitySeconds)],
  ['MaximumMessageSize', integer(() => 1024, ({ messageBytes }) => messageBytes)],
  ['MessageRetentionPeriod', integer(({ minRetentionSeconds }) => minRetentionSeconds, ({ maxRetentionSeconds }) => maxRetentionSeconds)],
  ['DelaySeconds', integer(zero, ({ delaySeconds }) => delaySeconds)],
  ['ReceiveMessageWaitTimeSeconds', integer(zero, ({ waitSeconds }) => waitSeconds)],
  ['Policy', ANY],
  ['RedrivePolicy', ANY],
  ['RedriveAllowPolicy', ANY],
  ['KmsMasterKeyId', (value) => value.length <= 2048],
  ['KmsDataKeyReusePeriodSeconds', integer(() => 60, () => 86_400)],
  ['SqsManagedSseEnabled', FLAG],
]);

const FIFO_ONLY: ReadonlyMap<string, Rule> = new Map([
  ['FifoQueue', oneOf('true')],
  ['ContentBasedDeduplication', FLAG],
  ['DeduplicationScope', oneOf('queue', 'messageGroup')],
  ['FifoThroughputLimit', oneOf('perQueue', 'perMessageGroupId')],
]);

/** Every attribute a queue may have of its own. */
export const QUEUE_ATTRIBUTES: ReadonlySet<string> = new Set([...SETTABLE.keys(), ...FIFO_ONLY.keys()]);

const DEFAULTS: QueueAttributes = {
  VisibilityTimeout: '30',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
};
const FIFO_DEFAULTS: QueueAttributes = { FifoQueue: 'true', ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' };
/** Given as empty text, they are taken away. */
const UNSET = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']);
const JSON_TEXTS = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy']);

/** Attributes of a new queue. @throws ServiceFault */
export function newAttributes(given: QueueAttributes, isFifo: boolean, limits: SqsLimits): QueueAttributes {
  const maxBytes = String(Math.min(Number(DEFAULTS['MaximumMessageSize']), limits.messageBytes));
  return withAttributes({ ...DEFAULTS, MaximumMessageSize: maxBytes, ...(isFifo && FIFO_DEFAULTS) }, given, isFifo, limits);
}

/** Attributes of a queue after some have been set. @throws ServiceFault */
export function withAttributes(current: QueueAttributes, given: QueueAttributes, isFifo: boolean, limits: SqsLimits): QueueAttributes {
  const result: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(given)) {
    checkAttribute(name, value, isFifo, limits);
    if (value === '' && UNSET.has(name)) delete result[name];
    else setJsonKey(result, name, value);
  }
  encrypt(result, given);
  if (result['FifoThroughputLimit'] === 'perMessageGroupId' && result['DeduplicationScope'] !== 'messageGroup') {
    throw invalidAttribute('FifoThroughputLimit', 'Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.');
  }
  return result;
}

function checkAttribute(name: string, value: string, isFifo: boolean, limits: SqsLimits): void {
  if (FIFO_ONLY.has(name) && !isFifo) {
    if (name === 'DeduplicationScope' || name === 'FifoThroughputLimit') throw invalid(`You can specify the ${name} only when FifoQueue is set to true.`);
    throw fault('InvalidAttributeName', { name });
  }
  const rule = FIFO_ONLY.get(name) ?? SETTABLE.get(name);
  if (rule === undefined) throw fault('InvalidAttributeName', { name });
  if (value === '' && UNSET.has(name)) return;
  if (!rule(value, limits)) throw invalidAttribute(name, name === 'FifoQueue' ? 'Reason: Modifying queue type is not supported.' : undefined);
  if (name === 'Policy') {
    const policy = parsePolicy(value);
    if ('fault' in policy) throw invalidAttribute(name, `Reason: ${policy.fault}.`);
  }
  if (name === 'RedrivePolicy') checkRedrivePolicy(value, limits);
  if (name === 'RedriveAllowPolicy') checkRedriveAllowPolicy(value, limits);
}

function invalidAttribute(name: string, reason?: string): unknown {
  return fault('InvalidAttributeValue', { name, reason: reason === undefined ? '' : ` ${reason}` });
}

/** One kind of encryption at a time; a KMS key turns the service's own off. */
function encrypt(result: Record<string, string>, given: QueueAttributes): void {
  const hasKey = (given['KmsMasterKeyId'] ?? '') !== '';
  if (hasKey && given['SqsManagedSseEnabled'] === 'true') {
    throw invalid('You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.');
  }
  if (given['SqsManagedSseEnabled'] === 'true') delete result['KmsMasterKeyId'];
  if (hasKey) result['SqsManagedSseEnabled'] = 'false';
  if (result['KmsMasterKeyId'] === undefined || result['KmsDataKeyReusePeriodSeconds'] === '300') delete result['KmsDataKeyReusePeriodSeconds'];
}

function checkRedrivePolicy(text: string, { maxReceiveCount: most }: SqsLimits): void {
  const refused = (reason: string): unknown => invalidValue('RedrivePolicy', text, reason);
  const policy = readObject(text);
  if (policy === undefined) throw refused('Redrive policy is not a valid JSON map.');
  for (const name of ['maxReceiveCount', 'deadLetterTargetArn']) if (!Object.hasOwn(policy, name)) throw refused(`Redrive policy does not contain mandatory attribute: ${name}.`);
  for (const name of Object.keys(policy)) if (name !== 'maxReceiveCount' && name !== 'deadLetterTargetArn') throw refused(`Redrive policy contains invalid attribute: ${name}.`);
  const count = policy['maxReceiveCount'];
  if (!isWholeNumber(count) || Number(count) < 1 || Number(count) > most) {
    throw refused(`Invalid value for maxReceiveCount: ${String(count).slice(0, 100)}, valid values are from 1 to ${most} both inclusive.`);
  }
  if (!isQueueArn(policy['deadLetterTargetArn'])) throw refused('Invalid value for deadLetterTargetArn.');
}

function isWholeNumber(value: unknown): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && /^\d{1,9}$/.test(value);
}

function checkRedriveAllowPolicy(text: string, { allowedSourceQueues }: SqsLimits): void {
  const refused = (reason: string): unknown => invalidValue('RedriveAllowPolicy', text, reason);
  const policy = readObject(text);
  if (policy === undefined) throw refused("Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.");
  const { redrivePermission: permission, sourceQueueArns: arns } = policy;
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') throw refused('Invalid value for redrivePermission: valid values are allowAll, denyAll and byQueue.');
  if (permission !== 'byQueue') {
    if (arns !== undefined) throw refused(`Amazon SQS can't create the redrive allow policy. Don't specify sourceQueueArns when redrivePermission is ${permission}.`);
    return;
  }
  if (!Array.isArray(arns) || arns.length < 1 || arns.length > allowedSourceQueues || !arns.every(isQueueArn)) {
    throw refused(`Amazon SQS can't create the redrive allow policy. Specify from 1 to ${allowedSourceQueues} sourceQueueArns.`);
  }
}

/** The first attribute given that has another value; undefined where all are as they are. */
export function differingAttribute(current: QueueAttributes, given: QueueAttributes): string | undefined {
  return Object.keys(given).find((name) => {
    const now = current[name] ?? (name === 'KmsDataKeyReusePeriodSeconds' ? '300' : '');
    if (now === given[name]) return false;
    return !JSON_TEXTS.has(name) || !isJsonEqual(readObject(now), readObject(given[name]!));
  });
}
