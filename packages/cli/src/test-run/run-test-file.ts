import { createCoverage, runCodeTest, runFileTest, type CodeTest, type CoverageData, type FileTest, type FileTestResult, type FileTestSurroundings } from '@interstate/testing';
import { shownPlace } from '../input/shown-path.ts';
import { isUsageError } from '../usage-error.ts';
import { loadTestFile, type LoadedTestFile, type TestedDefinition } from './load-test-file.ts';

/** What came of a test file. */
export interface TestFileReport {
  readonly file: string;
  readonly tests: readonly FileTestResult[];
  /** Why it could not be run at all. */
  readonly fault?: string;
  /** Where coverage was asked for: the definition of the file, and what ran. */
  readonly ran?: { readonly tested: TestedDefinition; readonly data: CoverageData };
}

export interface RunTestFileOptions {
  /** Told what the file was made of, before it runs. */
  readonly loaded?: (loaded: LoadedTestFile) => void;
  readonly covers?: boolean;
}

/** Runs one test, as data or in code. */
export function runTest(test: FileTest | CodeTest, surroundings: FileTestSurroundings): Promise<FileTestResult> {
  return 'run' in test ? runCodeTest(test, surroundings) : runFileTest(test, surroundings);
}

/** Loads and runs a test file, its tests one after another. */
export async function runTestFile(file: string, cwd: string, { loaded, covers = false }: RunTestFileOptions = {}): Promise<TestFileReport> {
  try {
    const suite = await loadTestFile(file, cwd);
    loaded?.(suite);
    const tests: FileTestResult[] = [];
    const coverage = covers ? createCoverage() : false;
    const surroundings = { ...suite.surroundings, cloud: { ...suite.surroundings.cloud, coverage } };
    for (const test of suite.tests) {
      const result = await runTest(test, surroundings);
      tests.push({ ...result, faults: result.faults.map((fault) => shownPlace(fault, cwd)) });
    }
    return { file, tests, ...(coverage && { ran: { tested: suite.tested, data: coverage.data() } }) };
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { file, tests: [], fault: error.message };
  }
}

export function hasFailed({ tests, fault }: TestFileReport): boolean {
  return fault !== undefined || tests.some(({ status }) => status === 'failed');
}
