import type { Adapter, TaskBinding } from '@interstate/kernel';
import { createServiceClient, type AwsClient, type ServiceClient } from './client.ts';
import { optimizedConnector, type PollOptions } from './optimized-task.ts';
import { OPTIMIZED_BY_CLIENT } from './optimized-services.ts';
import { responseSchemas } from './response-schemas.ts';
import { sdkConnector, type MemberCasing } from './sdk-task.ts';
import { universalTarget } from './universal-target.ts';

export interface AwsOptions {
  /** Seconds between two looks at a job that a `.sync` Task waits for. Default 5. */
  readonly pollIntervalSeconds?: number;
  /** How `.sync` waits between two looks; ends at once when the signal aborts. Default: a timer. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether the clients answer optimized integrations too (`sqs:sendMessage`). False leaves those to others. Default true. */
  readonly optimized?: boolean;
  /**
   * How services whose client describes nothing of itself (mocks, SDK versions without schemas) spell members, by service name.
   * Default `PascalCase`: as Tasks do.
   */
  readonly casing?: Readonly<Record<string, MemberCasing>>;
}

/**
 * The adapter that puts AWS SDK v3 clients behind `aws-sdk:<service>:<action>`, behind the optimized integrations of their services,
 * and behind the universal targets of EventBridge Scheduler.
 * @param clients a list of clients, or clients by service name (`sqs`, `dynamodb`, `cloudwatchlogs`…).
 * @throws TypeError where something is no client, or its service is not known.
 */
export function aws(clients: readonly AwsClient[] | Readonly<Record<string, AwsClient>>, options: AwsOptions = {}): Adapter {
  const { pollIntervalSeconds = 5, wait = timer, optimized = true, casing = {} } = options;
  const services = servicesOf(clients);
  const casingOf = (name: string): MemberCasing => (Object.hasOwn(casing, name) ? casing[name]! : 'PascalCase');
  const poll: PollOptions = { pollMs: pollIntervalSeconds * 1000, wait };

  const tasks: TaskBinding[] = [];
  for (const client of services) {
    const members = casingOf(client.name);
    tasks.push({ resource: `aws-sdk:${client.name}:*`, connector: sdkConnector(client, members) }, universalTarget(client, members));
    if (!optimized) continue;
    for (const { service, action, row } of OPTIMIZED_BY_CLIENT.get(client.name) ?? []) {
      tasks.push({ resource: `${service.service}:${action}`, connector: optimizedConnector(service, action, row, client, members, poll) });
    }
  }
  return { service: 'aws', tasks, responseSchemas: responseSchemas(clients) };
}

/**
 * The adapter that lets EventBridge Scheduler call clients as universal targets, and nothing else.
 * @throws TypeError where something is no client, or its service is not known.
 */
export function universalTargets(clients: Readonly<Record<string, AwsClient>>, { casing = {} }: Pick<AwsOptions, 'casing'> = {}): Adapter {
  return { service: 'aws:universal', tasks: servicesOf(clients).map((service) => universalTarget(service, casing[service.name] ?? 'PascalCase')) };
}

function servicesOf(clients: readonly AwsClient[] | Readonly<Record<string, AwsClient>>): ServiceClient[] {
  return Array.isArray(clients)
    ? (clients as readonly AwsClient[]).map((client) => createServiceClient(client))
    : Object.entries(clients).map(([name, client]) => createServiceClient(client as AwsClient, name));
}

function timer(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timeout = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
