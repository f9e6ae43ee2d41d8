import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { invalidDefinitionMessage, validateDefinition } from '@interstate/core';
import type { JsonObject } from '@interstate/kernel';
import { isTemplateError } from '@interstate/templates';
import { readCodeTests, readTestFile, TestFileError, type CodeTest, type FileTest, type FileTestSurroundings, type TestFile } from '@interstate/testing';
import { matchFunctions } from '../functions/match-functions.ts';
import { loadFunctions } from '../functions/load-functions.ts';
import { listTaskResources } from '../functions/task-resources.ts';
import { importAnew, isCodeFile } from '../input/code-module.ts';
import { readDataFile } from '../input/data-file.ts';
import { readDefinitionToRun, stateMachineName } from '../input/definition-file.ts';
import { isUsageError, UsageError } from '../usage-error.ts';

/** Which definition a test file tests, so that it can be read again. */
export interface TestedDefinition {
  /** Relative to the working directory. */
  readonly path: string;
  readonly stateMachine?: string;
  readonly substitutions: TestFile['substitutions'];
}

/** A test file, ready to be run. */
export interface LoadedTestFile {
  readonly file: string;
  readonly tests: readonly (FileTest | CodeTest)[];
  readonly surroundings: FileTestSurroundings;
  readonly tested: TestedDefinition;
  /** Files it was made of: when one changes, it is to be loaded again. */
  readonly dependencies: readonly string[];
}

/** Loads a test file with its definition, functions and mock configuration. @throws UsageError saying what is wrong where */
export async function loadTestFile(file: string, cwd: string): Promise<LoadedTestFile> {
  try {
    return await load(file, cwd);
  } catch (error) {
    if (error instanceof TestFileError || isTemplateError(error)) throw new UsageError(`${file}: ${error.message}`);
    if (isUsageError(error)) throw new UsageError(error.message.startsWith(file) ? error.message : `${file}: ${error.message}`);
    throw error;
  }
}

async function load(file: string, cwd: string): Promise<LoadedTestFile> {
  const folder = dirname(file);
  const code = isCodeFile(file) ? readCodeTests(await importAnew(file, cwd)) : undefined;
  const { definition: named, substitutions = {}, stateMachine, startTime, account, region, seed, type, functions: given, mockConfig, tests } = code ? { ...code.options, tests: code.tests, mockConfig: undefined } : readTestFile(readDataFile(file, cwd));
  const module = typeof given === 'string' ? given : undefined;
  const path = join(folder, named ?? definitionBeside(file, cwd));
  const definitionFile = readDefinitionToRun(path, { cwd, substitutions, logicalId: stateMachine });
  const { definition, placeholders } = definitionFile;
  const diagnosis = validateDefinition(definition, { type: type ?? definitionFile.type });
  if (diagnosis.result === 'FAIL') throw new UsageError(`${path}: ${invalidDefinitionMessage(diagnosis.diagnostics)}\n\`interstate validate ${path}\` says where.`);
  const loaded = module === undefined ? (code?.options.functions ?? {}) : await loadFunctions(join(folder, module), cwd, `functions: ${module}`);
  const { functions } = matchFunctions(loaded, listTaskResources(definition), placeholders);
  const all: readonly (FileTest | CodeTest)[] = tests;
  const only = all.filter((test) => test.only);
  return {
    file,
    tests: only.length > 0 ? all.map((test) => ({ ...test, skip: test.skip || !test.only })) : all,
    surroundings: {
      definition: definition as JsonObject,
      name: stateMachineName(definitionFile),
      type: type ?? definitionFile.type,
      cloud: { ...(startTime !== undefined && { startTime }), ...(account !== undefined && { account }), ...(region !== undefined && { region }), ...(seed !== undefined && { seed }) },
      functions,
      ...(mockConfig !== undefined && { mockConfig: readDataFile(join(folder, mockConfig), cwd) }),
    },
    tested: { path, substitutions, ...(stateMachine !== undefined && { stateMachine }) },
    dependencies: [file, ...definitionFile.texts.keys(), ...(module === undefined ? [] : [join(folder, module)]), ...(mockConfig === undefined ? [] : [join(folder, mockConfig)])],
  };
}

/** `order.asl.json` or `.yaml` beside `order.asl.test.yaml`. */
function definitionBeside(file: string, cwd: string): string {
  const stem = file.replace(/\.test\.\w+$/, '');
  const names = ['.json', '.yaml', '.yml'].map((extension) => `${stem}${extension}`);
  const found = names.find((name) => existsSync(resolve(cwd, name)));
  if (found === undefined) throw new UsageError(`there is no definition beside it: looked for ${names.join(', ')}. Name it: "definition": "…".`);
  return found.slice(dirname(file) === '.' ? 0 : dirname(file).length + 1);
}
