import { invalidDefinitionMessage, validateDefinition } from '@interstate/core';
import type { JsonObject } from '@interstate/kernel';
import { printDefinition, type DefinitionSource } from '@interstate/testing';
import { stateMachineName, type DefinitionFile } from '../input/definition-file.ts';
import { createPositions } from '../input/source-position.ts';
import { UsageError } from '../usage-error.ts';

/** A definition with the lines of its file, or of what it is as JSON text where it stands in no file as such. @throws UsageError where it has faults */
export function definitionSource(definitionFile: DefinitionFile): DefinitionSource {
  const { path, texts, type } = definitionFile;
  const { result, diagnostics } = validateDefinition(definitionFile.definition, { type });
  if (result === 'FAIL') throw new UsageError(`${path}: ${invalidDefinitionMessage(diagnostics)}`);
  const definition = definitionFile.definition as JsonObject;
  const name = stateMachineName(definitionFile);
  const positions = createPositions(definitionFile);
  const start = positions('');
  if (!start) return { name, definition, ...printDefinition(definition) };
  return { name, definition, file: start.file, text: texts.get(start.file)!, lineOf: (pointer) => positions(pointer)!.line };
}
