import type { Execution } from '@interstate/core';
import type { Json, Outcome } from '@interstate/kernel';
import { isServiceError } from '@interstate/service-kit';
import { createCloud, type Cloud, type CloudOptions } from 'interstate';
import { createCoverage, type Coverage } from './coverage/coverage.ts';
import { wholeRunCoverage } from './coverage/whole-run.ts';
import { applyMockConfig } from './mocks/mock-config.ts';
import { createMockRegistry, TIMER_KIND } from './mocks/mock-registry.ts';
import type { Mock } from './mocks/mock.ts';
import type { MockScope } from './mocks/mock-target.ts';
import { createSentLog, type SentRequest } from './sent-requests.ts';
import { TIMER_ADDRESS } from './timer-machine.ts';
import { whatIsWaitedFor } from './waiting.ts';

/** Options of a cloud; time is virtual. */
export interface TestCloudOptions extends Omit<CloudOptions, 'clock' | 'probeOf'> {
  /** Counts what runs: `true` for this cloud alone, or together with others in what `createCoverage` makes. Default: as `collectCoverage` says, else not. */
  readonly coverage?: boolean | Coverage;
}

/** What `interstate types` writes of a definition, as far as a test cloud makes use of it. */
export interface MachineTypes {
  readonly tasks: { readonly [state: string]: { readonly arguments: unknown; readonly result: unknown } };
}

/** The names of the Tasks, where they are known. */
type TaskNames<Types extends MachineTypes> = string extends keyof Types['tasks'] ? never : keyof Types['tasks'] & string;

/** A cloud with time and chance under control: equal options and calls give equal runs, byte for byte. */
export interface TestCloud<Types extends MachineTypes = MachineTypes> extends Cloud {
  /**
   * Stands in for the Tasks of a state (`ChargeCard`), of a state in a Map (`Orders/ChargeCard`, `Orders[2]/ChargeCard`) or of
   * a resource (`sqs:sendMessage`, `arn:aws:lambda:*:function:charge-card`). The narrowest mock answers; of equals, the newest.
   */
  mock<Name extends TaskNames<Types>>(target: Name, scope?: MockScope): Mock<Types['tasks'][Name]['arguments'], Types['tasks'][Name]['result']>;
  mock(target: string, scope?: MockScope): Mock;
  /** Mocks what a test case of a Step Functions Local MockConfigFile says. @throws MockConfigError */
  mockConfig(config: unknown, testCase: { readonly stateMachine: string; readonly testCase: string }): void;
  /** Forgets every mock. */
  clearMocks(): void;
  /** Lets time pass until the condition holds. False where nothing can bring it about. */
  runUntil(isDone: () => boolean): Promise<boolean>;
  /** Every message, notification and event that was sent in this cloud, mocked or not, in order. */
  readonly sent: readonly SentRequest[];
  /** What counts what runs in this cloud; undefined where nothing does. */
  readonly coverage: Coverage | undefined;
  /** What everything unfinished waits for, a line each; empty where nothing is. */
  waitingFor(): readonly string[];
}

/**
 * A cloud for tests: everything in this process, virtual time, a fixed seed.
 * @example
 * const cloud = testCloud({ startTime: '2026-01-01T00:00:00Z', seed: 1 });
 * cloud.mock('ChargeCard').failsOnce('Card.Declined').thenReturns({ receipt: 'r1' });
 * const execution = await cloud.run(definition, { orderId: 42 });
 */
export function testCloud<Types extends MachineTypes = MachineTypes>({ seed = 1, interceptors = [], adapters = [], coverage: wanted = wholeRunCoverage() ?? false, ...options }: TestCloudOptions = {}): TestCloud<Types> {
  const coverage = wanted === true ? createCoverage() : wanted || undefined;
  const counting = coverage?.parts();
  const log = createSentLog();
  const mocks = createMockRegistry({
    sleep: async (ms) => void (await cloud.host.call(TIMER_ADDRESS, { ms })),
    answerToken: (taskToken, outcome) => answerToken(cloud, taskToken, outcome),
    mocked: log.noteTask,
    definitionOf: (execution) => (cloud.host.stateOf(execution) as Execution | undefined)?.program.definition,
    warn: (text) => (options.warn ?? console.warn)(text),
  });
  const cloud = createCloud(Object.assign(options, { clock: 'virtual' as const, seed, ...(counting && { probeOf: counting.probeOf }), interceptors: [log.interceptor, mocks.interceptor, ...(counting ? [counting.interceptor] : []), ...interceptors], adapters: [...adapters, mocks.adapter] }));
  cloud.host.spawn(TIMER_KIND, TIMER_ADDRESS, null);
  return {
    mock: (target: string, scope?: MockScope) => mocks.add(target, scope) as Mock<never, never> & Mock,
    mockConfig: (config, { stateMachine, testCase }) => applyMockConfig(config, stateMachine, testCase, mocks.add),
    clearMocks: () => mocks.clear(),
    runUntil: (isDone) => cloud.host.runUntil(isDone),
    sent: log.sent,
    coverage,
    waitingFor: () => whatIsWaitedFor(cloud.host),
    ...cloud,
  };
}

async function answerToken({ sfn }: Cloud, taskToken: string, outcome: Outcome): Promise<void> {
  try {
    if (outcome.ok) return void (await sfn.sendTaskSuccess({ taskToken, output: JSON.stringify(outcome.value satisfies Json) }));
    const { Error: error, Cause: cause } = outcome.error;
    await sfn.sendTaskFailure({ taskToken, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  } catch (error) {
    // A callback that comes too late is nobody's fault but its own.
    if (!isServiceError(error) || error.name !== 'TaskTimedOut') throw error;
  }
}
