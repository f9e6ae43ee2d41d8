import type { ApiRequest, Outcome } from '@interstate/kernel';
import { inputFromSdk, requestIdOf, wireAnswer, type ModelledService } from '@interstate/service-kit';

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
type Handler = (args: { readonly input: object }) => Promise<unknown>;

export interface AttachOptions {
  readonly services: readonly ModelledService[];
  readonly call: (to: string, request: ApiRequest, waits: boolean) => Promise<Outcome>;
  /** Where the client has none of its own. */
  readonly region: string;
}

/**
 * Adds one middleware to a client, next to the wire: the SDK serializes, retries and deserializes as ever, so that outputs,
 * dates, checksums, exceptions, paginators and waiters are its own. Credentials are made up, and the region where the client has none.
 */
export function attachClient<Client extends AttachableClient>(client: Client, { services, call, region }: AttachOptions): Client {
  const config = client.config as { serviceId?: string; region?: unknown; credentials?: unknown; useFipsEndpoint?: unknown; useDualstackEndpoint?: unknown };
  const { serviceId = '' } = config;
  const service = services.find(({ model }) => model.serviceId === serviceId);
  if (!service) throw new TypeError(`This cloud models no service '${serviceId}'. It can attach clients of: ${services.map(({ model }) => model.serviceId).join(', ')}.`);
  config.credentials = async () => ({ accessKeyId: 'interstate', secretAccessKey: 'interstate' });
  config.region = regionOr(config.region, region);
  // Which endpoint it would be is asked of the region too, and does not matter.
  config.useFipsEndpoint = config.useDualstackEndpoint = async () => false;
  const { model, addressOf } = service;
  let requests = 0;
  const answer = (_next: Handler, context: Context): Handler => async ({ input: given }) => {
    const action = (context.commandName ?? '').replace(/Command$/, '');
    const input = inputFromSdk(given);
    const outcome = await call(addressOf(action, input), { action, input }, model.waits?.has(action) ?? false);
    const { body, ...response } = wireAnswer(model, action, outcome, requestIdOf(++requests));
    return { response: { ...response, body: new TextEncoder().encode(body) } };
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
