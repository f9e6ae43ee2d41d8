import { runFileTest, type FileTestResult } from '@interstate/testing';
import { isUsageError } from '../usage-error.ts';
import { loadTestFile, type LoadedTestFile } from './load-test-file.ts';

/** What came of a test file. */
export interface TestFileReport {
  readonly file: string;
  readonly tests: readonly FileTestResult[];
  /** Why it could not be run at all. */
  readonly fault?: string;
}

/** Loads and runs a test file, its tests one after another. */
export async function runTestFile(file: string, cwd: string, loaded?: (loaded: LoadedTestFile) => void): Promise<TestFileReport> {
  try {
    const suite = await loadTestFile(file, cwd);
    loaded?.(suite);
    const tests: FileTestResult[] = [];
    for (const test of suite.tests) tests.push(await runFileTest(test, suite.surroundings));
    return { file, tests };
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { file, tests: [], fault: error.message };
  }
}

export function hasFailed({ tests, fault }: TestFileReport): boolean {
  return fault !== undefined || tests.some(({ status }) => status === 'failed');
}
