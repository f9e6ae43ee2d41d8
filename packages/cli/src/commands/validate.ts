import type { DefinitionFile } from '../input/definition-file.ts';
import type { Terminal } from '../terminal.ts';
import { validateDefinition } from '@interstate/core';

export function reportInvalid({ definition, type, path }: DefinitionFile, { stderr }: Terminal): void {
  for (const { severity, code, message, location } of validateDefinition(definition, { type }).diagnostics) {
    stderr.write(`${path}: ${severity} ${code} ${message}${location === undefined ? '' : ` (at ${location})`}\n`);
  }
}
