import { isTemplateError } from '@interstate/templates';
import { createColors } from '../colors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionFile, type DefinitionFile } from '../input/definition-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import { readTextFile } from '../input/text-file.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../text.ts';
import { findFaults, readingFault, type FoundFault } from './diagnose.ts';
import { faultText } from './fault-text.ts';

/** Options of `interstate validate`, as the command line gives them. */
export interface ValidateOptions {
  readonly severity: 'error' | 'warning';
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
  readonly json?: boolean;
}

interface Report {
  readonly file: string;
  readonly stateMachine?: string;
  readonly result: 'OK' | 'FAIL';
  readonly diagnostics: readonly FoundFault[];
  readonly truncated: boolean;
}

/** Checks every state machine in the files; the report goes to stdout. */
export function validate(files: readonly string[], options: ValidateOptions, terminal: Terminal): ExitCode {
  const { stdout, cwd } = terminal;
  const severity = options.severity === 'error' ? 'ERROR' : 'WARNING';
  const given = { cwd, substitutions: parseSubstitutions(options.substitution) };
  const texts = new Map<string, string>();
  const color = createColors(stdout, terminal.env);
  const print = (fault: FoundFault): void => void stdout.write(`${faultText(fault, texts.get(fault.file), color)}\n`);

  const reports = files.flatMap((file) =>
    stateMachinesIn(file, options.stateMachine, (logicalId) => readDefinitionFile(file, { ...given, logicalId })).map((read): Report => {
      const report = reportOn(read, file, severity, cwd, texts);
      if (!options.json) report.diagnostics.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).forEach(print);
      if (report.truncated && !options.json) stdout.write(`  … there are more than ${report.diagnostics.length}\n`);
      return report;
    }),
  );
  const isValid = reports.every(({ result }) => result === 'OK');
  stdout.write(options.json ? `${JSON.stringify({ result: isValid ? 'OK' : 'FAIL', stateMachines: reports }, null, 2)}\n` : `${summary(reports, color)}\n`);
  return isValid ? EXIT.succeeded : EXIT.refused;
}

/** Prints what is wrong with a definition that was to be run. */
export function reportInvalid(definitionFile: DefinitionFile, { stderr, env }: Terminal): void {
  const color = createColors(stderr, env);
  const { faults } = findFaults(definitionFile, 'ERROR');
  for (const fault of faults) stderr.write(`${faultText(fault, definitionFile.texts.get(fault.file), color)}\n`);
  stderr.write(`${color.red('✗')} ${counted(faults.length, 'error')}: ${visible(definitionFile.path)} was not run.\n`);
}

type Reading = { readonly definitionFile: DefinitionFile } | { readonly error: unknown };

/** The state machine that was asked for, or the only one, or each. */
function stateMachinesIn(file: string, logicalId: string | undefined, read: (logicalId: string | undefined) => DefinitionFile): Reading[] {
  const attempt = (id: string | undefined): Reading => {
    try {
      return { definitionFile: read(id) };
    } catch (error) {
      return { error };
    }
  };
  const first = attempt(logicalId);
  const { error } = first as { readonly error?: unknown };
  if (!isTemplateError(error) || error.code !== 'SeveralStateMachines') return [first];
  return (error.candidates ?? []).map(attempt);
}

function reportOn(read: Reading, file: string, severity: 'ERROR' | 'WARNING', cwd: string, texts: Map<string, string>): Report {
  if ('error' in read) {
    const fault = readingFault(read.error, file);
    if (fault.line !== undefined && !texts.has(fault.file)) texts.set(fault.file, readTextFile(fault.file, cwd));
    return { file, result: 'FAIL', diagnostics: [fault], truncated: false };
  }
  const { definitionFile } = read;
  for (const [path, text] of definitionFile.texts) texts.set(path, text);
  const { faults, truncated } = findFaults(definitionFile, severity);
  const name = definitionFile.logicalId ?? definitionFile.name;
  const result = faults.some((fault) => fault.severity === 'ERROR') ? 'FAIL' : 'OK';
  return { file, ...(name !== undefined && { stateMachine: name }), result, diagnostics: faults, truncated };
}

function summary(reports: readonly Report[], color: ReturnType<typeof createColors>): string {
  const faults = reports.flatMap(({ diagnostics }) => diagnostics);
  const errors = faults.filter(({ severity }) => severity === 'ERROR').length;
  const warnings = faults.length - errors;
  const found = [...(errors > 0 ? [counted(errors, 'error')] : []), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])].join(', ');
  const invalid = reports.filter(({ result }) => result === 'FAIL').length;
  if (invalid === 0) return `${color.green('✔')} ${counted(reports.length, 'definition')} valid${found === '' ? '' : `, ${found}`}`;
  return `${color.red('✗')} ${invalid} of ${counted(reports.length, 'definition')} invalid: ${found}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
