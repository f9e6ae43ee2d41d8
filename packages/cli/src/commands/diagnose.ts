import { validateDefinition } from '@interstate/core';
import { isTemplateError } from '@interstate/templates';
import type { DefinitionFile } from '../input/definition-file.ts';
import { createPositions } from '../input/source-position.ts';
import { isUsageError } from '../usage-error.ts';

/** A fault of a definition, with its place in the file where that is known. */
export interface FoundFault {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
  readonly pointer?: string;
  readonly hint?: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Every fault of a definition that could be read. */
export function findFaults(definitionFile: DefinitionFile, severity: 'ERROR' | 'WARNING'): { readonly faults: FoundFault[]; readonly truncated: boolean } {
  const { path, texts, definition, type, placeholders, logicalId } = definitionFile;
  const positionOf = createPositions(definitionFile);
  const text = texts.get(path)!;
  // From the text itself, what parsing loses is found as well.
  const asText = logicalId === undefined && texts.size === 1 && placeholders.length === 0 && isJson(text);
  const { diagnostics, truncated } = validateDefinition(asText ? text : definition, { type, severity });
  return { faults: diagnostics.map((diagnostic) => ({ ...diagnostic, file: path, ...positionOf(diagnostic.pointer) })), truncated };
}

/** A definition that could not be read at all, as a fault. @throws what is no error of reading */
export function readingFault(error: unknown, path: string): FoundFault {
  if (isUsageError(error)) return { severity: 'ERROR', code: 'UNREADABLE_FILE', message: error.message.replace(`${path}: `, ''), file: path };
  if (!isTemplateError(error)) throw error;
  const { code, problem, file = path, line, column, pointer } = error;
  const constant = code.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return { severity: 'ERROR', code: constant, message: problem, file, ...(line !== undefined && { line }), ...(column !== undefined && { column }), ...(pointer !== undefined && { pointer }) };
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    // What DescribeStateMachine prints holds the definition as text.
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'StartAt');
  } catch {
    return false;
  }
}
