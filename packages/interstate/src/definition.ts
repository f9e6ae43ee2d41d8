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

/**
 * Reads a definition and refuses what AWS refuses.
 * @throws InvalidDefinitionError; TemplateError where the text cannot be read
 */
export function loadDefinition(source: Definition, options: TemplateOptions & { readonly type?: 'STANDARD' | 'EXPRESS' | undefined } = {}): LoadedDefinition {
  const { type: wanted, ...templateOptions } = options;
  const read = readDefinition(source as string | object, templateOptions);
  const type = wanted ?? read.type;
  const { result, diagnostics } = validateDefinition(read.definition, { type });
  if (result === 'FAIL') throw new InvalidDefinitionError(diagnostics);
  return { definition: read.definition as JsonObject, name: read.name, type, placeholders: read.placeholders };
}
