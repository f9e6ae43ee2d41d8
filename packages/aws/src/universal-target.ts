import type { Connector, JsonObject, Outcome, TaskBinding } from '@interstate/kernel';
import { camelName } from '@interstate/service-kit';
import type { ServiceClient } from './client.ts';
import { callAction, type MemberCasing } from './sdk-task.ts';
import { toTaskResult } from './task-result.ts';

/**
 * Answers calls of other services to `arn:aws:scheduler:::aws-sdk:<service>:<operation>`, EventBridge Scheduler's universal targets:
 * an `ApiRequest` whose input is spelled as Tasks spell it. A failure's `Error` is the service's error code.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export function universalTarget(client: ServiceClient, casing: MemberCasing): TaskBinding {
  const connector: Connector = async ({ request, signal }): Promise<Outcome> => {
    const { action, input } = request as { readonly action: string; readonly input: JsonObject };
    const called = await callAction(client, camelName(action), input, casing, signal);
    switch (called.kind) {
      case 'answered':
        return { ok: true, value: await toTaskResult(called.call.schema?.output ?? casing, called.result, 'sdk') };
      case 'refused':
        return { ok: false, error: { Error: 'ValidationException', Cause: called.faults.join(' ') } };
      case 'threw':
        return { ok: false, error: called.thrown instanceof Error ? { Error: called.thrown.name, Cause: called.thrown.message } : { Error: 'Error', Cause: String(called.thrown) } };
    }
  };
  return { resource: `arn:*:scheduler:::aws-sdk:${client.name}:*`, connector };
}
