import { isTemplateError } from '@interstate/templates';
import { mergeCoverage, type DefinitionSource } from '@interstate/testing';
import { readCoverageFolder } from '../coverage/coverage-folder.ts';
import { coverageWanted, type CoverageFlags } from '../coverage/coverage-options.ts';
import { definitionSource } from '../coverage/definition-source.ts';
import { writeCoverage } from '../coverage/write-coverage.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionFiles } from '../input/definition-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
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
  const data = mergeCoverage(...folders.flatMap((folder) => readCoverageFolder(folder, cwd)));
  const sources = (options.definition ?? []).flatMap((path) => readSources(path, cwd, options.substitution));
  return writeCoverage(data, sources, coverageWanted({ ...options, coverage: true })!, terminal, stdout) ? EXIT.succeeded : EXIT.failed;
}

function readSources(path: string, cwd: string, substitution: readonly string[]): DefinitionSource[] {
  try {
    return readDefinitionFiles(path, { cwd, substitutions: parseSubstitutions(substitution) }).map(definitionSource);
  } catch (error) {
    if (isTemplateError(error)) throw new UsageError(error.message);
    throw error;
  }
}
