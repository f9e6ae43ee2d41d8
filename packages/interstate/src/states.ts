import type { ExecutionLimits } from '@interstate/core';
import type { Json, JsonObject, Outcome } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import { loadDefinition, readSource, type Definition, type DefinitionOptions, type LoadedDefinition } from './definition.ts';
import { Execution, relaxedLimits, stopOnAbort, type StartOptions } from './execution.ts';
import { toServiceError } from '@interstate/service-kit';
import { STATES_MODEL } from '@interstate/states';

export interface CreateOptions extends DefinitionOptions {
  readonly definition: Definition;
  /** Default: the name the template gives, else one made from the definition's content. */
  readonly name?: string;
  /** `STANDARD` (default) or `EXPRESS`. */
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly roleArn?: string;
}

/** The Step Functions service, as an application uses it. */
export interface States {
  /** @throws InvalidDefinitionError; TemplateError; ServiceError `InvalidName`, `StateMachineAlreadyExists` */
  create(options: CreateOptions): Promise<StateMachine>;
  sendTaskSuccess(input: { readonly taskToken: string; readonly output: string }): Promise<void>;
  sendTaskFailure(input: { readonly taskToken: string; readonly error?: string; readonly cause?: string }): Promise<void>;
  sendTaskHeartbeat(input: { readonly taskToken: string }): Promise<void>;
  createActivity(input: { readonly name: string }): Promise<{ readonly activityArn: string }>;
  deleteActivity(input: { readonly activityArn: string }): Promise<void>;
  /** Waits up to 60 seconds for work; an empty answer where none came. */
  getActivityTask(input: { readonly activityArn: string; readonly workerName?: string }): Promise<{ readonly taskToken?: string; readonly input?: string }>;
}

export interface StatesOptions {
  readonly host: Host;
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  readonly limits: Partial<ExecutionLimits> | undefined;
}

export function createStates({ host, directory, region, account, limits }: StatesOptions): States {
  const request = async (to: string, action: string, input: JsonObject): Promise<JsonObject> => readOutcome(await host.call(to, { action, input }));

  return {
    async create({ definition: source, name, type: wanted, roleArn = `arn:aws:iam::${account}:role/StepFunctionsRole`, ...options }) {
      const { definition, type, placeholders, ...loaded } = readSource(source, { region, account, ...options, type: wanted });
      const text = JSON.stringify(definition);
      const input = { name: name ?? loaded.name ?? `StateMachine-${host.hash(text).slice(0, 12)}-${type.toLowerCase()}`, definition: text, type, roleArn };
      const outcome = await host.call(directory, { action: 'CreateStateMachine', input });
      // The service tells of the first faults only.
      if (!outcome.ok && outcome.error.Error === 'InvalidDefinition') loadDefinition(definition, { type });
      const stateMachineArn = readOutcome(outcome)['stateMachineArn'] as string;
      return new StateMachine(host, directory, limits, stateMachineArn, placeholders);
    },
    sendTaskSuccess: async (input) => void (await request(directory, 'SendTaskSuccess', input)),
    sendTaskFailure: async (input) => void (await request(directory, 'SendTaskFailure', { ...input })),
    sendTaskHeartbeat: async (input) => void (await request(directory, 'SendTaskHeartbeat', input)),
    createActivity: async (input) => (await request(directory, 'CreateActivity', input)) as unknown as { activityArn: string },
    deleteActivity: async (input) => void (await request(directory, 'DeleteActivity', input)),
    getActivityTask: async ({ activityArn, workerName }) =>
      request(directory, 'GetActivityTask', { activityArn, ...(workerName !== undefined && { workerName }) }) as Promise<{ taskToken?: string; input?: string }>,
  };
}

/** A created state machine. */
export class StateMachine {
  constructor(
    private readonly host: Host,
    private readonly directory: string,
    private readonly limits: Partial<ExecutionLimits> | undefined,
    readonly stateMachineArn: string,
    /** What the definition names and could not be resolved, with the values put in its place. */
    readonly placeholders: LoadedDefinition['placeholders'],
  ) {}

  /**
   * Starts an execution on an input (default `{}`), which is copied as `JSON.stringify` would.
   * @throws ServiceError `ExecutionAlreadyExists`, `InvalidExecutionInput`, `InvalidName`; the signal's reason where it has aborted
   */
  async start(input?: unknown, options: StartOptions = {}): Promise<Execution> {
    const { name, signal, history, asOf } = options;
    signal?.throwIfAborted();
    const request: Record<string, Json> = { stateMachineArn: this.stateMachineArn, input: JSON.stringify(input ?? {}) };
    if (name !== undefined) request['name'] = name;
    const wishes: Record<string, Json> = {};
    if (history === false) wishes['history'] = false;
    if (asOf !== undefined) wishes['asOf'] = asOf;
    if (this.limits || options.limits) wishes['limits'] = relaxedLimits(this.limits, options.limits);
    const { executionArn } = readOutcome(await this.host.call(this.directory, { action: 'StartExecution', input: request, wishes }));
    const execution = new Execution(this.host, executionArn as string);
    if (signal) stopOnAbort(execution, signal);
    return execution;
  }
}

function readOutcome(outcome: Outcome): JsonObject {
  if (outcome.ok) return outcome.value as JsonObject;
  throw toServiceError(STATES_MODEL, outcome.error.Error, outcome.error.Cause);
}
