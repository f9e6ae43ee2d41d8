import type { Json, JsonObject } from '@interstate/kernel';
import type { QueryLanguage, RawState } from '../program/program.ts';
import { compileJsonataTemplate } from '../query/jsonata-template.ts';
import { compilePayloadTemplate } from '../query/payload-template.ts';
import type { Expression } from '../query/scope.ts';

/** Implements Assign: an expression for the object of assigned variables, or undefined where the field is absent. */
export function compileAssign(raw: RawState | JsonObject, language: QueryLanguage, location = 'Assign'): Expression | undefined {
  const template = raw['Assign'] as Json | undefined;
  if (template === undefined) return undefined;
  return language === 'JSONata' ? compileJsonataTemplate(template, location) : compilePayloadTemplate(template);
}
