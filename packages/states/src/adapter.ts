import type { Address, ResponseSchemas } from '@interstate/kernel';
import type { KmsKeyState, ServiceAdapter } from '@interstate/service-kit';
import type { ProbeOf, ProgramLibrary } from '@interstate/core';
import { activityMachine } from './activity.ts';
import { DIRECTORY_KIND, directoryMachine } from './directory.ts';
import { directoryAddress } from './directory-state.ts';
import { STATES_LIMITS, type StatesLimits } from './limits.ts';
import { mapRunMachine } from './map-run/map-run.ts';
import { STATES_MODEL } from './model.ts';
import { TASK_RESOURCES } from './tasks.ts';
import { testStateMachine } from './test-state/test-machine.ts';

export interface StatesOptions {
  readonly region: string;
  readonly account: string;
  /** The library executions take their programs from; definitions that are created are added to it. */
  readonly programs: ProgramLibrary;
  /** AWS's limits of the API, relaxed by name. */
  readonly limits?: Partial<StatesLimits>;
  /** An event bus that is told of every status change of a Standard execution. Default: one that has said it wants to be. */
  readonly eventBus?: Address;
  /** In which state a KMS key is, by the id or ARN an encryptionConfiguration names. Default: any key is there and can be used. */
  readonly kmsKeyState?: (kmsKeyId: string) => KmsKeyState;
  /** Response schemas against which TestState holds mocked results, for services it does not know itself. */
  readonly responseSchemas?: ResponseSchemas;
  /** Wants to know what TestState runs. Default: nobody does. */
  readonly probeOf?: ProbeOf | undefined;
}

/** The Step Functions service: its machines, and the Task resources its directory answers. */
export interface StatesAdapter extends ServiceAdapter {
  readonly service: 'states';
  /** Where the directory lives. */
  readonly directory: Address;
}

export function states({ region, account, programs, limits, eventBus, kmsKeyState, responseSchemas, probeOf }: StatesOptions): StatesAdapter {
  const directory = directoryAddress(region, account);
  const options = { directory, region, account, programs, limits: { ...STATES_LIMITS, ...limits }, eventBus, kmsKeyState, responseSchemas, probeOf };
  return {
    service: 'states',
    machines: [directoryMachine(options), activityMachine(options.limits), mapRunMachine((id) => programs.get(id), options.limits), testStateMachine(responseSchemas, probeOf)] as StatesAdapter['machines'],
    services: [{ model: STATES_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf: () => directory }],
    directory,
    // What other services ask of a state machine or an execution, they ask at its ARN.
    forwards: [...TASK_RESOURCES, `arn:*:states:${region}:${account}:stateMachine:*`].map((resource) => ({ resource, to: directory })),
  };
}
