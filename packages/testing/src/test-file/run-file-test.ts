import type { JsonObject } from '@interstate/kernel';
import type { CloudOptions } from 'interstate';
import type { Mock } from '../mocks/mock.ts';
import { testCloud, type TestCloudOptions } from '../test-cloud.ts';
import { applyBehaviours } from './behaviour.ts';
import { checkExpectation } from './check-expectation.ts';
import type { FileTest } from './test-file.ts';

/** What a test runs with besides what it says itself. */
export interface FileTestSurroundings {
  readonly definition: JsonObject;
  readonly name?: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly cloud?: TestCloudOptions;
  readonly functions?: NonNullable<CloudOptions['functions']>;
  /** A MockConfigFile, of which the test case of the test's name is used. */
  readonly mockConfig?: unknown;
}

export interface FileTestResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What was otherwise than expected. */
  readonly faults: readonly string[];
  /** Milliseconds of real time. */
  readonly tookMs: number;
}

/** Runs one test in a cloud of its own. Never throws: what went wrong is a fault of the test. */
export async function runFileTest(test: FileTest, { definition, name, type, cloud: options, functions, mockConfig }: FileTestSurroundings): Promise<FileTestResult> {
  if (test.skip) return { name: test.name, status: 'skipped', faults: [], tookMs: 0 };
  const began = performance.now();
  const cloud = testCloud({ ...options, ...(functions && { functions }), warn: () => undefined });
  let faults: readonly string[];
  try {
    const mocks = new Map<string, Mock[]>();
    if (mockConfig !== undefined) cloud.mockConfig(mockConfig, { stateMachine: name ?? '', testCase: test.name });
    for (const [target, behaviours] of test.mocks) {
      const mock = cloud.mock(target);
      applyBehaviours(mock, behaviours);
      mocks.set(target, [...(mocks.get(target) ?? []), mock]);
    }
    const machine = await cloud.states.create({ definition, ...(name !== undefined && { name }), ...(type && { type }) });
    const execution = await (await machine.start(test.input)).result();
    faults = checkExpectation(test.expect, execution, cloud, mocks);
  } catch (error) {
    faults = [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  } finally {
    cloud.close();
  }
  return { name: test.name, status: faults.length === 0 ? 'passed' : 'failed', faults, tookMs: performance.now() - began };
}
