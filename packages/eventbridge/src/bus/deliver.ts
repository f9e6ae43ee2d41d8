import { executionSuffix, type DeliveryEntry, type JsonObject, type Outcome } from '@interstate/kernel';
import { backoffMs } from '../targets/backoff.ts';
import { faultOf, faultOfStatus, type DeliveryFault } from '../targets/failure.ts';
import { queueUrlOf } from '../targets/target-call.ts';
import type { BusContext } from './bus-context.ts';
import { readRecord, writeRecord, type DeadReason, type DeliveryRecord } from './bus-state.ts';
import { hopsOfEvent } from './hops.ts';
import { liveTarget, type LiveRule, type LiveTarget } from './rule-index.ts';

/** What is known of an event beside itself. */
export interface Origin {
  /** It came from another bus: it goes to no third. */
  readonly forwarded?: boolean;
  /** How many events in a row brought it about, as the caller knows. */
  readonly hops?: number;
  /** Its detail for patterns, where it holds numbers that no double does. */
  readonly exact?: object;
  /** Only these rules, by ARN, are followed. */
  readonly rules?: readonly string[];
}

/** Follows every enabled rule an event matches. */
export function deliverEvent(context: BusContext, event: JsonObject, { forwarded = false, hops = 0, exact, rules }: Origin): void {
  const matching = context.state.rules.matching(exact ? { ...event, detail: exact } : event);
  if (matching.length === 0) return;
  const row = Math.max(hops, hopsOfEvent(event));
  for (let index = 0; index < matching.length; index++) {
    const rule = matching[index]!;
    if (rules === undefined || rules.includes(rule.record.arn)) followRule(context, rule, event, forwarded, row);
  }
}

/** Sends an event to all targets of a rule. */
export function followRule(context: BusContext, { record, targets }: LiveRule, event: JsonObject, forwarded: boolean, hops: number): void {
  for (let index = 0; index < targets.length; index++) {
    const live = targets[index]!;
    const { target } = live;
    const isExecution = target.Arn.includes(':stateMachine:');
    const delivery: DeliveryRecord = {
      rule: record.name,
      ruleArn: record.arn,
      target,
      event,
      ingestionTime: context.now,
      attempt: 1,
      ...(forwarded && { forwarded }),
      ...(hops > 0 && { hops }),
      ...(isExecution && { id: executionSuffix(context.uuid(), hops + 1) }),
    };
    attempt(context, ++context.state.deliveries, delivery, live);
  }
}

/** Sends, or sends again. */
function attempt(context: BusContext, number: number, delivery: DeliveryRecord, { target, input, call }: LiveTarget): void {
  const { event, rule, ruleArn, ingestionTime, forwarded, hops = 0, id = '' } = delivery;
  if (hops >= context.options.limits.loopLength) return giveUp(context, number, delivery, LOOP);
  if (forwarded && target.Arn.includes(':event-bus/')) return giveUp(context, number, delivery, THIRD_BUS);
  const payload = input(event, { ruleArn, ruleName: rule, ingestionTime });
  if (!payload) return giveUp(context, number, delivery, NO_JSON);
  const request = call(target, { event, payload, now: context.now, id });
  if (typeof request === 'string') return giveUp(context, number, delivery, { code: 'INVALID_JSON', message: request, retryable: false });
  writeRecord<DeliveryRecord>(context.state, `delivery:${number}`, delivery);
  const { to, action, input: given } = request;
  context.effects.push({ type: 'call', to, callId: String(number), request: { action, input: given, caller: { ...context.callerOf(ruleArn) }, hops: hops + 1 } });
}

const NO_JSON: DeliveryFault = { code: 'INVALID_JSON', message: 'The input template has not become JSON.', retryable: false };
const THIRD_BUS: DeliveryFault = { code: 'THIRD_ACCOUNT_HOP_DETECTED', message: 'An event that came from another event bus is not sent to a third.', retryable: false };
const LOOP: DeliveryFault = { code: 'LOOP_DETECTED', message: 'The event was brought about by too many events in a row: a rule sets itself off again.', retryable: false };

/** The answer of a target, or of a dead-letter queue. */
export function delivered(context: BusContext, callId: string, outcome: Outcome): void {
  const { state } = context;
  const number = Number(callId);
  const delivery = readRecord<DeliveryRecord>(state, `delivery:${number}`);
  if (!delivery) return;
  const fault = outcome.ok ? faultIn(outcome.value) : faultOf(outcome.error);
  if (delivery.dead) return deadLettered(context, number, delivery, delivery.dead, fault);
  if (fault) return failed(context, number, delivery, fault);
  state.records.delete(`delivery:${number}`);
  context.journal.push(entryOf(context, delivery, 'delivered'));
}

/** API destinations, batches and buses may answer that it did not work. */
function faultIn(value: unknown): DeliveryFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { StatusCode: status, RetryAfterMs: retryAfterMs, FailedEntryCount: refused, Entries: entries } = value as { StatusCode?: unknown; RetryAfterMs?: number; FailedEntryCount?: number; Entries?: readonly { ErrorCode?: string; ErrorMessage?: string }[] };
  if (typeof status === 'number') return faultOfStatus(status, retryAfterMs);
  if (typeof refused !== 'number' || refused === 0) return undefined;
  return faultOf({ Error: entries?.[0]?.ErrorCode ?? 'Unknown', Cause: entries?.[0]?.ErrorMessage ?? '' });
}

function failed(context: BusContext, number: number, delivery: DeliveryRecord, fault: DeliveryFault): void {
  const { limits } = context.options;
  const { attempt: made, target, ingestionTime } = delivery;
  if (!fault.retryable) return giveUp(context, number, delivery, fault);
  const { MaximumRetryAttempts: retries = limits.retryAttempts, MaximumEventAgeInSeconds: ageSeconds = limits.eventAgeSeconds } = target.RetryPolicy ?? {};
  if (made > retries) return giveUp(context, number, delivery, fault, 'MaximumRetryAttempts');
  const at = context.now + Math.max(backoffMs(context.state.random, made, context.options.limits), fault.retryAfterMs ?? 0);
  if (at > ingestionTime + ageSeconds * 1000) return giveUp(context, number, delivery, fault, 'MaximumEventAgeInSeconds');
  context.journal.push(entryOf(context, delivery, 'retrying', fault));
  retryAt(context, number, { ...delivery, attempt: made + 1, at });
}

function retryAt(context: BusContext, number: number, delivery: DeliveryRecord & { readonly at: number }): void {
  writeRecord<DeliveryRecord>(context.state, `delivery:${number}`, delivery);
  context.state.retries.add(delivery.at, number);
}

/** Not to be delivered: to the dead-letter queue, where the target has one. */
function giveUp(context: BusContext, number: number, delivery: DeliveryRecord, { code, message }: DeliveryFault, exhausted?: DeadReason['exhausted']): void {
  const { state } = context;
  const { at: _at, ...record } = delivery;
  const dead: DeadReason = { code, message, attempt: 1, ...(exhausted && { exhausted }) };
  if (queueOf(context, delivery) === undefined) {
    state.records.delete(`delivery:${number}`);
    context.journal.push(entryOf(context, delivery, 'failed', { code, message, retryable: false }));
    return;
  }
  writeRecord<DeliveryRecord>(state, `delivery:${number}`, { ...record, dead });
  sendToQueue(context, number, { ...record, dead }, dead);
}

function queueOf(context: BusContext, { target }: DeliveryRecord): string | undefined {
  return target.DeadLetterConfig?.Arn ?? context.bus.deadLetterConfig?.Arn;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html#eb-rule-dlq-message */
function sendToQueue(context: BusContext, number: number, delivery: DeliveryRecord, { code, message, exhausted }: DeadReason): void {
  const { event, ruleArn, target, attempt: made } = delivery;
  const queue = queueOf(context, delivery);
  if (queue === undefined) return;
  const attributes = {
    RULE_ARN: textAttribute(ruleArn),
    TARGET_ARN: textAttribute(target.Arn),
    ERROR_CODE: textAttribute(code),
    ERROR_MESSAGE: textAttribute(message.slice(0, 1024) || code),
    ...(exhausted && { EXHAUSTED_RETRY_CONDITION: textAttribute(exhausted) }),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(made - 1) },
  };
  const input = { QueueUrl: queueUrlOf(queue), MessageBody: JSON.stringify(event), MessageAttributes: attributes };
  context.effects.push({ type: 'call', to: queue, callId: String(number), request: { action: 'SendMessage', input, caller: { ...context.callerOf(ruleArn) } } });
}

function textAttribute(value: string): JsonObject {
  return { DataType: 'String', StringValue: value };
}

function deadLettered(context: BusContext, number: number, delivery: DeliveryRecord, dead: DeadReason, fault: DeliveryFault | undefined): void {
  const { state, options, now } = context;
  if (fault?.retryable && dead.attempt <= options.limits.retryAttempts) {
    return retryAt(context, number, { ...delivery, dead: { ...dead, attempt: dead.attempt + 1 }, at: now + backoffMs(context.state.random, dead.attempt, context.options.limits) });
  }
  state.records.delete(`delivery:${number}`);
  const status = fault ? 'failed' : 'deadLettered';
  const message = fault ? `${dead.message} The dead-letter queue did not take it: ${fault.message}` : dead.message;
  context.journal.push(entryOf(context, delivery, status, { code: dead.code, message, retryable: false }));
}

/** Sends again what is due. */
export function retryDue(context: BusContext): void {
  const { state, now } = context;
  for (let at = state.retries.firstKey; at !== undefined && at <= now; at = state.retries.firstKey) {
    const number = state.retries.take()!;
    const delivery = readRecord<DeliveryRecord>(state, `delivery:${number}`);
    if (delivery?.at !== at) continue;
    const { at: _at, ...record } = delivery;
    if (record.dead) {
      writeRecord<DeliveryRecord>(state, `delivery:${number}`, record);
      sendToQueue(context, number, record, record.dead);
    } else attempt(context, number, record, liveTarget(record.target));
  }
}

function entryOf({ now }: BusContext, { ruleArn, target, event, attempt: made }: DeliveryRecord, status: DeliveryEntry['status'], fault?: DeliveryFault): DeliveryEntry {
  const entry = { type: 'delivery' as const, time: now, by: ruleArn, to: target.Arn, messageId: event['id'] as string, attempt: made, status };
  return fault ? { ...entry, error: fault.code, reason: fault.message } : entry;
}
