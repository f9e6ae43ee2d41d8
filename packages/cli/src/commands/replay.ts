import { validateDefinition } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import { createCoverage, mergeCoverage, replay as replayHistory } from '@interstate/testing';
import { createColors } from '../colors.ts';
import { coverageWanted, type CoverageFlags } from '../coverage/coverage-options.ts';
import { definitionSource } from '../coverage/definition-source.ts';
import { writeCoverage } from '../coverage/write-coverage.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionToRun } from '../input/definition-file.ts';
import { readExecutionInput } from '../input/execution-input.ts';
import { readHistoryFile } from '../input/history-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate replay`, as the command line gives them. */
export interface ReplayOptions extends CoverageFlags {
  /** The definition, where it is not the argument. */
  readonly definition?: string;
  readonly history: readonly string[];
  readonly input?: string;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly json?: boolean;
}

/** Runs a definition as recorded executions went; the report goes to stdout. @throws UsageError */
export async function replay(argument: string | undefined, options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout, cwd, env } = terminal;
  const color = createColors(stdout, env);
  const definitionFile = readDefinitionToRun(definitionNamed(argument, options.definition), { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const { definition } = definitionFile;
  const type = options.type ?? definitionFile.type;
  if (validateDefinition(definition, { type }).result === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return EXIT.refused;
  }
  const input: Json | undefined = options.input === undefined ? undefined : await readExecutionInput(options.input, terminal);
  const wanted = coverageWanted(options);
  const coverage = wanted && createCoverage();
  const reports: { readonly history: string; readonly difference: string | null; readonly status: string; readonly events: number; readonly taskAttempts: number }[] = [];
  for (const file of options.history) {
    const { difference, run, taskAttempts } = await replayHistory(definition as JsonObject, readHistoryFile(file, cwd), { type, ...(input !== undefined && { input }), ...(coverage && { coverage }) });
    reports.push({ history: file, difference: difference ?? null, status: run.status, events: run.history.length, taskAttempts });
    if (options.json) continue;
    const told = `${run.status}, ${run.history.length} events, ${taskAttempts} Task attempts in the recording`;
    stdout.write(difference === undefined ? `${color.green('✔')} ${visible(file)} goes as recorded: ${told}\n` : `${color.red('✗')} ${visible(file)} goes another way (${told}); the first difference:\n  ${visible(difference)}\n`);
  }
  if (options.json) stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  const covers = !wanted || writeCoverage(mergeCoverage(), [{ ...definitionSource(definitionFile), ran: coverage!.data() }], wanted, terminal, options.json ? terminal.stderr : stdout);
  return covers && reports.every(({ difference }) => difference === null) ? EXIT.succeeded : EXIT.failed;
}

function definitionNamed(argument: string | undefined, option: string | undefined): string {
  if (argument !== undefined && option !== undefined) throw new UsageError(`--definition ${option}: the definition is ${argument} already; name one.`);
  const file = argument ?? option;
  if (file === undefined) throw new UsageError("missing required argument 'definition': it stands before --history, which takes every file that follows it.");
  return file;
}
