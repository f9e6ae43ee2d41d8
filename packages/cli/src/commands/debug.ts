import { validateDefinition } from '@interstate/core';
import { nearName, type JsonObject } from '@interstate/kernel';
import { applyMocks, createRecorder, createTimeTravel, replay, testCloud, TestFileError, type Recording } from '@interstate/testing';
import { StuckExecutionError } from 'interstate';
import { everyPosition, plainDebug, positionJson } from '../debug/plain-debug.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { loadFunctions } from '../functions/load-functions.ts';
import { matchFunctions } from '../functions/match-functions.ts';
import { listTaskResources } from '../functions/task-resources.ts';
import { readDefinitionToRun, stateMachineName, type DefinitionFile } from '../input/definition-file.ts';
import { readExecutionInput } from '../input/execution-input.ts';
import { readHistoryFile } from '../input/history-file.ts';
import { resourcesIn } from '../input/resources-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { TEST_FILE } from '../test-run/find-test-files.ts';
import { loadTestFile } from '../test-run/load-test-file.ts';
import { runTest } from '../test-run/run-test-file.ts';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate debug`, as the command line gives them. */
export interface DebugOptions {
  readonly input?: string;
  readonly functions?: string;
  readonly mocks?: string;
  readonly resources?: string;
  readonly history?: string;
  /** Name of the test, where the file is one of tests. */
  readonly test?: string;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
  readonly plain?: boolean;
  readonly json?: boolean;
}

/** Runs a definition or a test once in virtual time and lets the user go through what happened. @throws UsageError */
export async function debug(file: string, options: DebugOptions, terminal: Terminal): Promise<ExitCode> {
  if (TEST_FILE.test(file)) return debugTest(file, options, terminal);
  if (options.test !== undefined) throw new UsageError(`--test '${options.test}': is for a file of tests, such as order.asl.test.yaml; ${file} is none.`);
  const definitionFile = readDefinitionToRun(file, { cwd: terminal.cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  if (validateDefinition(definitionFile.definition, { type: definitionFile.type }).result === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return EXIT.refused;
  }
  return show(stateMachineName(definitionFile), await record(definitionFile, options, terminal), options, terminal);
}

async function debugTest(file: string, options: DebugOptions, terminal: Terminal): Promise<ExitCode> {
  const { input, functions, mocks, resources, history, stateMachine, substitution } = options;
  const given = Object.entries({ input, functions, mocks, resources, history, 'state-machine': stateMachine, substitution: substitution[0] }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`--${given[0]} ${given[1]}: is for definitions; a test says itself what it runs with.`);
  const { tests, surroundings } = await loadTestFile(file, terminal.cwd);
  const test = testNamed(options.test, tests);
  const { watcher, recordings } = createRecorder();
  const { faults } = await runTest({ ...test, skip: false }, { ...surroundings, cloud: { ...surroundings.cloud, watcher } });
  for (const fault of faults) terminal.stderr.write(`${visible(fault)}\n`);
  const [recording] = recordings.values();
  if (!recording) throw new UsageError(`${file}: the test '${test.name}' has run no execution.`);
  return show(test.name, recording, options, terminal);
}

function testNamed<Test extends { readonly name: string }>(name: string | undefined, tests: readonly Test[]): Test {
  const names = tests.map((test) => test.name);
  const found = name === undefined ? (tests.length === 1 ? tests[0] : undefined) : tests.find((test) => test.name === name);
  if (found) return found;
  const near = name === undefined ? undefined : nearName(name, names);
  const known = near === undefined ? `There are: ${names.map((each) => `'${each}'`).join(', ')}.` : `Did you mean '${near}'?`;
  throw new UsageError(name === undefined ? `Name one of its tests with --test. ${known}` : `--test '${name}': there is no such test. ${known}`);
}

async function show(title: string, recording: Recording, options: DebugOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdin, stdout } = terminal;
  if (options.json) stdout.write(`${JSON.stringify([...everyPosition(createTimeTravel(recording))].map(positionJson), null, 2)}\n`);
  else if (options.plain || stdin.isTTY !== true || stdout.isTTY !== true) for (const line of plainDebug(createTimeTravel(recording))) stdout.write(line);
  else {
    const { debugOnTerminal } = await import('../debug/interactive-debug.ts');
    await debugOnTerminal(title, recording, terminal);
  }
  return EXIT.succeeded;
}

async function record(file: DefinitionFile, options: DebugOptions, terminal: Terminal): Promise<Recording> {
  const { watcher, recordings } = createRecorder();
  const restoreLog = terminal.captureLog((text) => void terminal.stderr.write(text));
  try {
    if (options.history === undefined) await execute(file, options, terminal, watcher);
    else {
      const input = options.input === undefined ? {} : { input: await readExecutionInput(options.input, terminal) };
      await replay(file.definition as JsonObject, readHistoryFile(options.history, terminal.cwd), { type: file.type, watcher, ...input });
    }
  } finally {
    restoreLog();
  }
  return [...recordings.values()][0]!;
}

async function execute(file: DefinitionFile, options: DebugOptions, terminal: Terminal, watcher: ReturnType<typeof createRecorder>['watcher']): Promise<void> {
  const { definition, type, placeholders } = file;
  const { functions, missing } = matchFunctions(await loadFunctions(options.functions, terminal.cwd), listTaskResources(definition), placeholders);
  const input = await readExecutionInput(options.input, terminal);
  const makeResources = resourcesIn(options.resources, terminal.cwd);
  const cloud = testCloud({ functions, watcher, warn: () => undefined });
  try {
    // What nobody gave a function for answers with nothing, so that the rest can be looked at.
    for (const { stateName } of missing) cloud.mock(stateName).returns({});
    await makeResources(cloud);
    if (options.mocks !== undefined) applyMocks(cloud, await readExecutionInput(`@${options.mocks}`, terminal), definition as JsonObject);
    await cloud.run(definition as JsonObject, input, { type, name: stateMachineName(file) });
  } catch (error) {
    if (error instanceof TestFileError) throw new UsageError(`${options.mocks}: ${error.message}`);
    if (!(error instanceof StuckExecutionError)) throw error;
    terminal.stderr.write(`${visible(error.message)}\n`);
  } finally {
    cloud.close();
  }
}
