import { HTTP_ADDRESS, type Adapter } from '@interstate/kernel';
import type { Agent } from 'undici';
import type { HostRules } from './address-guard.ts';
import { apiGatewayConnector, checkApiGatewayTask, type SignRequest } from './api-gateway-task.ts';
import { createAuthorizer, type Connection } from './connection.ts';
import type { ExchangeRules } from './exchange.ts';
import { createGuardedAgent, type ResolveHost } from './guarded-agent.ts';
import { checkHttpTask, httpTaskConnector } from './http-task.ts';
import { machineExchange } from './machine-exchange.ts';

export interface HttpOptions extends HostRules {
  /** EventBridge connections by ARN, as `CreateConnection` takes them. */
  readonly connections?: Readonly<Record<string, Connection>>;
  /** Longest time a call may take, in seconds. Default 60, AWS's limit. */
  readonly timeoutSeconds?: number;
  /** Largest response body, in bytes. Default 262,144, AWS's limit. */
  readonly maxResponseBytes?: number;
  /** How many redirects are followed; credentials stay behind where another origin is reached. Default 5; 0 makes a redirect an error. */
  readonly maxRedirects?: number;
  /** Signs API Gateway calls with `AuthType` `IAM_ROLE` or `RESOURCE_POLICY`, and those of pipes: {@link sigV4}, or one's own. Without it they are sent unsigned. */
  readonly sign?: SignRequest;
  /** How names become addresses. Default: the operating system's resolver. */
  readonly resolve?: ResolveHost;
}

export interface HttpAdapter extends Adapter {
  readonly service: 'http';
  /** Closes the connections kept open for further calls. */
  close(): Promise<void>;
}

/** Real HTTP for HTTP Tasks, API Gateway Tasks and what machines send. */
export function http(options: HttpOptions = {}): HttpAdapter {
  const { connections = {}, timeoutSeconds = 60, maxResponseBytes = 262_144, maxRedirects = 5, sign, resolve } = options;
  let agent: Promise<Agent> | undefined;
  // The HTTP client is loaded with the first call: a machine without such Tasks never pays for it.
  const rulesOf = async (): Promise<ExchangeRules> => {
    agent ??= createGuardedAgent(options, resolve);
    return { agent: await agent, hosts: options, timeoutMs: timeoutSeconds * 1000, maxResponseBytes, maxRedirects };
  };
  const authorizer = createAuthorizer(rulesOf);
  return {
    service: 'http',
    tasks: [
      { resource: 'http:invoke', connector: httpTaskConnector(connections, authorizer, rulesOf), check: checkHttpTask },
      { resource: 'apigateway:invoke', connector: apiGatewayConnector(rulesOf, sign), check: checkApiGatewayTask },
    ],
    connectors: { [HTTP_ADDRESS]: machineExchange(rulesOf, sign) },
    async close() {
      const opened = await agent;
      agent = undefined;
      await opened?.close();
    },
  };
}
