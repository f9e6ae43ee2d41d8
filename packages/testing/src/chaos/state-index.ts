import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

/** What chaos knows of a state before anything runs. */
export interface IndexedState {
  readonly name: string;
  readonly raw: JsonObject;
  /** Error names that its Retriers and Catchers name, without wildcards. */
  readonly named: readonly string[];
}

export type StateIndex = ReadonlyMap<string, IndexedState>;

const MAX_DEPTH = 30;

/** Every state of a definition, nested ones included, by name. */
export function indexStates(definition: JsonObject): StateIndex {
  const states = new Map<string, IndexedState>();
  const visit = (machine: Json | undefined, depth: number): void => {
    if (!isJsonObject(machine ?? null) || depth > MAX_DEPTH) return;
    for (const [name, raw] of Object.entries(((machine as JsonObject)['States'] ?? {}) as JsonObject)) {
      if (!isJsonObject(raw)) continue;
      states.set(name, { name, raw, named: [...new Set([...rules(raw, 'Retry'), ...rules(raw, 'Catch')].flatMap(errorsOf))].filter((error) => !error.startsWith('States.')) });
      for (const branch of Array.isArray(raw['Branches']) ? (raw['Branches'] as readonly Json[]) : []) visit(branch, depth + 1);
      visit(raw['ItemProcessor'] ?? raw['Iterator'], depth + 1);
    }
  };
  visit(definition, 0);
  return states;
}

export function rules(raw: JsonObject, field: 'Retry' | 'Catch'): JsonObject[] {
  const list = raw[field];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}

export function errorsOf(rule: JsonObject): string[] {
  const errors = rule['ErrorEquals'];
  return Array.isArray(errors) ? (errors as readonly Json[]).filter((error) => typeof error === 'string') : [];
}
