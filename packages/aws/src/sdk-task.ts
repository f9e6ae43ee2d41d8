import type { Connector, Json, Outcome, TaskRequest } from '@interstate/kernel';
import { parameterFault } from '@interstate/service-kit';
import { sdkFailure } from './call-failure.ts';
import type { ClientCall, SeenResponse, ServiceClient } from './client.ts';
import { toCamelInput, toClientInput } from './client-input.ts';
import { toTaskResult } from './task-result.ts';

/** How members are spelled by a client that describes nothing of itself. */
export type MemberCasing = 'PascalCase' | 'camelCase';

/** What came of a call: an answer, parameters that nobody can be called with, or an error thrown. */
export type Called =
  | { readonly kind: 'answered'; readonly call: ClientCall; readonly result: object; readonly response: SeenResponse }
  | { readonly kind: 'refused'; readonly faults: readonly string[] }
  | { readonly kind: 'threw'; readonly thrown: unknown };

/** Calls an action of a client with what a Task gives. */
export async function callAction(client: ServiceClient, action: string, parameters: Json, casing: MemberCasing, signal: AbortSignal): Promise<Called> {
  const call = await client.call(action);
  if (typeof call === 'string') return { kind: 'refused', faults: [call] };
  const faults: string[] = [];
  const input = call.schema !== undefined ? toClientInput(call.schema.input, parameters, faults) : ((casing === 'camelCase' ? toCamelInput(parameters) : parameters) as object | null);
  if (faults.length > 0) return { kind: 'refused', faults };
  try {
    return { kind: 'answered', call, ...(await call.send(input ?? {}, signal)) };
  } catch (thrown) {
    return { kind: 'threw', thrown };
  }
}

/**
 * Answers `arn:aws:states:::aws-sdk:<service>:<action>[.waitForTaskToken]` for every action of a client.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function sdkConnector(client: ServiceClient, casing: MemberCasing): Connector {
  return async ({ request, signal }): Promise<Outcome> => {
    const { action, arguments: parameters } = request as unknown as TaskRequest;
    const called = await callAction(client, action, parameters, casing, signal);
    switch (called.kind) {
      case 'answered':
        return { ok: true, value: await toTaskResult(called.call.schema?.output ?? casing, called.result, 'sdk') };
      case 'refused':
        return { ok: false, error: parameterFault(parameters, called.faults) };
      case 'threw':
        return { ok: false, error: sdkFailure(client.serviceId, called.thrown) };
    }
  };
}
