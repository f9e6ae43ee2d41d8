import type { JsonObject } from '@interstate/kernel';
import { mockFault, stateFault, variableFault } from '../named-in.ts';
import { at, TestFileError } from './reading.ts';
import { definitionsIn } from './resources.ts';
import type { FileTest } from './test-file.ts';

/** Holds every name in a test against the definition. @throws TestFileError naming the place of the first that is not there */
export function checkNames({ place, resources, mocks, expect }: FileTest, definition: JsonObject): void {
  const definitions = [definition, ...definitionsIn(resources)];
  for (const [target, , where] of mocks) checkTarget(target, where, definitions);
  for (const name of ['visited', 'notVisited', 'path'] as const) {
    expect[name]?.forEach((state, index) => refuse(at(place, `expect.${name}[${index}]`), stateFault(definition, state)));
  }
  for (const name of ['retried', 'caught'] as const) {
    for (const state of Object.keys(expect[name] ?? {})) refuse(at(place, `expect.${name}.${state}`), stateFault(definition, state));
  }
  for (const variable of Object.keys(expect.assigned ?? {})) refuse(at(place, `expect.assigned.${variable}`), variableFault(definition, variable));
}

/** @throws TestFileError where no Task of these definitions could ask a mock of this target */
export function checkTarget(target: string, place: string, definitions: readonly JsonObject[]): void {
  refuse(place, mockFault(definitions, target));
}

function refuse(place: string, fault: string | undefined): void {
  if (fault !== undefined) throw new TestFileError(`${place}: ${fault}`);
}
