import { normalizeJson, type Adapter, type ConnectorCall, type Outcome, type TaskRequest } from '@interstate/kernel';
import type { Handler } from '@interstate/lambda';
import { bindingName } from '@interstate/runtime';

/**
 * Functions exported under a resource other than a Lambda function, such as `arn:aws:states:::sqs:sendMessage` or an activity's ARN:
 * they are called with the Task's parameters and return its result.
 */
export function resourceFunctions(functions: Readonly<Record<string, Handler>>): Adapter {
  const own = Object.entries(functions).filter(([key]) => key.startsWith('arn:') && !/^arn:[^:]*:lambda:/.test(key));
  return { service: 'functions', tasks: own.map(([key, handler]) => ({ resource: bindingName(key), connector: (call) => answer(handler, call) })) };
}

async function answer(handler: Handler, call: ConnectorCall): Promise<Outcome> {
  const request = call.request as unknown as TaskRequest;
  const context = { ...request, signal: call.signal } as unknown as Parameters<Handler>[1];
  try {
    return { ok: true, value: normalizeJson((await handler(structuredClone(request.arguments), context, () => undefined)) ?? null) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    return { ok: false, error: { Error: name, Cause: message } };
  }
}
