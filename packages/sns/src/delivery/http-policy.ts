import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { BackoffFunction, Phases } from './phases.ts';

/** `healthyRetryPolicy`: how an HTTP endpoint is tried again. Delays in seconds. */
export interface RetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: BackoffFunction;
}

/** What a delivery policy says for one kind of endpoint. */
export interface HttpPolicy {
  readonly retry: RetryPolicy;
  /** Deliveries per second; undefined: no bound. */
  readonly maxReceivesPerSecond: number | undefined;
  readonly contentType: string;
}

export interface TopicHttpPolicy extends HttpPolicy {
  readonly disableSubscriptionOverrides: boolean;
}

const DEFAULT_RETRY: RetryPolicy = { minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, numMaxDelayRetries: 0, numNoDelayRetries: 0, numMinDelayRetries: 0, backoffFunction: 'linear' };
const DEFAULT_CONTENT_TYPE = 'text/plain; charset=UTF-8';
export const DEFAULT_TOPIC_POLICY: TopicHttpPolicy = { retry: DEFAULT_RETRY, maxReceivesPerSecond: undefined, contentType: DEFAULT_CONTENT_TYPE, disableSubscriptionOverrides: false };

const BACKOFF_FUNCTIONS = ['linear', 'arithmetic', 'geometric', 'exponential'];
const CONTENT_TYPES = new Set([
  'text/css', 'text/csv', 'text/html', 'text/plain', 'text/xml', 'application/atom+xml', 'application/json', 'application/octet-stream',
  'application/soap+xml', 'application/x-www-form-urlencoded', 'application/xhtml+xml', 'application/xml',
]);
/** All waits of a policy together. */
const MAX_TOTAL_SECONDS = 3600;

/** Reads a topic's DeliveryPolicy: `{ http: { defaultHealthyRetryPolicy, … } }`. A `fault` says what is wrong with it. */
export function parseTopicPolicy(text: string): TopicHttpPolicy | { readonly fault: string } {
  const document = parseObject(text);
  if (!document) return { fault: 'failed to parse JSON.' };
  const http = document['http'] ?? {};
  if (!isJsonObject(http)) return { fault: 'http must be an object' };
  const { disableSubscriptionOverrides = false } = http;
  if (typeof disableSubscriptionOverrides !== 'boolean') return { fault: 'disableSubscriptionOverrides must be a boolean' };
  const policy = readPolicy(http, ['defaultHealthyRetryPolicy', 'defaultThrottlePolicy', 'defaultRequestPolicy'], DEFAULT_TOPIC_POLICY);
  return 'fault' in policy ? policy : { ...policy, disableSubscriptionOverrides };
}

/** Reads a subscription's DeliveryPolicy: `{ healthyRetryPolicy, throttlePolicy, requestPolicy }`, over the topic's. */
export function parseSubscriptionPolicy(text: string, topic: HttpPolicy): HttpPolicy | { readonly fault: string } {
  const document = parseObject(text);
  return document ? readPolicy(document, ['healthyRetryPolicy', 'throttlePolicy', 'requestPolicy'], topic) : { fault: 'failed to parse JSON.' };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readPolicy(given: JsonObject, names: readonly [string, string, string], above: HttpPolicy): HttpPolicy | { readonly fault: string } {
  const [retryName, throttleName, requestName] = names;
  const [retry, throttle, request] = names.map((name) => (Object.hasOwn(given, name) ? given[name] : undefined) ?? {});
  if (!isJsonObject(retry) || !isJsonObject(throttle) || !isJsonObject(request)) return { fault: `${retryName}, ${throttleName} and ${requestName} must be objects` };
  const policy = readRetry(retry, above.retry);
  if (typeof policy === 'string') return { fault: policy };
  const { maxReceivesPerSecond = above.maxReceivesPerSecond } = throttle;
  if (maxReceivesPerSecond !== undefined && !(isWhole(maxReceivesPerSecond) && maxReceivesPerSecond >= 1)) return { fault: 'maxReceivesPerSecond must be an integer of at least 1' };
  const { headerContentType = above.contentType } = request;
  if (typeof headerContentType !== 'string' || !CONTENT_TYPES.has(headerContentType.split(';', 1)[0]!.trim().toLowerCase())) return { fault: 'headerContentType is not supported' };
  if (/[\r\n]/.test(headerContentType)) return { fault: 'headerContentType is not supported' };
  return { retry: policy, maxReceivesPerSecond: maxReceivesPerSecond as number | undefined, contentType: headerContentType };
}

function readRetry(given: JsonObject, above: RetryPolicy): RetryPolicy | string {
  // A policy that says something of retries stands for itself; what it leaves out has AWS's defaults.
  if (Object.keys(given).length === 0) return above;
  const policy = { ...DEFAULT_RETRY, ...(Object.hasOwn(given, 'minDelayTarget') && !Object.hasOwn(given, 'maxDelayTarget') && { maxDelayTarget: Math.max(20, Number(given['minDelayTarget'])) }) } as Record<keyof RetryPolicy, Json>;
  for (const name of Object.keys(DEFAULT_RETRY) as (keyof RetryPolicy)[]) if (Object.hasOwn(given, name) && given[name] !== null) policy[name] = given[name]!;
  const { backoffFunction, ...numbers } = policy;
  if (!BACKOFF_FUNCTIONS.includes(backoffFunction as string)) return `backoffFunction must be one of ${BACKOFF_FUNCTIONS.join(', ')}`;
  for (const [name, value] of Object.entries(numbers)) if (!isWhole(value) || value < 0) return `${name} must be an integer of at least 0`;
  const read = policy as unknown as RetryPolicy;
  if (read.numRetries > 100) return 'numRetries must be between 0 and 100';
  if (read.minDelayTarget < 1 || read.minDelayTarget > read.maxDelayTarget) return 'minDelayTarget must be between 1 and maxDelayTarget';
  if (read.maxDelayTarget > MAX_TOTAL_SECONDS) return `maxDelayTarget must be between minDelayTarget and ${MAX_TOTAL_SECONDS}`;
  if (read.numNoDelayRetries + read.numMinDelayRetries + read.numMaxDelayRetries > read.numRetries) return 'numNoDelayRetries, numMinDelayRetries and numMaxDelayRetries must not exceed numRetries';
  if (totalSeconds(read) > MAX_TOTAL_SECONDS) return `the retries must not take longer than ${MAX_TOTAL_SECONDS} seconds in total`;
  return read;
}

function isWhole(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

/** At most: with every retry of the backoff at its longest wait. */
function totalSeconds({ minDelayTarget, maxDelayTarget, numRetries, numNoDelayRetries, numMinDelayRetries }: RetryPolicy): number {
  return numMinDelayRetries * minDelayTarget + (numRetries - numNoDelayRetries - numMinDelayRetries) * maxDelayTarget;
}

/** The phases of a retry policy. */
export function httpPhases(policy: RetryPolicy): Phases {
  const { minDelayTarget, maxDelayTarget, numRetries, numMaxDelayRetries, numNoDelayRetries, numMinDelayRetries, backoffFunction } = policy;
  const fromMs = minDelayTarget * 1000;
  const toMs = maxDelayTarget * 1000;
  return [
    { retries: numNoDelayRetries, waitMs: 0 },
    { retries: numMinDelayRetries, waitMs: fromMs },
    { retries: numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries, fromMs, toMs, backoff: backoffFunction },
    { retries: numMaxDelayRetries, waitMs: toMs },
  ];
}

/** `EffectiveDeliveryPolicy` of a topic. */
export function printTopicPolicy({ retry, disableSubscriptionOverrides, maxReceivesPerSecond, contentType }: TopicHttpPolicy): string {
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: retry,
      disableSubscriptionOverrides,
      ...(maxReceivesPerSecond !== undefined && { defaultThrottlePolicy: { maxReceivesPerSecond } }),
      defaultRequestPolicy: { headerContentType: contentType },
    },
  });
}

/** `EffectiveDeliveryPolicy` of an HTTP subscription. */
export function printSubscriptionPolicy({ retry, maxReceivesPerSecond, contentType }: HttpPolicy): string {
  return JSON.stringify({
    healthyRetryPolicy: retry,
    sicklyRetryPolicy: null,
    throttlePolicy: maxReceivesPerSecond === undefined ? null : { maxReceivesPerSecond },
    requestPolicy: { headerContentType: contentType },
    guaranteed: false,
  });
}
