import { aws, universalTargets } from '@interstate/aws';
import { hopsOf, type Adapter, type ApiRequest, type DeliveryEntry, type Json, type Outcome, type ResponseSchemas, type TaskBinding } from '@interstate/kernel';
import { lambdaService, type Lambda, type LambdaAdapter } from '@interstate/lambda';
import { callThroughTime, createRouter, type Host } from '@interstate/runtime';
import { s3, type S3, type S3Options } from '@interstate/s3';
import type { SnsAdapter } from '@interstate/sns';
import { camelName, createKms, createModelClient, type AskMachine, type Kms, type KmsKeyState, type KmsOptions, type ModelClient } from '@interstate/service-kit';
import { states, type StatesAdapter, type StatesLimits } from '@interstate/states';
import { attachClient, type AttachableClient } from './attach.ts';
import type { Definition } from './definition.ts';
import { createEngineHost, type EngineOptions, type HostControls } from './engine-host.ts';
import type { ExecutionResult, RunOptions } from './execution.ts';
import { createPeople, type People } from './people.ts';
import type { Sfn } from './sfn-types.ts';
import { adaptersOf, type ServiceClients, type ServiceOptions } from './services.ts';
import { createStates, type States } from './states.ts';
import { createSinks, type Sinks } from './sinks.ts';
import { statesHost, type LogSink } from './states-host.ts';

export interface CloudOptions extends EngineOptions, ServiceOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits (default `123456789012`). */
  readonly account?: string;
  /** Objects to begin with, or the folder that holds them. */
  readonly s3?: Omit<S3Options, 'now'>;
  /** Takes the log records of state machines with a loggingConfiguration. Default: they go nowhere. */
  readonly logs?: LogSink;
  /** Address of the event bus that is told of execution status changes. Default: the account's default bus, while a rule there may want them. */
  readonly eventBus?: string;
  /** The keys of KMS that encryption may name. Default: any key is there and can be used. */
  readonly kms?: KmsOptions;
  /** The same as `kms.stateOf`: in which state a KMS key is. */
  readonly kmsKeyState?: (kmsKeyId: string) => KmsKeyState;
  /**
   * `enforce`: a queue, topic or bus lets services in only where its policy says so, as on AWS. Default: where it has no policy at
   * all, services of the same account are let in.
   */
  readonly policies?: 'enforce';
  /** AWS's limits of the Step Functions API, relaxed by name. */
  readonly apiLimits?: Partial<StatesLimits>;
}

/** A cloud of your own: state machines, and the services around them. */
export interface Cloud extends HostControls, ServiceClients {
  /** The Step Functions service. */
  readonly states: States;
  /** The same service, operation by operation, in the shape of `new SFN({})` of the AWS SDK. */
  readonly sfn: Sfn;
  /** Local functions; event source mappings and asynchronous invocation in the shape of `new Lambda({})` of the AWS SDK. */
  readonly lambda: LambdaAdapter & Lambda;
  /** The keys of KMS: their states can be changed as it runs. */
  readonly kms: Kms;
  /** What SNS has sent to people, and what people do: visit a link, reply STOP. */
  readonly people: People;
  /** What was sent to delivery streams, data streams and log groups. */
  readonly sinks: Sinks;
  /** Objects: for ItemReader, ResultWriter, `aws-sdk:s3:*` Tasks and the application. */
  readonly s3: S3;
  /**
   * Makes a real AWS SDK v3 client answer from this cloud: its commands, paginators and waiters. Nothing goes over the network.
   * Gives back the client. @throws TypeError where this cloud models no service of that client
   */
  attach<Client extends AttachableClient>(client: Client): Client;
  /**
   * The delivery journal: what topics, rules, pipes and mappings sent where, how often, and why it failed. The last entries of
   * each; in order for each. @param of ARN of the one that sends, or of the function an event was for (default: all)
   */
  deliveries(of?: string): readonly DeliveryEntry[];
  /** Runs a definition once and gives its result; a failed execution is a result, not an exception. */
  run(definition: Definition, input?: unknown, options?: RunOptions): Promise<ExecutionResult>;
}

/**
 * Creates a cloud: everything in this process, nothing shared with another cloud.
 * @example
 * const cloud = createCloud({ functions: { greet: async ({ name }) => `Hello ${name}` } });
 * const { output } = await cloud.run(definition, { name: 'Ada' });
 */
export function createCloud(options: CloudOptions = {}): Cloud {
  const { region = 'us-east-1', account = '123456789012', limits, logs, eventBus, kmsKeyState, apiLimits } = options;
  const kms = createKms({ region, account, seed: () => host.seedFor('kms') }, { ...(kmsKeyState && { stateOf: kmsKeyState }), ...options.kms });
  const router = createRouter(options.adapters ?? []);
  const adapters = adaptersOf({ region, account, kms, enforcePolicies: options.policies === 'enforce', reaches: (address) => router(address) !== undefined }, options);
  const ask: AskMachine = (to, given, waits, settle) => {
    const request = withHops(given, host.requestInside) as unknown as Json;
    if (waits) void callThroughTime(host, to, request).then(settle, (error: unknown) => settle({ ok: false, error: { Error: 'InternalFailure', Cause: String(error) } }));
    else host.ask(to, request, settle);
  };
  const call = (to: string, request: ApiRequest, waits: boolean): Promise<Outcome> => new Promise((resolve) => ask(to, request, waits, resolve));
  const topics = adapters.find((adapter): adapter is SnsAdapter => adapter.service === 'sns')!;
  const models = adapters.flatMap(({ services }) => services);
  const clients: Record<string, ModelClient> = {};
  for (const service of models) clients[clientName(service.model.serviceId)] = createModelClient(service, ask);
  const { sinks, adapter: sinkAdapter } = createSinks();
  let objects!: S3;
  let functions!: ReturnType<typeof lambdaService>;
  let sfnService!: StatesAdapter;
  let sfn!: Sfn;
  let lambdaClient!: Lambda;
  const { host, lambda, controls } = createEngineHost(options, (library, now, local) => {
    sfnService = states({ region, account, programs: library, ...(eventBus !== undefined && { eventBus }), kmsKeyState: kms.stateOf, ...(apiLimits && { limits: apiLimits }), responseSchemas: schemasOf(options.adapters ?? []), probeOf: options.probeOf });
    objects = s3({ ...options.s3, now });
    functions = lambdaService({ region, account, functions: local });
    sfn = createModelClient(sfnService.services[0]!, ask) as unknown as Sfn;
    lambdaClient = createModelClient(functions.services[0]!, ask) as unknown as Lambda;
    // Tasks and schedules reach the models as they would reach the services: through a client. `lambda:invoke` is left to the functions.
    const onModels = new BoundLate('models', () => [aws(clients)], true);
    // Before the adapters, for a universal target such as arn:aws:scheduler:::aws-sdk:sqs:sendMessage looks like an ARN of SQS to a pattern.
    const onClients = new BoundLate('clients', () => [universalTargets(clients), aws({ lambda: lambdaClient }, { optimized: false }), universalTargets({ sfn, s3: objects }, { casing: { sfn: 'camelCase' } })]);
    return [sfnService, statesHost(() => host, logs), objects, onClients, onModels, functions, ...adapters, sinkAdapter];
  });
  const services = [...sfnService.services, ...functions.services, ...models];
  for (const { directory } of services) host.spawn(directory.kind, directory.address, { type: 'open', seed: host.seedFor(directory.address) as unknown as Json });
  lambda.useDirectory(functions.directory, (to, request) => call(to, request, false));
  const service = createStates({ host, directory: sfnService.directory, region, account, limits });
  return {
    states: service,
    sfn,
    attach: (client) => attachClient(client, { services, call, region }),
    deliveries(of) {
      if (of !== undefined && host.has(of)) return deliveriesOf(host, of);
      return [...host.addresses()].flatMap((address) => deliveriesOf(host, address)).filter(({ by }) => of === undefined || by === of);
    },
    // A client more: Tasks must find no other methods at theirs.
    lambda: Object.assign(createModelClient(functions.services[0]!, ask) as unknown as Lambda, lambda),
    kms,
    people: createPeople(topics, host, call),
    sinks,
    s3: objects,
    async run(definition, input, runOptions) {
      const { name: _name, ...createOptions } = runOptions ?? {};
      const machine = await service.create({ definition, ...createOptions });
      const execution = await machine.start(input, runOptions);
      return execution.result();
    },
    // Last: what follows a spread in a literal is added member by member, each for as much as all of this.
    ...controls,
    ...(clients as unknown as ServiceClients),
  };
}

/**
 * An adapter with the bindings of others, which are made when somebody asks: a cloud whose machines have no Tasks never pays for them.
 * A class, for engines keep the getter of a literal for longer, and with it the whole cloud.
 */
class BoundLate implements Adapter {
  readonly yields?: true;
  private bound: readonly TaskBinding[] | undefined;

  constructor(
    readonly service: string,
    private readonly make: () => readonly Adapter[],
    yields?: true,
  ) {
    if (yields) this.yields = yields;
  }

  get tasks(): readonly TaskBinding[] {
    return (this.bound ??= this.make().flatMap(({ tasks = [] }) => tasks));
  }
}

/** What is asked from inside a call is brought about by what brought that call about. A function that is called is one event more: functions may call one another in a loop. */
function withHops(request: ApiRequest, inside: Json | undefined): ApiRequest {
  const hops = hopsOf(inside) + (request.action === 'Invoke' ? 1 : 0);
  return hops === 0 ? request : { ...request, hops };
}

function deliveriesOf(host: Host, address: string): readonly DeliveryEntry[] {
  return (host.journalOf(address) as readonly { readonly type?: unknown }[]).filter((entry): entry is DeliveryEntry => entry.type === 'delivery');
}

/** `SQS` → `sqs`, `EventBridge` → `eventBridge`: where the cloud has the client of a service. */
function clientName(serviceId: string): string {
  return /[a-z]/.test(serviceId) ? camelName(serviceId) : serviceId.toLowerCase();
}

/** What any of the adapters knows of a service's answers. */
function schemasOf(adapters: readonly Adapter[]): ResponseSchemas {
  return (service, action) => {
    for (const { responseSchemas } of adapters) {
      const schema = responseSchemas?.(service, action);
      if (schema) return schema;
    }
    return undefined;
  };
}
