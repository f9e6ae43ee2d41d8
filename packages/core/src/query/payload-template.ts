import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { compileIntrinsic } from '../intrinsics/compile.ts';
import { Fault } from '../fault.ts';
import { below, counted, type Site } from '../program/site.ts';
import { compileAslPath, templatePathExpression } from './asl-path.ts';
import type { Expression, Scope } from './scope.ts';

/**
 * A JSONPath payload template (Parameters, ResultSelector, ItemSelector, Assign …): keys ending `.$` are evaluated
 * and lose the suffix, everything else is literal. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
export function compilePayloadTemplate(template: Json, site: Site): Expression {
  return compileNode(template, site) ?? (() => template);
}

/** The value of a `.$` key: a path or an intrinsic call. */
export function compileDynamicValue(text: string, field: string): Expression {
  if (text.startsWith('$')) return templatePathExpression(compileAslPath(text), field);
  return compileIntrinsic(text, intrinsicArgument);
}

function intrinsicArgument(text: string): Expression {
  const path = compileAslPath(text);
  return (scope) => {
    const value = path.find(scope);
    if (value !== undefined) return value;
    throw new Fault(
      'States.Runtime',
      `The JsonPath argument for the field '${text}' could not be found in the input '${JSON.stringify(scope.input)}'`,
    );
  };
}

/** Undefined where nothing below needs evaluation, so that constant parts are shared, not copied. */
function compileNode(node: Json, site: Site): Expression | undefined {
  if (Array.isArray(node)) {
    const items = node.map((item, index) => compileNode(item, below(site, index)));
    if (items.every((item) => item === undefined)) return undefined;
    return (scope) => items.map((item, index) => (item ? item(scope) : node[index]!));
  }
  if (typeof node !== 'object' || node === null) return undefined;
  const entries: [key: string, value: Expression | undefined, literal: Json][] = [];
  let dynamic = false;
  for (const [key, value] of Object.entries(node as JsonObject)) {
    if (key.endsWith('.$')) {
      dynamic = true;
      entries.push([key.slice(0, -2), counted(below(site, key), compileDynamicValue(String(value), key)), null]);
    } else {
      const expression = compileNode(value, below(site, key));
      dynamic ||= expression !== undefined;
      entries.push([key, expression, value]);
    }
  }
  return dynamic ? objectExpression(entries) : undefined;
}

function objectExpression(entries: readonly (readonly [string, Expression | undefined, Json])[]): Expression {
  const unsafe = entries.some(([key]) => key === '__proto__');
  return (scope: Scope) => {
    const object: Record<string, Json> = {};
    for (let index = 0; index < entries.length; index++) {
      const [key, expression, literal] = entries[index]!;
      const value = expression ? expression(scope) : literal;
      if (unsafe) setJsonKey(object, key, value);
      else object[key] = value;
    }
    return object;
  };
}
