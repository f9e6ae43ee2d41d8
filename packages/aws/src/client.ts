import { nearName } from '@interstate/kernel';
import { camelName, pascalName } from '@interstate/service-kit';
import { readOperation, type OperationSchema } from './client-schema.ts';
import { taskServiceName } from './service-name.ts';

/**
 * An AWS SDK v3 client: aggregated (`new SQS({})`: a method per action), or a bare one with the module its commands come from
 * (`{ client: new SQSClient({}), commands: await import('@aws-sdk/client-sqs') }`). Anything with such methods will do, a model or a mock too.
 */
export type AwsClient = object | { readonly client: object; readonly commands: object };

/** The HTTP answer of a call, where the client lets us see it. */
export interface SeenResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ClientCall {
  /** `undefined` for clients that describe nothing of themselves. */
  readonly schema: OperationSchema | undefined;
  send(input: object, signal: AbortSignal): Promise<{ readonly result: object; readonly response: SeenResponse }>;
}

/** A client, looked at from a Task: actions by name. */
export interface ServiceClient {
  /** As the SDK names the service: `SFN`, `CloudWatch Logs`. */
  readonly serviceId: string;
  /** As Task resources name it: `sfn`, `cloudwatchlogs`. */
  readonly name: string;
  /** The call for an action (`startExecution`); a text that says what is wrong where the client has none. */
  call(action: string): Promise<ClientCall | string>;
}

interface SmithyClient {
  readonly config: { readonly serviceId?: unknown };
  readonly middlewareStack: object;
  send(command: object, options?: object): Promise<object>;
}

type CommandClass = new (input: object) => object;

/**
 * Wraps a client.
 * @param name the service's name in Task resources; needed where the client does not know its own.
 * @throws TypeError where the client is none, or its service is not known.
 */
export function createServiceClient(given: AwsClient, name?: string): ServiceClient {
  if (typeof given !== 'object' || given === null) throw new TypeError(`An AWS client was expected${name === undefined ? '' : ` for "${name}"`}, but there is ${String(given)}.`);
  const hasCommands = 'client' in given && 'commands' in given;
  const client = (hasCommands ? given.client : given) as object;
  const commands = hasCommands ? (given.commands as Readonly<Record<string, unknown>>) : undefined;
  const known = isSmithyClient(client) ? client.config.serviceId : undefined;
  const serviceId = typeof known === 'string' ? known : name;
  if (serviceId === undefined) throw new TypeError('The service of a client is not known: give clients by name, e.g. { sqs: client }.');
  const calls = new Map<string, ClientCall>();
  return {
    serviceId,
    // Tasks spell it in lower case; error names keep the words of `eventBridge` apart.
    name: name?.toLowerCase() ?? taskServiceName(serviceId),
    async call(action) {
      const cached = calls.get(action);
      if (cached !== undefined) return cached;
      const found = commands === undefined ? await methodCall(client, action) : commandCall(client, commands, action);
      if (typeof found !== 'string') calls.set(action, found);
      return found;
    },
  };
}

function isSmithyClient(client: object): client is SmithyClient {
  const { send, middlewareStack, config } = client as Partial<Record<string, unknown>>;
  return typeof send === 'function' && typeof middlewareStack === 'object' && typeof config === 'object' && config !== null;
}

function commandCall(client: object, commands: Readonly<Record<string, unknown>>, action: string): ClientCall | string {
  const className = `${pascalName(action)}Command`;
  const Command = Object.hasOwn(commands, className) ? commands[className] : undefined;
  if (typeof Command === 'function' && isSmithyClient(client)) return sendCall(client, Command as CommandClass);
  const actions = Object.keys(commands).filter((key) => key.endsWith('Command')).map((key) => camelName(key.slice(0, -'Command'.length)));
  return missing(action, actions);
}

async function methodCall(client: object, action: string): Promise<ClientCall | string> {
  const method = action in Object.prototype ? undefined : (client as Readonly<Record<string, unknown>>)[action];
  if (typeof method !== 'function') return missing(action, actionsOf(client));
  if (isSmithyClient(client)) {
    // The method of an aggregated client builds a command and sends it through `this`: a `this` that hands the command back shows its class.
    const command: unknown = await (method as (this: object, input: object) => unknown).call({ send: (built: object) => built }, {});
    if (typeof command === 'object' && command !== null && command.constructor !== Object) return sendCall(client, command.constructor as CommandClass);
  }
  return {
    schema: undefined,
    async send(input, abortSignal) {
      let response: SeenResponse = {};
      // Models tell what was on the wire; mocks do not.
      const onResponse = (seen: SeenResponse): void => void (response = seen);
      const result = (await (method as (input: object, options: object) => unknown).call(client, input, { abortSignal, onResponse })) as object | undefined;
      return { result: result ?? {}, response };
    },
  };
}

function sendCall(client: SmithyClient, Command: CommandClass): ClientCall {
  return {
    schema: readOperation((new Command({}) as { schema?: unknown }).schema),
    async send(input, abortSignal) {
      const command = new Command(input);
      const seen: { response: SeenResponse } = { response: {} };
      watchResponse(command, seen);
      return { result: await client.send(command, { abortSignal }), response: seen.response };
    },
  };
}

/** A result holds no headers: a step in the command's middleware notes them down. */
function watchResponse(command: object, seen: { response: SeenResponse }): void {
  type Handler = (args: object) => Promise<{ response?: unknown }>;
  const { middlewareStack } = command as { middlewareStack?: { add?: (step: (next: Handler) => Handler, options: object) => void } };
  middlewareStack?.add?.(
    (next) => async (args) => {
      const answer = await next(args);
      const { statusCode, headers } = (answer.response ?? {}) as { statusCode?: number; headers?: Record<string, string> };
      seen.response = { ...(statusCode !== undefined && { status: statusCode }), ...(headers !== undefined && { headers }) };
      return answer;
    },
    { step: 'deserialize', priority: 'high', name: 'interstateResponse', override: true },
  );
}

function actionsOf(client: object): string[] {
  const names = new Set<string>();
  for (let each: object | null = client; each !== null && each !== Object.prototype; each = Object.getPrototypeOf(each) as object | null) {
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
  }
  for (const name of ['constructor', 'send', 'destroy']) names.delete(name);
  return [...names];
}

function missing(action: string, known: readonly string[]): string {
  const near = nearName(action, known);
  return `The client has no action "${action}".${near === undefined ? '' : ` Did you mean "${near}"?`}`;
}
