import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { validateDefinition } from '@interstate/core';

/** What ran of one definition. */
export interface DefinitionCounts {
  /** Of the state machine; of several the first by alphabet. Undefined where nothing has run. */
  readonly name?: string;
  readonly definition: JsonObject;
  /** How often each thing ran, by its JSON Pointer, in order of the pointers; what never ran is left out. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What ran, as plain JSON: of one cloud, one worker or a whole test run. */
export interface CoverageData {
  readonly version: 1;
  /** Each definition once, in order of its text. */
  readonly definitions: readonly DefinitionCounts[];
}

/** A text is no coverage data; the message names the place. */
export class CoverageDataError extends Error {
  override readonly name = 'CoverageDataError';
}

/** All of it together: definitions with the same text are one. Neither order nor grouping makes a difference. */
export function mergeCoverage(...parts: readonly CoverageData[]): CoverageData {
  const merged = new Map<string, DefinitionCounts>();
  for (const { definitions } of parts) {
    for (const each of definitions) {
      const key = JSON.stringify(each.definition);
      const known = merged.get(key);
      merged.set(key, known ? addCounts(known, each) : each);
    }
  }
  return { version: 1, definitions: [...merged].sort(([a], [b]) => byText(a, b)).map(([, { name, definition, counts }]) => ({ ...(name !== undefined && { name }), definition, counts: sorted(Object.entries(counts)) })) };
}

function addCounts(a: DefinitionCounts, b: DefinitionCounts): DefinitionCounts {
  const counts = new Map(Object.entries(a.counts));
  for (const [pointer, count] of Object.entries(b.counts)) counts.set(pointer, Math.min((counts.get(pointer) ?? 0) + count, Number.MAX_SAFE_INTEGER));
  const [name] = [a.name, b.name].filter((each) => each !== undefined).sort(byText);
  return { ...(name !== undefined && { name }), definition: a.definition, counts: Object.fromEntries(counts) };
}

function sorted(counts: readonly (readonly [pointer: string, count: number])[]): Record<string, number> {
  return Object.fromEntries(counts.filter(([, count]) => count > 0).sort(([a], [b]) => byText(a, b)));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Reads what was written as JSON. @throws CoverageDataError naming the place and what is wrong there */
export function readCoverageData(value: unknown): CoverageData {
  const { version, definitions } = objectAt(value, 'The data');
  if (version !== 1) throw new CoverageDataError(`version: must be 1, but is ${JSON.stringify(version)}.`);
  if (!Array.isArray(definitions)) throw new CoverageDataError('definitions: must be a list.');
  return mergeCoverage({ version: 1, definitions: (definitions as readonly Json[]).map((each, index) => readCounts(each, `definitions[${index}]`)) });
}

function readCounts(value: Json, place: string): DefinitionCounts {
  const { name, definition, counts } = objectAt(value, place);
  if (name !== undefined && typeof name !== 'string') throw new CoverageDataError(`${place}.name: must be a text, but is ${JSON.stringify(name)}.`);
  const { result, diagnostics } = validateDefinition(definition);
  if (result === 'FAIL') throw new CoverageDataError(`${place}.definition: is none that can run: ${diagnostics[0]!.message}.`);
  for (const [pointer, count] of Object.entries(objectAt(counts, `${place}.counts`))) {
    if (!pointer.startsWith('/')) throw new CoverageDataError(`${place}.counts: '${pointer}' is no JSON Pointer.`);
    if (!Number.isSafeInteger(count) || (count as number) < 0) throw new CoverageDataError(`${place}.counts['${pointer}']: must be a whole number from 0, but is ${JSON.stringify(count)}.`);
  }
  return { ...(name !== undefined && { name }), definition: definition as JsonObject, counts: counts as Record<string, number> };
}

function objectAt(value: unknown, place: string): JsonObject {
  if (!isJsonObject((value ?? null) as Json)) throw new CoverageDataError(`${place}: must be an object.`);
  return value as JsonObject;
}
