import { isJsonObject, type Json } from '@interstate/kernel';
import { variableFault } from '../named-in.ts';
import { verdict, type MatcherResult, type MatcherState } from './matcher.ts';
import { observe } from './observed-execution.ts';

/** A variable was assigned, at some time; with a value: this value, at some time. */
export function toHaveAssigned(this: MatcherState, received: unknown, variable: string, ...value: readonly unknown[]): MatcherResult {
  const { history, definition } = observe(received);
  const fault = definition && variableFault(definition, variable);
  if (fault !== undefined) throw new TypeError(fault);
  const assigned: Json[] = [];
  for (const { details } of history) {
    const variables = details?.['assignedVariables'] as Json | undefined;
    if (variables !== undefined && isJsonObject(variables) && Object.hasOwn(variables, variable)) assigned.push(variables[variable]!);
  }
  const pass = value.length === 0 ? assigned.length > 0 : assigned.some((each) => this.equals(each, value[0]));
  const wanted = value.length === 0 ? '' : ` = ${JSON.stringify(value[0])}`;
  const found = assigned.length === 0 ? 'it never was' : `it was ${assigned.map((each) => JSON.stringify(each)).join(', then ')}`;
  return verdict(pass, `to have assigned $${variable}${wanted}`, found, value.length > 0 && assigned.length > 0 ? { actual: assigned.at(-1), expected: value[0] } : {});
}
