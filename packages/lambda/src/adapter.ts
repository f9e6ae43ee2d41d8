import { MAX_HOPS, parseArn, type Adapter, type ApiRequest, type Connector, type ConnectorCall, type Failure, type Json, type JsonObject, type Outcome, type TaskRequest } from '@interstate/kernel';
import { optimizedCause, parameterFault } from '@interstate/service-kit';
import { createFunctionRegistry, type FunctionOptions, type RegisteredFunction } from './function-registry.ts';
import type { Handler } from './handler.ts';
import { functionArn, invoke, type Answer } from './invocation.ts';
import { functionNotFound, invokeAnswer, readInvokeRequest, refused } from './invoke-request.ts';
import { requestIdOf } from './request-id.ts';
import { checkInvocation, invokeResult, parseInvokeParameters, silentResult } from './invoke-task.ts';

export interface LambdaOptions {
  /** Functions to begin with: name, ARN or `${Placeholder}` → handler. */
  readonly functions?: Readonly<Record<string, Handler>>;
  /** Defaults of every function registered. */
  readonly defaults?: FunctionOptions;
  /** The clock behind `context.getRemainingTimeInMillis()`, epoch milliseconds. Default: real time. */
  readonly now?: () => number;
  /**
   * Told what nobody else sees: what to register when a Task asks for an unknown function (its cause stays AWS's),
   * and how an `Event` invocation failed. Default: `console.warn`.
   */
  readonly warn?: (text: string) => void;
}

/** Local functions where Step Functions calls Lambda. */
export interface LambdaAdapter extends Adapter {
  readonly service: 'lambda';
  /**
   * Puts a function behind a name, ARN (with or without qualifier), partial ARN or `${Placeholder}`. A second registration replaces the first.
   * @throws TypeError where `handler` is no function.
   */
  register(name: string, handler: Handler, options?: FunctionOptions): void;
  unregister(name: string): boolean;
  /** What is registered, in order. */
  names(): string[];
  /** True where a function answers for this ARN. */
  has(functionArn: string): boolean;
  /**
   * Hands events (`InvocationType` `Event`) over to the queues of functions, and asks whether a function may run in a loop. Without, a
   * function is called once and not waited for, and may not.
   * @param directory where the machine lives that keeps both. @param call asks it
   */
  useDirectory(directory: string, call: (to: string, request: ApiRequest) => Promise<Outcome>): void;
}

/**
 * The adapter for bare Lambda ARNs and `arn:aws:states:::lambda:invoke[.waitForTaskToken]`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function lambda(options: LambdaOptions = {}): LambdaAdapter {
  const { functions = {}, defaults = {}, now = Date.now, warn = (text: string) => console.warn(text) } = options;
  const registry = createFunctionRegistry();
  const register: LambdaAdapter['register'] = (name, handler, functionOptions = {}) => {
    if (typeof handler !== 'function') throw new TypeError(`The handler of "${name}" must be a function, but is ${handler === null ? 'null' : typeof handler}.`);
    registry.set(name, handler, { ...defaults, ...functionOptions });
  };
  for (const [name, handler] of Object.entries(functions)) register(name, handler);

  const warned = new Set<string>();
  const advise = (wanted: string): void => {
    if (warned.has(wanted) || warned.size >= 1000) return;
    warned.add(wanted);
    warn(registry.adviceFor(wanted));
  };
  const unknown = (call: ConnectorCall, wanted: string): Outcome => {
    advise(wanted);
    return { ok: false, error: notFound(call, wanted) };
  };
  const start = (call: ConnectorCall, entry: RegisteredFunction, wanted: string, event: Json, settle: (answer: Answer) => void, clientContext?: Json): void => {
    const invokedFunctionArn = functionArn(wanted, (call.request as unknown as TaskRequest).executionArn);
    const invocation = { entry, invokedFunctionArn, event, clientContext, call, now };
    if (entry.options.reservedConcurrency === undefined) return invoke(invocation, settle);
    entry.running++;
    invoke(invocation, (answer) => {
      entry.running--;
      settle(answer);
    });
  };
  let askDirectory: ((request: ApiRequest) => Promise<Outcome>) | undefined;
  const queueEvent = ({ options: { deadLetterTargetArn } }: RegisteredFunction, arn: string, payload: Json, hops = 0): Promise<Outcome> | undefined =>
    askDirectory?.({ action: 'QueueEvent', input: { FunctionArn: arn, Payload: payload, ...(deadLetterTargetArn !== undefined && { DeadLetterTargetArn: deadLetterTargetArn }) }, hops });
  const mayLoop = async (arn: string): Promise<boolean> => {
    const answer = await askDirectory?.({ action: 'GetFunctionRecursionConfig', input: { FunctionName: arn.split(':').slice(0, 7).join(':') } });
    return answer?.ok === true && (answer.value as JsonObject)['RecursiveLoop'] === 'Allow';
  };

  const direct: Connector = (call) => {
    const { resource, arguments: event } = call.request as unknown as Partial<TaskRequest>;
    if (resource === undefined) return requested(call);
    const entry = registry.find(resource);
    if (entry === undefined) return unknown(call, resource);
    if (isThrottled(entry)) return throttled(call);
    return new Promise((resolve) => {
      start(call, entry, resource, event!, (answer) => resolve(answer.ok ? answer : functionFailure(answer)));
    });
  };

  /** `Invoke`, from a client or a service. */
  const requested = (call: ConnectorCall): Outcome | Promise<Outcome> => {
    const arn = call.to;
    if (parseArn(arn)?.resource.startsWith('function:') !== true) return functionNotFound(arn);
    const request = readInvokeRequest(call.request as unknown as ApiRequest);
    if ('ok' in request) return request;
    const entry = registry.find(arn);
    if (entry === undefined) {
      advise(arn);
      return functionNotFound(arn);
    }
    const { type, payload, clientContext, bytes } = request;
    if (type === 'DryRun') return { ok: true, value: { StatusCode: 204 } };
    const { hops = 0 } = call.request as unknown as ApiRequest;
    if (type === 'Event') {
      const queued = queueEvent(entry, arn, payload, hops);
      if (!queued) start(call, entry, arn, payload, reportTo(arn), clientContext);
      const accepted: Outcome = { ok: true, value: { StatusCode: 202, ...(bytes && { Payload: '' }) } };
      return queued?.then((outcome) => (outcome.ok ? accepted : outcome)) ?? accepted;
    }
    const run = (): Outcome | Promise<Outcome> => {
      if (isThrottled(entry)) return refused('TooManyRequestsException');
      return new Promise((resolve) => start(call, entry, arn, payload, (answer) => resolve(invokeAnswer(call, entry, answer, request)), clientContext));
    };
    return hops > MAX_HOPS ? mayLoop(arn).then((may) => (may ? run() : refused('RecursiveInvocationException'))) : run();
  };
  const reportTo = (wanted: string) => (answer: Answer): void => {
    if (!answer.ok) warn(`The event sent to "${wanted}" failed: ${JSON.stringify(answer.error)}`);
  };

  const optimized: Connector = (call) => {
    const given = (call.request as unknown as TaskRequest).arguments;
    const parameters = parseInvokeParameters(given);
    if ('faults' in parameters) return { ok: false, error: parameterFault(given, parameters.faults) };
    const { functionName: wanted, payload, invocationType, tail, clientContext } = parameters;
    const entry = registry.find(wanted);
    if (entry === undefined) return unknown(call, wanted);
    if (invocationType === 'DryRun') return { ok: true, value: silentResult(call, 204) };
    if (invocationType === 'Event') {
      const accepted: Outcome = { ok: true, value: silentResult(call, 202) };
      const queued = queueEvent(entry, functionArn(wanted, (call.request as unknown as TaskRequest).executionArn), payload);
      if (queued) return queued.then((outcome) => (outcome.ok ? accepted : outcome));
      start(call, entry, wanted, payload, reportTo(wanted), clientContext);
      return accepted;
    }
    if (isThrottled(entry)) return throttled(call);
    const version = entry.options.version ?? '$LATEST';
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => resolve(answer.ok ? { ok: true, value: invokeResult(call, version, answer, tail) } : functionFailure(answer));
      start(call, entry, wanted, payload, settle, clientContext);
    });
  };

  return {
    service: 'lambda',
    tasks: [
      { resource: 'lambda:invoke', connector: optimized, check: checkInvocation },
      { resource: 'arn:*:lambda:*', connector: direct },
      { resource: '${*', connector: direct },
    ],
    register,
    unregister: registry.delete,
    names: registry.names,
    has: (arn) => registry.find(arn) !== undefined,
    useDirectory(directory, call) {
      askDirectory = (request) => call(directory, request);
    },
  };
}

function isThrottled({ options: { reservedConcurrency = Infinity }, running }: RegisteredFunction): boolean {
  return running >= reservedConcurrency;
}

/** What a Task is told. */
function throttled(call: ConnectorCall): Outcome {
  const Cause = optimizedCause('AWSLambda', 'TooManyRequestsException', { message: 'Rate Exceeded.', status: 429, requestId: requestIdOf(call) });
  return { ok: false, error: { Error: 'Lambda.TooManyRequestsException', Cause } };
}

function functionFailure({ error }: Extract<Answer, { ok: false }>): Outcome {
  return { ok: false, error: { Error: error.errorType, Cause: JSON.stringify(error) } };
}

function notFound(call: ConnectorCall, wanted: string): Failure {
  const arn = functionArn(wanted, (call.request as unknown as TaskRequest).executionArn);
  // arn:partition:lambda:region:account:function:name and, as an eighth part, the qualifier.
  const qualified = arn.split(':').length > 7 ? arn : `${arn}:$LATEST`;
  const message = `Function not found: ${qualified}`;
  return {
    Error: 'Lambda.ResourceNotFoundException',
    Cause: optimizedCause('AWSLambda', 'ResourceNotFoundException', { message, status: 404, requestId: requestIdOf(call) }),
  };
}
