import { isJsonObject, nearName, type Json, type JsonObject } from '@interstate/kernel';
import { bindingName } from '@interstate/runtime';
import { taskTest } from './mocks/mock-target.ts';
import { statesIn, type PlacedState } from './states-in.ts';

/** What of a definition can be named. */
interface Names {
  readonly states: readonly PlacedState[];
  readonly variables: ReadonlySet<string>;
}

const read = new WeakMap<JsonObject, Names>();

function namesOf(definition: JsonObject): Names {
  let names = read.get(definition);
  if (!names) {
    const states = [...statesIn(definition)];
    read.set(definition, (names = { states, variables: new Set(states.flatMap(({ raw }) => assignedIn(raw))) }));
  }
  return names;
}

/** Variables that a state, its Choice rules or its Catchers assign. */
function assignedIn(raw: JsonObject): string[] {
  const own = isJsonObject(raw['Assign'] ?? null) ? Object.keys(raw['Assign'] as JsonObject).map((name) => name.replace(/\.\$$/, '')) : [];
  return [...own, ...['Choices', 'Catch'].flatMap((field) => (Array.isArray(raw[field]) ? (raw[field] as readonly Json[]) : []).filter(isJsonObject).flatMap(assignedIn))];
}

/** Why an execution's history can never show this state; undefined where it can. */
export function stateFault(definition: JsonObject, name: string): string | undefined {
  const { states } = namesOf(definition);
  const found = states.filter((state) => state.name === name);
  if (found.length === 0) return `The definition has no state '${name}'.${didYouMean(name, states.map((state) => state.name))}`;
  const { distributedMap } = found[0]!;
  if (found.some((state) => state.distributedMap === undefined)) return undefined;
  return `'${name}' runs in the children of '${distributedMap}', a distributed Map: executions with histories of their own. Look at its calls.`;
}

/** Why no execution can assign this variable; undefined where one can. */
export function variableFault(definition: JsonObject, name: string): string | undefined {
  const { variables } = namesOf(definition);
  return variables.has(name) ? undefined : `The definition assigns no variable '${name}'.${didYouMean(name, variables)}`;
}

/** Why a mock of this target can never be asked, where these definitions are all there is; undefined where it can. */
export function mockFault(definitions: readonly JsonObject[], target: string): string | undefined {
  const states = definitions.flatMap((definition) => namesOf(definition).states);
  const path = target.replace(/\[\d+\](?=\/)/g, '');
  const isMeant = taskTest(path);
  const tasks = states.flatMap(({ name, raw, maps }) => (typeof raw['Resource'] === 'string' ? [{ stateName: name, resource: raw['Resource'], iteration: maps }] : []));
  if (tasks.some(isMeant)) return undefined;
  const same = states.find(({ name }) => name === path.split('/').pop());
  if (same && same.raw['Type'] !== 'Task') return `'${same.name}' is a ${String(same.raw['Type'])} state, and mocks answer Tasks.`;
  const known = tasks.flatMap(({ stateName, resource, iteration }) => [stateName, [...iteration, stateName].join('/'), bindingName(resource), resource]);
  return `The definition has no Task '${target}'.${didYouMean(path, known)}`;
}

function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearName(name, known);
  return near === undefined ? '' : ` Did you mean '${near}'?`;
}
