import type { JsonObject } from '@interstate/kernel';
import type { CloudOptions, ExecutionResult } from 'interstate';
import { machineIn, mockConfigWarnings } from '../mocks/mock-config.ts';
import type { Mock } from '../mocks/mock.ts';
import { testCloud, type TestCloud, type TestCloudOptions } from '../test-cloud.ts';
import { applyBehaviours } from './behaviour.ts';
import { checkExpectation } from './check-expectation.ts';
import { checkNames } from './check-names.ts';
import { TestFileError } from './reading.ts';
import { makeResources } from './resources.ts';
import type { FileTest } from './test-file.ts';

/** What a test runs with besides what it says itself. */
export interface FileTestSurroundings {
  readonly definition: JsonObject;
  readonly name?: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly cloud?: TestCloudOptions;
  readonly functions?: NonNullable<CloudOptions['functions']>;
  /** A MockConfigFile, of which the test case of the test's name is used: of the state machine of this name, or of its only one. */
  readonly mockConfig?: unknown;
}

export interface FileTestResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What was otherwise than expected. */
  readonly faults: readonly string[];
  /** What is probably not meant as it is, though nothing failed for it. */
  readonly warnings: readonly string[];
  /** Milliseconds of real time. */
  readonly tookMs: number;
}

/** Runs one test in a cloud of its own. Never throws: what went wrong is a fault of the test. */
export function runFileTest(test: FileTest, surroundings: FileTestSurroundings): Promise<FileTestResult> {
  return runInCloud(test, surroundings, async (cloud, warnings) => {
    const { mockConfig, definition } = surroundings;
    const name = mockConfig === undefined ? surroundings.name : machineIn(mockConfig, surroundings.name ?? '');
    const mocks = new Map<string, Mock[]>();
    checkNames(test, definition);
    await makeResources(test.resources, cloud);
    if (mockConfig !== undefined && name !== undefined) {
      cloud.mockConfig(mockConfig, { stateMachine: name, testCase: test.name });
      warnings.push(...mockConfigWarnings(mockConfig, name, test.name, definition));
    }
    for (const [target, behaviours] of test.mocks) {
      const mock = cloud.mock(target);
      applyBehaviours(mock, behaviours);
      mocks.set(target, [...(mocks.get(target) ?? []), mock]);
    }
    return checkExpectation(test.expect, await runDefinition(cloud, { ...surroundings, ...(name !== undefined && { name }) }, test.input), cloud, mocks);
  });
}

/** A test's cloud and clock. @param work gives the faults; what it throws is one */
export async function runInCloud(
  { name, skip }: Pick<FileTest, 'name' | 'skip'>,
  { cloud: options, functions }: FileTestSurroundings,
  work: (cloud: TestCloud, warnings: string[]) => Promise<readonly string[]>,
): Promise<FileTestResult> {
  if (skip) return { name, status: 'skipped', faults: [], warnings: [], tookMs: 0 };
  const began = performance.now();
  const warnings: string[] = [];
  const advice: string[] = [];
  let cloud: TestCloud | undefined;
  let faults: readonly string[];
  try {
    cloud = testCloud({ ...options, ...(functions && { functions }), warn: (text) => void advice.push(text) });
    faults = await work(cloud, warnings);
  } catch (error) {
    faults = [error instanceof TestFileError ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  } finally {
    cloud?.close();
  }
  // Advice is for what went wrong: a function may be missing on purpose.
  return { name, status: faults.length === 0 ? 'passed' : 'failed', faults: faults.length === 0 ? [] : [...faults, ...advice], warnings, tookMs: performance.now() - began };
}

export async function runDefinition(cloud: TestCloud, { definition, name, type }: FileTestSurroundings, input: unknown): Promise<ExecutionResult> {
  const machine = await cloud.states.create({ definition, ...(name !== undefined && { name }), ...(type && { type }) });
  return (await machine.start(input)).result();
}
