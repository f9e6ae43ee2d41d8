import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isTemplateError } from '@interstate/templates';
import { CoverageDataError, mergeCoverage, readCoverageData, type CoverageData, type DefinitionSource } from '@interstate/testing';
import { coverageWanted, type CoverageFlags } from '../coverage/coverage-options.ts';
import { definitionSource } from '../coverage/definition-source.ts';
import { writeCoverage } from '../coverage/write-coverage.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionFiles } from '../input/definition-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import { readTextFile } from '../input/text-file.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate coverage`, as the command line gives them. */
export interface CoverageCommandOptions extends Omit<CoverageFlags, 'coverage'> {
  readonly definition?: readonly string[];
  readonly substitution: readonly string[];
}

/** Puts together what was written into folders, and reports on it; the table goes to stdout. @throws UsageError */
export function coverage(folders: readonly string[], options: CoverageCommandOptions, terminal: Terminal): ExitCode {
  const { cwd, stdout } = terminal;
  const data = mergeCoverage(...folders.flatMap((folder) => readFolder(folder, cwd)));
  const sources = (options.definition ?? []).flatMap((path) => readSources(path, cwd, options.substitution));
  return writeCoverage(data, sources, coverageWanted({ ...options, coverage: true })!, terminal, stdout) ? EXIT.succeeded : EXIT.failed;
}

function readFolder(folder: string, cwd: string): CoverageData[] {
  const names = namesIn(folder, cwd).filter((name) => name.endsWith('.coverage.json'));
  if (names.length === 0) throw new UsageError(`${folder}: there is no file named ….coverage.json; tests with collectCoverageIn write them, and \`interstate test --coverage-reporter raw\`.`);
  return names.sort().map((name) => readData(join(folder, name), cwd));
}

function namesIn(folder: string, cwd: string): string[] {
  try {
    return readdirSync(resolve(cwd, folder));
  } catch (error) {
    throw new UsageError(`${folder}: the folder cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
}

function readData(file: string, cwd: string): CoverageData {
  const text = readTextFile(file, cwd);
  try {
    return readCoverageData(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof CoverageDataError || error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file}: this is no coverage data. ${error.message}`);
  }
}

function readSources(path: string, cwd: string, substitution: readonly string[]): DefinitionSource[] {
  try {
    return readDefinitionFiles(path, { cwd, substitutions: parseSubstitutions(substitution) }).map(definitionSource);
  } catch (error) {
    if (isTemplateError(error)) throw new UsageError(error.message);
    throw error;
  }
}
