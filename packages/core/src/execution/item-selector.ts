import type { Json, JsonObject, RandomState, StepContext } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import type { Program } from '../program/program.ts';
import type { Scope } from '../query/scope.ts';
import type { MapItem } from './frame.ts';
import { itemObject } from './context-object.ts';
import type { MapRunStart } from './map-run.ts';

/**
 * Evaluates the ItemSelector of a distributed Map for one item, as its Map run must: outside the parent's frames,
 * from the scope the parent sent along. Gives the item itself where there is no ItemSelector.
 */
export function selectMapRunItem(program: Program, start: MapRunStart, item: MapItem, random: RandomState, { now, crypto }: StepContext): Json {
  const state = program.groups[start.state.group]!.states.get(start.state.name);
  if (state?.type !== 'Map') throw new Error(`The Map run's state '${start.state.name}' is no Map state of this definition.`);
  if (state.itemSelector === undefined) return item.value;
  const { input, context, variables } = start.scope;
  const scope: Scope = {
    input,
    context: (): JsonObject => ({ ...context, Map: { Item: itemObject(item) } }),
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    now,
    crypto,
    random,
  };
  return state.itemSelector(scope);
}

/** The group of the program that child executions of a Map run run. */
export function mapRunProcessor(program: Program, start: MapRunStart): number {
  const state = program.groups[start.state.group]!.states.get(start.state.name);
  if (state?.type !== 'Map') throw new Error(`The Map run's state '${start.state.name}' is no Map state of this definition.`);
  return state.processor.index;
}

/** A fault raised by `selectMapRunItem`, as the error and cause of the Map run. */
export function mapRunFault(error: unknown): { readonly Error: string; readonly Cause: string } {
  if (!(error instanceof Fault)) throw error;
  return { Error: error.error, Cause: error.cause };
}
