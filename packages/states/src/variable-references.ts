import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

/**
 * Which variables each state refers to, by state name, in alphabetical order: `variableReferences` of DescribeStateMachine.
 * States that refer to none are left out.
 */
export function variableReferences(definition: string): JsonObject {
  const machine = JSON.parse(definition) as JsonObject;
  const assigned = new Set<string>();
  const states = [...statesOf(machine)];
  for (const [, state] of states) collectAssigned(state, assigned);
  const references = new Map<string, Json>();
  for (const [name, state] of states) {
    const language = state['QueryLanguage'] ?? machine['QueryLanguage'] ?? 'JSONPath';
    const found = new Set<string>();
    for (const key of Object.keys(state)) {
      if (PROCESSORS.has(key)) continue;
      if (language === 'JSONata') collectJsonata(state[key]!, assigned, found);
      else collectJsonPath(key, state[key]!, found);
    }
    if (found.size > 0) references.set(name, [...found].sort());
  }
  return Object.fromEntries(references);
}

const PROCESSORS: ReadonlySet<string> = new Set(['Branches', 'ItemProcessor', 'Iterator', 'Comment']);

/** Every state, those of branches and processors behind their own. */
function* statesOf(group: Json | undefined): Generator<[name: string, state: JsonObject]> {
  if (!isJsonObject(group) || !isJsonObject(group['States'])) return;
  for (const [name, state] of Object.entries(group['States'])) {
    if (!isJsonObject(state)) continue;
    yield [name, state];
    for (const inner of Array.isArray(state['Branches']) ? (state['Branches'] as readonly Json[]) : []) yield* statesOf(inner);
    yield* statesOf(state['ItemProcessor']);
    yield* statesOf(state['Iterator']);
  }
}

/** Names that an Assign of the state, of a Catcher or of a Choice rule gives values to. */
function collectAssigned(state: JsonObject, names: Set<string>): void {
  for (const key of ['Catch', 'Choices']) {
    const list = state[key];
    if (Array.isArray(list)) for (const item of list as readonly Json[]) if (isJsonObject(item)) collectAssigned(item, names);
  }
  if (isJsonObject(state['Assign'])) for (const key of Object.keys(state['Assign'])) names.add(key.replace(/\.\$$/, ''));
}

/** JSONPath: paths and intrinsics stand in fields named `…Path`, `Variable`, and in keys that end in `.$`. */
function collectJsonPath(key: string, value: Json, found: Set<string>): void {
  if (typeof value === 'string') {
    if (key.endsWith('.$') || key.endsWith('Path') || key === 'Variable') collectNames(value, found);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collectJsonPath('', item, found);
  } else if (isJsonObject(value)) {
    for (const inner of Object.keys(value)) collectJsonPath(inner, value[inner]!, found);
  }
}

function collectJsonata(value: Json, assigned: ReadonlySet<string>, found: Set<string>): void {
  if (typeof value === 'string') {
    if (!value.startsWith('{%')) return;
    const names = new Set<string>();
    collectNames(value, names);
    // Functions and names bound inside the expression look alike; what no state assigns is none of the machine's variables.
    for (const name of names) if (assigned.has(name)) found.add(name);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collectJsonata(item, assigned, found);
  } else if (isJsonObject(value)) {
    for (const inner of Object.values(value)) collectJsonata(inner, assigned, found);
  }
}

/** `$name` outside of quotes; neither `$$.…`, which is the context object, nor `$.…`, the input. */
function collectNames(text: string, found: Set<string>): void {
  for (const [token, name] of text.matchAll(TOKEN)) if (name !== undefined && !token.startsWith('$$')) found.add(name);
}

// A quoted text, the context object, or a variable; each alternative consumes what it matches, so time is linear.
const TOKEN = /'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"|\$\$[\p{ID_Continue}$]*|\$([\p{ID_Start}_]\p{ID_Continue}*)/gu;
