import type { Json } from '@interstate/kernel';
import type { LambdaAdapter } from '@interstate/lambda';
import { s3, type S3, type S3Options } from '@interstate/s3';
import { DIRECTORY_KIND, states } from '@interstate/states';
import type { Definition } from './definition.ts';
import { createEngineHost, hostControls, type EngineOptions, type HostControls } from './engine-host.ts';
import type { ExecutionResult, RunOptions } from './execution.ts';
import { createStates, type States } from './states.ts';

export interface CloudOptions extends EngineOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits (default `123456789012`). */
  readonly account?: string;
  /** Objects to begin with, or the folder that holds them. */
  readonly s3?: Omit<S3Options, 'now'>;
}

/** A cloud of your own: state machines, and the services around them. */
export interface Cloud extends HostControls {
  /** The Step Functions service. */
  readonly states: States;
  /** Local functions. */
  readonly lambda: LambdaAdapter;
  /** Objects: for ItemReader, ResultWriter, `aws-sdk:s3:*` Tasks and the application. */
  readonly s3: S3;
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
  const { region = 'us-east-1', account = '123456789012', limits } = options;
  let objects!: S3;
  let directory!: string;
  const { host, programs, lambda } = createEngineHost(options, (library, now) => {
    const service = states({ region, account, programs: library });
    directory = service.directory;
    objects = s3({ ...options.s3, now });
    return [service, objects];
  });
  host.spawn(DIRECTORY_KIND, directory, { type: 'open', seed: host.seedFor(directory) as unknown as Json });
  const service = createStates({ host, programs, directory, region, account, limits });
  return {
    ...hostControls(host),
    states: service,
    lambda,
    s3: objects,
    async run(definition, input, runOptions) {
      const machine = await service.create({ definition, ...runOptions });
      const execution = await machine.start(input, runOptions);
      return execution.result();
    },
  };
}
