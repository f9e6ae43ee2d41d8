import { validateDefinition } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import type { Handler } from '@interstate/lambda';
import type { Cloud } from 'interstate';
import { createColors } from '../colors.ts';
import { loadFunctions } from '../functions/load-functions.ts';
import { matchFunctions, nameOf } from '../functions/match-functions.ts';
import { listTaskResources, type TaskResource } from '../functions/task-resources.ts';
import { readDefinitionToRun, stateMachineName } from '../input/definition-file.ts';
import { readExecutionInput } from '../input/execution-input.ts';
import { resourcesIn } from '../input/resources-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { RunOptions } from './run-options.ts';

/** Everything an execution needs. */
export interface PreparedRun {
  readonly definition: JsonObject;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly name: string;
  readonly functions: Readonly<Record<string, Handler>>;
  readonly input: Json;
  /** Makes what Tasks use. */
  readonly makeResources: (cloud: Cloud) => Promise<void>;
}

/** Reads and checks what a run is made of; undefined where the definition is invalid, which then has been said. @throws UsageError */
export async function prepareRun(file: string, options: RunOptions, terminal: Terminal): Promise<PreparedRun | undefined> {
  const { stderr, cwd } = terminal;
  const warn = (text: string): void => void stderr.write(`${createColors(stderr, terminal.env).yellow('warning')} ${text}\n`);
  checkStartTime(options);
  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const { definition, type, placeholders, unused } = definitionFile;
  for (const name of unused) warn(`--substitution ${visible(name)}: nothing in ${visible(file)} asks for it.`);
  if (validateDefinition(definition, { type }).result === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return undefined;
  }
  const { functions, missing } = matchFunctions(await loadFunctions(options.functions, cwd), listTaskResources(definition), placeholders);
  if (missing.length > 0) warn(missingText(missing, options.functions));
  const input = await readExecutionInput(options.input, terminal);
  return { definition: definition as JsonObject, type, name: stateMachineName(definitionFile), functions, input, makeResources: resourcesIn(options.resources, cwd) };
}

function checkStartTime({ startTime, virtualTime }: RunOptions): void {
  if (startTime === undefined) return;
  if (!virtualTime) throw new UsageError('--start-time needs --virtual-time: real time begins now.');
  if (Number.isNaN(Date.parse(startTime))) throw new UsageError(`--start-time '${startTime}': write ISO 8601, as in 2026-01-01T00:00:00Z.`);
}

const MAX_MISSING = 20;

function missingText(missing: readonly TaskResource[], module: string | undefined): string {
  const lines = missing.slice(0, MAX_MISSING).map(({ stateName, functionName }) => `  ${visible(stateName)}: ${visible(functionName!)}`);
  if (missing.length > MAX_MISSING) lines.push(`  … and ${missing.length - MAX_MISSING} more`);
  const name = nameOf(missing[0]!.functionName!);
  const handler = 'async (event, context) => ({ … })';
  const example = /^[A-Za-z_]\w*$/.test(name) ? `export const ${name} = ${handler}` : `export default { '${visible(name)}': ${handler} }`;
  const where = module === undefined ? 'Write a module, name it with --functions, and in it' : `In ${module}`;
  return [`${missing.length === 1 ? 'a Task calls a function' : 'Tasks call functions'} nobody gave:`, ...lines, `  ${where}: ${example}`].join('\n');
}
