import { invalidDefinitionMessage, validateDefinition, type Diagnostic, type StateMachineDefinition } from '@interstate/core';
import type { JsonObject } from '@interstate/kernel';
import { readDefinition, type Placeholder, type TemplateOptions } from '@interstate/templates';

/** A definition as people have it: an object, or text: ASL as JSON or YAML, a SAM, CloudFormation or serverless.yml template. */
export type Definition = StateMachineDefinition | JsonObject | string;

/** How a text is read: `${…}` substitutions, template parameters, which state machine of several. */
export type DefinitionOptions = Omit<TemplateOptions, 'region' | 'account'>;

/** A definition that can be run. */
export interface LoadedDefinition {
  readonly definition: JsonObject;
  readonly name: string | undefined;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** What could not be resolved, and the stable values put in its place. */
  readonly placeholders: readonly Placeholder[];
}

/** The definition has faults; `diagnostics` holds every one. The message is CreateStateMachine's. */
export class InvalidDefinitionError extends Error {
  override readonly name = 'InvalidDefinition';
  readonly $fault = 'client';

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(invalidDefinitionMessage(diagnostics));
  }
}

interface LoadOptions extends TemplateOptions {
  readonly type?: 'STANDARD' | 'EXPRESS' | undefined;
}

/**
 * Reads a definition and refuses what AWS refuses.
 * @throws InvalidDefinitionError; TemplateError where the text cannot be read
 */
export function loadDefinition(source: Definition, options: LoadOptions = {}): LoadedDefinition {
  const loaded = readSource(source, options);
  const { result, diagnostics } = validateDefinition(loaded.definition, { type: loaded.type });
  if (result === 'FAIL') throw new InvalidDefinitionError(diagnostics);
  return loaded;
}

/** Reads a definition that somebody else will look over. @throws TemplateError where the text cannot be read */
export function readSource(source: Definition, { type, ...options }: LoadOptions): LoadedDefinition {
  const read = readDefinition(source as string | object, options);
  return { definition: read.definition as JsonObject, name: read.name, type: type ?? read.type, placeholders: read.placeholders };
}
