import type { Json, JsonObject } from '@interstate/kernel';
import type { Expression, Scope } from '../query/scope.ts';
import { asBounded, asString } from './argument.ts';
import { fail, type CompiledArgument, type VariadicIntrinsic } from './intrinsic.ts';

/** `States.Format(template, value, …)`: the template with each `{}` replaced by the next value. */
export const format: VariadicIntrinsic = {
  name: 'States.Format',
  parameters: ['template'],
  variadic: true,
  compile(args) {
    const [template, ...rest] = args as readonly [CompiledArgument, ...CompiledArgument[]];
    const values = rest.map((argument) => argument.evaluate);
    return template.rawString === undefined ? formatDynamic(template.evaluate, values) : formatParts(splitTemplate(template.rawString), values);
  },
};

function formatParts(parts: readonly string[], values: readonly Expression[]): Expression {
  const [first, second] = parts;
  const value = values[0];
  // One placeholder is by far the most common.
  if (parts.length === 2 && values.length === 1) return (scope) => first! + textOf(value!(scope)) + second!;
  return (scope) => fill(parts, values, scope);
}

function formatDynamic(template: Expression, values: readonly Expression[]): Expression {
  return (scope) => fill(splitTemplate(asString(template(scope), 'template')), values, scope);
}

function fill(parts: readonly string[], values: readonly Expression[], scope: Scope): string {
  if (parts.length - 1 !== values.length) {
    fail(`The number of values (${values.length}) does not match the number of placeholders (${parts.length - 1}) in the template`);
  }
  let text = parts[0]!;
  for (let index = 0; index < values.length; index++) text += textOf(values[index]!(scope)) + parts[index + 1]!;
  return text;
}

/** The texts around the placeholders. A backslash takes its meaning from braces, quotes and backslashes. */
function splitTemplate(template: string): string[] {
  const parts: string[] = [];
  let part = '';
  let from = 0;
  for (let index = 0; index < template.length; index++) {
    const char = template[index]!;
    const next = template[index + 1] ?? '';
    const escaped = char === '\\' && next !== '' && "{}'\\".includes(next);
    if (!escaped && !(char === '{' && next === '}')) continue;
    part += template.slice(from, index);
    if (escaped) part += next;
    else {
      parts.push(part);
      part = '';
    }
    from = ++index + 1;
  }
  parts.push(part + template.slice(from));
  return parts;
}

function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? javaText(asBounded(value, 'value')) : String(value);
}

/** Objects and arrays as Java prints its maps and lists: `{Arg1=1, Arg2=[a, b]}`. */
function javaText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  const object = value as JsonObject;
  return `{${Object.keys(object).map((key) => `${key}=${javaText(object[key]!)}`).join(', ')}}`;
}
