import type { ApiRequest, EpochMs, Json, JsonObject, Outcome } from '@interstate/kernel';
import { backoffMs } from '../targets/backoff.ts';
import { faultOf } from '../targets/failure.ts';
import { queueUrlOf } from '../targets/target-call.ts';
import type { GroupContext } from './group-context.ts';
import { deliveryKey, removeSchedule, writeSchedule, type DeliveryRecord } from './group-state.ts';
import { DEFAULT_RETRY_POLICY } from './limits.ts';
import { planNext } from './plan.ts';
import { targetOf } from './schedule.ts';
import { inputText, targetCall, type Invocation } from './target-call.ts';

/** Invocations begun in one step; what more is due comes in the next, at the same time. */
const AT_ONCE = 100;

/** As the target names its errors. */
type Fault = { readonly error: string; readonly reason: string };

/** Invokes what is due, and tries again what waits for that. */
export function fireDue(context: GroupContext): void {
  const { state, now } = context;
  let left = AT_ONCE;
  for (const queue of [state.pressing, state.housekeeping]) {
    for (let name = left > 0 ? queue.take(now) : undefined; name !== undefined; name = --left > 0 ? queue.take(now) : undefined) fire(context, name);
  }
  for (let key = left > 0 ? state.retries.take(now) : undefined; key !== undefined; key = --left > 0 ? state.retries.take(now) : undefined) {
    const { dueAt: _, ...delivery } = state.records.get(key) as unknown as DeliveryRecord & { dueAt: EpochMs };
    attempt(context, key, { ...delivery, attempt: delivery.attempt + 1 });
  }
}

function fire(context: GroupContext, name: string): void {
  const { state, now } = context;
  const schedule = state.schedules.get(name)!;
  const { number, dueAt, form } = schedule;
  writeSchedule(state, name, planNext(context, schedule), schedule);
  state.inFlight.set(number, (state.inFlight.get(number) ?? 0) + 1);
  const scheduledAt = form.scheduledAt ?? dueAt!;
  attempt(context, deliveryKey(++state.root.invocations), { schedule: name, of: number, target: targetOf(schedule), scheduledAt, startedAt: now, executionId: context.executionId(), ...(form.kmsKeyArn !== undefined && { kmsKeyArn: form.kmsKeyArn }), attempt: 1 });
}

function attempt(context: GroupContext, key: string, delivery: DeliveryRecord): void {
  context.state.records.set(key, delivery as unknown as Json);
  const invocation = invocationOf(context, delivery);
  const call = targetCall(delivery.target, inputText(delivery.target, invocation), invocation.scheduleArn);
  if (call) send(context, key, call.to, { ...call.request }, invocation.scheduleArn);
  else failed(context, key, delivery, { error: 'ValidationException', reason: 'The input of the target is not well-formed JSON.' });
}

function send(context: GroupContext, callId: string, to: string, request: Pick<ApiRequest, 'action' | 'input'>, sourceArn: string): void {
  const { account } = context.options;
  const asked: ApiRequest = { ...request, caller: { service: 'scheduler.amazonaws.com', sourceArn, account } };
  context.effects.push({ type: 'call', to, callId, request: asked as unknown as Json });
}

/** Takes the answer of a target, or of the dead-letter queue. */
export function answered(context: GroupContext, key: string, outcome: Outcome): void {
  const delivery = context.state.records.get(key) as unknown as DeliveryRecord | undefined;
  // Its group was deleted meanwhile.
  if (!delivery) return;
  const fault = faultIn(outcome);
  if (!delivery.failure) {
    if (fault) return failed(context, key, delivery, fault);
    journal(context, delivery, 'delivered');
    return over(context, key, delivery);
  }
  if (fault) journal(context, delivery, 'failed', { error: delivery.failure.error, reason: `${delivery.failure.reason} The dead-letter queue did not take it: ${fault.reason}` });
  else journal(context, delivery, 'deadLettered', delivery.failure);
  over(context, key, delivery);
}

/** Why a call did not do what it should; undefined where it did. A batch operation says so in its answer. */
function faultIn(outcome: Outcome): Fault | undefined {
  if (!outcome.ok) return { error: outcome.error.Error ?? 'InternalFailure', reason: outcome.error.Cause ?? '' };
  const { FailedEntryCount: failures = 0, Entries: entries } = (outcome.value ?? {}) as { FailedEntryCount?: number; Entries?: readonly { ErrorCode?: string; ErrorMessage?: string }[] };
  const entry = failures > 0 ? entries?.find(({ ErrorCode }) => ErrorCode !== undefined) : undefined;
  return entry && { error: entry.ErrorCode!, reason: entry.ErrorMessage ?? '' };
}

function failed(context: GroupContext, key: string, delivery: DeliveryRecord, fault: Fault): void {
  const { state, now } = context;
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: ageSeconds } = { ...DEFAULT_RETRY_POLICY, ...(delivery.target['RetryPolicy'] as JsonObject | undefined) } as typeof DEFAULT_RETRY_POLICY;
  let exhausted: string | undefined;
  if (faultOf({ Error: fault.error, Cause: fault.reason }).retryable) {
    const dueAt = now + backoffMs(state.root.random, delivery.attempt, context.options.limits);
    if (delivery.attempt > retries) exhausted = 'MaximumRetryAttempts';
    else if (dueAt - delivery.startedAt > ageSeconds * 1000) exhausted = 'MaximumEventAgeInSeconds';
    else {
      journal(context, delivery, 'retrying', fault);
      state.records.set(key, { ...delivery, dueAt } as unknown as Json);
      return state.retries.add(dueAt, key);
    }
  }
  const queue = (delivery.target['DeadLetterConfig'] as { readonly Arn?: string } | undefined)?.Arn;
  if (queue === undefined) {
    journal(context, delivery, 'failed', fault);
    return over(context, key, delivery);
  }
  state.records.set(key, { ...delivery, failure: fault } as unknown as Json);
  const invocation = invocationOf(context, delivery);
  const attributes: Readonly<Record<string, string | undefined>> = {
    ERROR_CODE: fault.error,
    ERROR_MESSAGE: fault.reason,
    EXECUTION_ID: delivery.executionId,
    EXHAUSTED_RETRY_CONDITION: exhausted,
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(delivery.attempt - 1),
    SCHEDULED_TIME: invocation.scheduledTime,
    SCHEDULE_ARN: invocation.scheduleArn,
    TARGET_ARN: delivery.target['Arn'] as string,
  };
  // SQS takes no empty values.
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  const MessageAttributes = Object.fromEntries(given.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
  send(context, key, queue, { action: 'SendMessage', input: { QueueUrl: queueUrlOf(queue), MessageBody: inputText(delivery.target, invocation), MessageAttributes } }, invocation.scheduleArn);
}

/** An invocation has ended, one way or the other. A schedule with no more to come goes with its last, where it says so. */
function over({ state }: GroupContext, key: string, { schedule, of }: DeliveryRecord): void {
  state.records.delete(key);
  const others = state.inFlight.get(of)! - 1;
  if (others > 0) return void state.inFlight.set(of, others);
  state.inFlight.delete(of);
  const { number, dueAt, form } = state.schedules.get(schedule) ?? {};
  if (number === of && form!.deleteAfter && !form!.disabled && dueAt === undefined) removeSchedule(state, schedule);
}

function invocationOf(context: GroupContext, { schedule, executionId, scheduledAt, attempt }: DeliveryRecord): Invocation {
  return { scheduleArn: context.scheduleArn(schedule), executionId, scheduledTime: new Date(scheduledAt).toISOString().replace(/\.\d+Z$/, 'Z'), attempt };
}

function journal(context: GroupContext, { schedule, target, executionId, attempt }: DeliveryRecord, status: 'delivered' | 'retrying' | 'deadLettered' | 'failed', fault?: Fault): void {
  context.journal.push({ type: 'delivery', time: context.now, by: context.scheduleArn(schedule), to: target['Arn'] as string, messageId: executionId, attempt, status, ...fault });
}
