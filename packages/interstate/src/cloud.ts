import type { Adapter, Json, ResponseSchemas } from '@interstate/kernel';
import type { LambdaAdapter } from '@interstate/lambda';
import { s3, type S3, type S3Options } from '@interstate/s3';
import { DIRECTORY_KIND, states, type KmsKeyState, type StatesLimits } from '@interstate/states';
import { attachClient, type AttachableClient } from './attach.ts';
import type { Definition } from './definition.ts';
import { createEngineHost, type EngineOptions, type HostControls } from './engine-host.ts';
import type { ExecutionResult, RunOptions } from './execution.ts';
import { createSfn } from './sfn.ts';
import type { Sfn } from './sfn-types.ts';
import { createStates, type States } from './states.ts';
import { statesHost, type LogSink } from './states-host.ts';

export interface CloudOptions extends EngineOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits (default `123456789012`). */
  readonly account?: string;
  /** Objects to begin with, or the folder that holds them. */
  readonly s3?: Omit<S3Options, 'now'>;
  /** Takes the log records of state machines with a loggingConfiguration. Default: they go nowhere. */
  readonly logs?: LogSink;
  /** Address of the event bus that is told of execution status changes; an adapter answers it. Default: nobody is told. */
  readonly eventBus?: string;
  /** In which state a KMS key is that an encryptionConfiguration names. Default: any key can be used. */
  readonly kmsKeyState?: (kmsKeyId: string) => KmsKeyState;
  /** AWS's limits of the Step Functions API, relaxed by name. */
  readonly apiLimits?: Partial<StatesLimits>;
}

/** A cloud of your own: state machines, and the services around them. */
export interface Cloud extends HostControls {
  /** The Step Functions service. */
  readonly states: States;
  /** The same service, operation by operation, in the shape of `new SFN({})` of the AWS SDK. */
  readonly sfn: Sfn;
  /** Local functions. */
  readonly lambda: LambdaAdapter;
  /** Objects: for ItemReader, ResultWriter, `aws-sdk:s3:*` Tasks and the application. */
  readonly s3: S3;
  /**
   * Makes a real AWS SDK v3 client answer from this cloud: its commands, paginators and waiters. Nothing goes over the network.
   * Gives back the client. @throws TypeError where this cloud models no service of that client
   */
  attach<Client extends AttachableClient>(client: Client): Client;
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
  let objects!: S3;
  let directory!: string;
  const { host, lambda, controls } = createEngineHost(options, (library, now) => {
    const service = states({ region, account, programs: library, ...(eventBus !== undefined && { eventBus }), ...(kmsKeyState && { kmsKeyState }), ...(apiLimits && { limits: apiLimits }), responseSchemas: schemasOf(options.adapters ?? []) });
    directory = service.directory;
    objects = s3({ ...options.s3, now });
    return [service, statesHost(() => host, logs), objects];
  });
  host.spawn(DIRECTORY_KIND, directory, { type: 'open', seed: host.seedFor(directory) as unknown as Json });
  const service = createStates({ host, directory, region, account, limits });
  return {
    ...controls,
    states: service,
    sfn: createSfn(host, directory),
    attach: (client) => attachClient(client, host, { SFN: directory }, region),
    lambda,
    s3: objects,
    async run(definition, input, runOptions) {
      const { name: _name, ...createOptions } = runOptions ?? {};
      const machine = await service.create({ definition, ...createOptions });
      const execution = await machine.start(input, runOptions);
      return execution.result();
    },
  };
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
