import type { Json, JsonObject } from '@interstate/kernel';
import {
  validateBranch,
  validateJSONataChoice,
  validateJSONataFail,
  validateJSONataMap,
  validateJSONataParallel,
  validateJSONataTask,
  validateJSONataWait,
  validateJSONPathChoice,
  validateJSONPathFail,
  validateJSONPathMap,
  validateJSONPathParallel,
  validateJSONPathTask,
  validateJSONPathWait,
  validateState,
  validateStateMachine,
} from '../definition-shape.gen.ts';
import type { Report } from '../diagnostic.ts';
import { didYouMean, meantFor } from '../did-you-mean.ts';
import type { StateView } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { STATE_TYPES } from '../state-fields.ts';
import { isSubstituted } from '../substitution.ts';

interface ShapeError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}
interface ShapeCheck {
  (value: unknown): boolean;
  errors?: readonly ShapeError[] | null;
}

const STATE_CHECKS: { readonly [languageAndType: string]: ShapeCheck } = {
  JSONPathFail: validateJSONPathFail,
  JSONPathWait: validateJSONPathWait,
  JSONPathChoice: validateJSONPathChoice,
  JSONPathTask: validateJSONPathTask,
  JSONPathParallel: validateJSONPathParallel,
  JSONPathMap: validateJSONPathMap,
  JSONataFail: validateJSONataFail,
  JSONataWait: validateJSONataWait,
  JSONataChoice: validateJSONataChoice,
  JSONataTask: validateJSONataTask,
  JSONataParallel: validateJSONataParallel,
  JSONataMap: validateJSONataMap,
};

/** Fields that must be there, and types, ranges and choices of values. */
export const shape: Rule = (machine, report) => {
  for (const group of machine.groups) {
    check(group.kind === 'machine' ? validateStateMachine : validateBranch, group.raw, group.place, report);
    for (const state of group.states.values()) {
      if (state.refused) continue;
      checkType(state, report);
      check(validateState, state.raw, state.place, report);
      const own = STATE_CHECKS[`${state.language}${state.type}`];
      if (own) check(own, state.raw, state.place, report);
    }
  }
};

function checkType({ raw, type, place }: StateView, report: Report): void {
  const given = raw['Type'];
  if (given === undefined) report('SCHEMA_VALIDATION_FAILED', 'These fields are required: [Type]', place);
  else if (type === undefined && !isSubstituted(given)) {
    const message = `The field 'Type' should have one of these values: [${STATE_TYPES.join(', ')}]`;
    report('SCHEMA_VALIDATION_FAILED', message, at(place, 'Type'), () => (typeof given === 'string' ? didYouMean(given, STATE_TYPES) : undefined));
  }
}

function check(isValid: ShapeCheck, value: JsonObject, place: Place, report: Report): void {
  if (isValid(value)) return;
  const missing = new Map<string, string[]>();
  for (const error of isValid.errors!) {
    if (error.keyword !== 'required') continue;
    const fields = missing.get(error.instancePath);
    if (fields) fields.push(error.params['missingProperty'] as string);
    else missing.set(error.instancePath, [error.params['missingProperty'] as string]);
  }
  const reported = new Set<string>();
  for (const error of isValid.errors!) {
    const key = error.keyword + error.instancePath;
    if (reported.has(key)) continue;
    reported.add(key);
    const [found, where] = follow(value, place, error.instancePath);
    if (isSubstituted(found)) continue;
    if (error.keyword === 'required') {
      const fields = missing.get(error.instancePath)!;
      report('SCHEMA_VALIDATION_FAILED', `These fields are required: [${fields.join(', ')}]`, where, () =>
        meantFor(fields, Object.keys(found as JsonObject)),
      );
    } else report('SCHEMA_VALIDATION_FAILED', messageOf(error, found), where, () => hintOf(error, found));
  }
}

function messageOf({ keyword, params, instancePath }: ShapeError, found: Json): string {
  if (keyword === 'enum' && typeof found !== 'string') return 'Expected value of type [STRING]';
  switch (keyword) {
    case 'type':
      return `Expected value of type ${typeName(params['type'] as string | readonly string[])}`;
    case 'enum':
      return `Value should be one of the following: [${(params['allowedValues'] as readonly string[]).join(', ')}]`;
    case 'minimum':
      return `Minimum value is ${limit(params['limit'] as number, instancePath)}`;
    case 'maximum':
      return `Maximum value is ${limit(params['limit'] as number, instancePath)}`;
    default:
      return 'Value cannot be empty';
  }
}

function hintOf({ keyword, params }: ShapeError, found: Json): string | undefined {
  return keyword === 'enum' && typeof found === 'string' ? didYouMean(found, params['allowedValues'] as readonly string[]) : undefined;
}

/** Fields of type double show their limits as such. */
function limit(value: number, instancePath: string): string {
  return /(BackoffRate|Percentage)$/.test(instancePath) ? value.toFixed(1) : String(value);
}

function typeName(type: string | readonly string[]): string {
  const [first] = typeof type === 'string' ? [type] : type;
  if (first === 'integer') return 'Integer';
  if (first === 'number') return 'Number';
  return `[${first!.toUpperCase()}]`;
}

/** The value and place that a JSON Pointer leads to. */
function follow(value: Json, place: Place, pointer: string): [found: Json, place: Place] {
  let found = value;
  let where = place;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) {
      where = at(where, Number(key));
      found = (found as readonly Json[])[Number(key)]!;
    } else {
      where = at(where, key);
      found = (found as JsonObject)[key]!;
    }
  }
  return [found, where];
}
