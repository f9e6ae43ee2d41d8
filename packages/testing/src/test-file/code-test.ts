import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { CloudOptions, ExecutionResult } from 'interstate';
import type { Mock } from '../mocks/mock.ts';
import type { MockScope } from '../mocks/mock-target.ts';
import { mockFault } from '../named-in.ts';
import type { TestCloud } from '../test-cloud.ts';
import { TestFileError, unknownName } from './reading.ts';
import { runDefinition, runInCloud, type FileTestResult, type FileTestSurroundings } from './run-file-test.ts';
import type { TestFile } from './test-file.ts';

/** What a test in code is given. */
export interface CodeTestContext {
  /** A cloud of this test's own. */
  readonly cloud: TestCloud;
  readonly definition: JsonObject;
  /** Runs the definition to its end. @param input default `{}` */
  run(input?: unknown): Promise<ExecutionResult>;
}

/** Passes unless it throws. */
export type CodeTestFunction = (context: CodeTestContext) => unknown;

/** The default export of a file `order.asl.test.ts`, `.js` or `.mjs`: tests by name. */
export type CodeTests = Readonly<Record<string, CodeTestFunction | { readonly run: CodeTestFunction; readonly skip?: boolean | string; readonly only?: boolean }>>;

/** Its export `options`, as a test file in JSON or YAML has them; `functions` are the functions themselves. */
export interface CodeTestOptions extends Partial<Pick<TestFile, 'definition' | 'stateMachine' | 'substitutions' | 'startTime' | 'account' | 'region' | 'seed' | 'type'>> {
  readonly functions?: NonNullable<CloudOptions['functions']>;
}

export interface CodeTest {
  readonly name: string;
  readonly skip: boolean;
  readonly only: boolean;
  readonly run: CodeTestFunction;
}

const OPTIONS = ['definition', 'stateMachine', 'substitutions', 'startTime', 'account', 'region', 'seed', 'type', 'functions'];

/** Reads what a module of tests exports. @throws TestFileError */
export function readCodeTests(module: Readonly<Record<string, unknown>>): { readonly tests: readonly CodeTest[]; readonly options: CodeTestOptions } {
  const { default: tests, options = {} } = module;
  if (!isObject(tests)) throw new TestFileError('It has no default export of tests: export default { async \'name\'({ cloud, run }) { … } }. Tests of another framework are run by that framework; name their files otherwise.');
  if (!isObject(options)) throw new TestFileError('options: must be an object.');
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) throw new TestFileError(`options.${name}: ${unknownName(name, OPTIONS)}`);
  }
  const read = Object.entries(tests).map(([name, test]): CodeTest => {
    if (typeof test === 'function') return { name, skip: false, only: false, run: test as CodeTestFunction };
    if (!isObject(test) || typeof test['run'] !== 'function') throw new TestFileError(`${name}: must be a function, or { run, skip, only }.`);
    return { name, skip: test['skip'] !== undefined && test['skip'] !== false, only: test['only'] === true, run: test['run'] as CodeTestFunction };
  });
  if (read.length === 0) throw new TestFileError('There is no test in its default export.');
  return { tests: read, options: options as CodeTestOptions };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isJsonObject((value ?? null) as Json);
}

/** Real time: nothing in a test cloud waits for it. */
const MOST_MS = 60_000;

/** Runs one test in a cloud of its own. Never throws: what it throws is its fault, and so is not to end. */
export function runCodeTest(test: CodeTest, surroundings: FileTestSurroundings): Promise<FileTestResult> {
  return runInCloud(test, surroundings, async (cloud) => {
    const { definition } = surroundings;
    const mocks: Mock[] = [];
    const mock = (target: string, scope?: MockScope): Mock => {
      const made = cloud.mock(target, scope);
      mocks.push(made);
      return made;
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_none, fail) => {
      timer = setTimeout(() => fail(new Error(`It has not ended after ${MOST_MS / 1000} s.`)), MOST_MS);
    });
    try {
      await Promise.race([test.run({ cloud: { ...cloud, mock } as TestCloud, definition, run: (input = {}) => runDefinition(cloud, surroundings, input) }), late]);
      return await targetFaults(mocks, definition, cloud);
    } catch (error) {
      return [...faultsOf(error), ...(await targetFaults(mocks, definition, cloud))];
    } finally {
      clearTimeout(timer);
    }
  });
}

/** What is wrong with mocks that were never asked: no Task of the definition, nor of any other in the cloud, could have. */
async function targetFaults(mocks: readonly Mock[], definition: JsonObject, { sfn }: TestCloud): Promise<string[]> {
  const suspects = mocks.filter(({ target, calls }) => calls.length === 0 && mockFault([definition], target) !== undefined);
  if (suspects.length === 0) return [];
  const { stateMachines = [] } = await sfn.listStateMachines({ maxResults: 1000 });
  const others = await Promise.all(stateMachines.map(async ({ stateMachineArn }) => JSON.parse((await sfn.describeStateMachine({ stateMachineArn: stateMachineArn! })).definition!) as JsonObject));
  return suspects.flatMap(({ target }) => {
    const fault = mockFault([definition, ...others], target);
    return fault === undefined ? [] : [`mock('${target}'): ${fault}`];
  });
}

/** The message, a line each, and where in the test file it was thrown. */
function faultsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const place = error.stack?.split('\n').find((line) => /^\s+at .*\.asl\.test\./.test(line));
  return [...`${error.name}: ${error.message}`.split('\n').filter((line) => line.trim() !== ''), ...(place === undefined ? [] : [place.trim().replace(/\?[^:]*/, '')])];
}
