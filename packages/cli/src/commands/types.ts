import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { validateDefinition, writeTypes } from '@interstate/core';
import type { JsonObject } from '@interstate/kernel';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionToRun, stateMachineName } from '../input/definition-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate types`, as the command line gives them. */
export interface TypesOptions {
  readonly out?: string;
  readonly name?: string;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
}

/** Writes TypeScript types of a definition, to a file or stdout. @throws UsageError */
export async function types(file: string, options: TypesOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout, cwd } = terminal;
  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  if (validateDefinition(definitionFile.definition, { type: definitionFile.type }).result === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return EXIT.refused;
  }
  const text = `// Written by \`interstate types\`.\n${writeTypes(definitionFile.definition as JsonObject, options.name ?? interfaceName(stateMachineName(definitionFile)))}`;
  if (options.out === undefined) stdout.write(text);
  else writeOut(options.out, text, cwd);
  return EXIT.succeeded;
}

function writeOut(file: string, text: string, cwd: string): void {
  try {
    mkdirSync(dirname(resolve(cwd, file)), { recursive: true });
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    throw new UsageError(`--out ${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
}

/** `order-fulfilment` → `OrderFulfilment` */
function interfaceName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(words) ? words : `StateMachine${words}`;
}
