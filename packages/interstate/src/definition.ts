import type { StateMachineDefinition } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';

/** A definition as people have it: an object, or ASL as JSON or YAML text. */
export type Definition = StateMachineDefinition | JsonObject | string;

/** The definition as an object. @throws SyntaxError where a text is no JSON */
export function readDefinitionObject(definition: Definition): JsonObject {
  return (typeof definition === 'string' ? (JSON.parse(definition) as Json) : definition) as JsonObject;
}
