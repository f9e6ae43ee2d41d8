import type { Json, JsonObject } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import { TIMES, toServiceError } from './sfn.ts';

/** What `attach` needs of an AWS SDK v3 client. */
export interface AttachableClient {
  // The SDK types its stack by the client's own inputs and outputs; any client will do here.
  readonly middlewareStack: { add(middleware: never, options: never): void };
  // Each client has a configuration of its own type.
  readonly config: object;
}

interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
}
type Handler = (args: { readonly input: Json }) => Promise<unknown>;

/**
 * Adds one middleware to a client, next to the wire: the SDK serializes, retries and deserializes as ever, so that outputs,
 * dates, exceptions, paginators and waiters are its own. Credentials are made up, and the region where the client has none.
 *
 * @param directories where the directory of each modelled service lives, by the SDK's service id
 */
export function attachClient<Client extends AttachableClient>(client: Client, host: Host, directories: Readonly<Record<string, string>>, region: string): Client {
  const config = client.config as { serviceId?: string; region?: unknown; credentials?: unknown; useFipsEndpoint?: unknown; useDualstackEndpoint?: unknown };
  const { serviceId = '' } = config;
  const directory = Object.hasOwn(directories, serviceId) ? directories[serviceId]! : undefined;
  if (directory === undefined) throw new TypeError(`This cloud models no service '${serviceId}'. It can attach clients of: ${Object.keys(directories).join(', ')}.`);
  config.credentials = async () => ({ accessKeyId: 'interstate', secretAccessKey: 'interstate' });
  config.region = regionOr(config.region, region);
  // Which endpoint it would be is asked of the region too, and does not matter.
  config.useFipsEndpoint = config.useDualstackEndpoint = async () => false;
  const answer = (_next: Handler, context: Context): Handler => async ({ input }) => {
    const action = (context.commandName ?? '').replace(/Command$/, '');
    const outcome = await host.call(directory, { action, input: normalizeInput(input) });
    return { response: outcome.ok ? jsonResponse(200, withEpochSeconds(outcome.value)) : errorResponse(outcome.error.Error, outcome.error.Cause) };
  };
  client.middlewareStack.add(answer as never, { step: 'deserialize', priority: 'low', name: 'interstate', override: true } as never);
  return client;
}

/** The client's own region where it has one. */
function regionOr(own: unknown, region: string): () => Promise<string> {
  return async () => {
    try {
      return (typeof own === 'function' ? await (own as () => Promise<string>)() : (own as string)) ?? region;
    } catch {
      return region;
    }
  };
}

/** Inputs may hold undefined members, which JSON has not. */
function normalizeInput(input: Json): JsonObject {
  return Object.fromEntries(Object.entries(input as object).filter(([, value]) => value !== undefined)) as JsonObject;
}

function errorResponse(code = 'InternalFailure', message = ''): object {
  return jsonResponse(toServiceError(code).$metadata.httpStatusCode ?? 400, { __type: code, message }, { 'x-amzn-errortype': code });
}

/** A response of the AWS JSON protocols, as the SDK's deserializers take it. */
function jsonResponse(statusCode: number, body: Json, headers: Readonly<Record<string, string>> = {}): object {
  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': '00000000-0000-4000-8000-000000000000', ...headers },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** Times as the wire has them: seconds since 1970, with milliseconds behind the point. */
function withEpochSeconds(value: Json): Json {
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, Json]) => [key, typeof member === 'number' && TIMES.has(key) ? member / 1000 : withEpochSeconds(member)]),
  );
}
