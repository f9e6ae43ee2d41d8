import { isJsonObject, type Connector, type ConnectorCall, type EpochMs, type Failure, type Json, type JsonObject, type Outcome, type TaskRequest } from '@interstate/kernel';
import { parameterFault, sdkMetadata, sortedKeys } from '@interstate/service-kit';
import { isNotFound, optimizedFailure } from './call-failure.ts';
import type { SeenResponse, ServiceClient } from './client.ts';
import { at, type OptimizedAction, type OptimizedService, type SyncRule } from './optimized-integration.ts';
import { callAction, type MemberCasing } from './sdk-task.ts';
import { toTaskResult } from './task-result.ts';

/** How `.sync` waits. */
export interface PollOptions {
  /** Milliseconds between two looks at a job. */
  readonly pollMs: number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

type Shown = { readonly ok: true; readonly value: JsonObject; readonly response: SeenResponse; readonly metadata: unknown } | { readonly ok: false; readonly error: Failure; readonly gone: boolean };

/**
 * Answers one optimized integration, all its patterns.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export function optimizedConnector(service: OptimizedService, action: string, row: OptimizedAction, client: ServiceClient, casing: MemberCasing, poll: PollOptions): Connector {
  const ask = async (method: string, input: JsonObject, parameters: Json, signal: AbortSignal): Promise<Shown> => {
    const called = await callAction(client, method, input, casing, signal);
    if (called.kind === 'refused') return { ok: false, error: parameterFault(parameters, called.faults), gone: false };
    if (called.kind === 'threw') return { ok: false, error: optimizedFailure(service, unreachable(row, input, called.thrown)), gone: isNotFound(called.thrown) };
    const value = (await toTaskResult(called.call.schema?.output ?? casing, called.result, 'optimized')) as JsonObject;
    return { ok: true, value, response: called.response, metadata: (called.result as { $metadata?: unknown }).$metadata };
  };

  const start = async (call: ConnectorCall, parameters: JsonObject): Promise<Shown> => {
    const request = call.request as unknown as TaskRequest;
    let known = parameters;
    if (row.find !== undefined) {
      const found = await ask(row.find.method, row.find.input(parameters), parameters, call.signal);
      if (!found.ok) return found;
      known = { ...parameters, Found: found.value };
    }
    const input = inputOf(row, known, request);
    if (input === undefined) return { ok: false, error: parameterFault(parameters, ['The parameters are nested too deeply']), gone: false };
    const shown = await ask(row.method ?? action, input, parameters, call.signal);
    if (!shown.ok) return shown;
    const failure = row.failure?.(shown.value);
    if (failure !== undefined) return { ok: false, error: failure, gone: false };
    return row.result === undefined ? shown : { ...shown, value: row.result(shown.value) };
  };

  return async (call): Promise<Outcome> => {
    const request = call.request as unknown as TaskRequest;
    const parameters = isJsonObject(request.arguments) ? request.arguments : {};
    const started = await start(call, parameters);
    if (!started.ok) return { ok: false, error: started.error };
    const output = service.metadata === false ? started.value : sortedKeys({ ...started.value, ...metadataOf(started.response, started.metadata, call.now) });
    if (request.pattern !== 'sync' && request.pattern !== 'sync:2') return { ok: true, value: output };
    if (row.sync === undefined) return { ok: false, error: parameterFault(request.arguments, [`${service.service}:${action} has no .sync pattern`]) };
    call.progress({ type: 'submitted', output });
    return follow(row.sync, request.pattern, started.value, parameters, (method, input, signal) => ask(method, input, parameters, signal), call.signal, poll);
  };
}

function inputOf(row: OptimizedAction, parameters: JsonObject, request: TaskRequest): JsonObject | undefined {
  try {
    return row.input?.(parameters, request) ?? parameters;
  } catch (error) {
    // Only the making of JSON text can fail, and only for want of stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function follow(
  rule: SyncRule,
  pattern: 'sync' | 'sync:2',
  started: JsonObject,
  parameters: JsonObject,
  ask: (method: string, input: JsonObject, signal: AbortSignal) => Promise<Shown>,
  signal: AbortSignal,
  { pollMs, wait }: PollOptions,
): Promise<Outcome> {
  const input = rule.input(started, parameters);
  const cancel = (): void => {
    // Nobody waits for the answer any more; the job is ended as well as may be.
    if (rule.cancel !== undefined) ask(rule.cancel.method, rule.cancel.input(started, parameters), new AbortController().signal).catch(() => {});
  };
  for (;;) {
    const seen = await ask(rule.describe, input, signal);
    if (signal.aborted) {
      cancel();
      return { ok: false, error: { Error: 'States.TaskFailed', Cause: 'The Task was given up.' } };
    }
    if (!seen.ok) return seen.gone && rule.goneIsSuccess === true ? { ok: true, value: started } : { ok: false, error: seen.error };
    const outcome = outcomeOf(rule, pattern, seen.value);
    if (outcome !== undefined) return outcome;
    await wait(pollMs, signal);
  }
}

/** The end of the job, if this description shows one. */
function outcomeOf(rule: SyncRule, pattern: 'sync' | 'sync:2', description: JsonObject): Outcome | undefined {
  const job = rule.job === undefined ? description : rule.job(description);
  const status = at(job, ...rule.status);
  if (typeof status !== 'string') return undefined;
  const value = rule.result?.(description, pattern) ?? job ?? null;
  if (rule.succeeded.includes(status) && (rule.isGood === undefined || (isJsonObject(job) && rule.isGood(job)))) return { ok: true, value };
  // A failed execution's cause is the plain description, also for `.sync:2`.
  const shown = rule.result === undefined ? value : rule.result(description, 'sync');
  if (rule.succeeded.includes(status) || rule.failed.includes(status)) return { ok: false, error: { Error: 'States.TaskFailed', Cause: JSON.stringify(shown) } };
  return undefined;
}

/** The error of a call to a host that the Task made up. */
function unreachable({ hostOf }: OptimizedAction, input: JsonObject, thrown: unknown): unknown {
  return hostOf && (thrown as Error | undefined)?.name === 'InvalidAddress' ? { code: 'ENOTFOUND', hostname: hostOf(input) } : thrown;
}

function metadataOf(response: SeenResponse, metadata: unknown, now: EpochMs): JsonObject {
  const { requestId = '', httpStatusCode = 200 } = (metadata ?? {}) as { requestId?: string; httpStatusCode?: number };
  const { status = httpStatusCode, headers = { 'x-amzn-RequestId': requestId } } = response;
  // Models leave the time to us.
  return sdkMetadata({ status, requestId, headers: headers['Date'] === '' ? { ...headers, Date: new Date(now).toUTCString() } : headers });
}
