import type { MapRunStart, StateWork } from '@interstate/core';
import { isJsonObject, type Json, type Outcome } from '@interstate/kernel';
import { nextBatch } from '../map-run/batch.ts';
import { refused } from './refused.ts';
import type { TestStateConfiguration } from './test-state-request.ts';
import { toleranceFailure } from './tolerance-failure.ts';

export type MapWork = Extract<StateWork, { type: 'Map' }>;

/** Reads items of what an ItemReader found, in forms this package does not know itself (CSV, Parquet, manifests). Undefined: it cannot. */
export type ItemDataReader = (data: string, readerConfig: Json) => readonly Json[] | undefined;

/** What became of a Map's items on the way to its iterations; undefined for stages the state does not have. */
export interface MapStages {
  afterItemsPointer?: Json;
  afterItemSelector?: readonly Json[];
  afterItemBatcher?: readonly Json[];
}

/** Prepares the iterations as a Map run would, notes the stages, and gives the mocked outcome, or the failure of too many failed iterations. */
export function mapOutcome(work: MapWork, mock: Outcome, configuration: TestStateConfiguration, readItems: ItemDataReader | undefined, stages: MapStages): Outcome {
  const { mapRun } = work;
  const items = mapRun?.reader ? readerItems(mapRun.reader.ReaderConfig, configuration.mapItemReaderData, readItems, stages) : work.items;
  if (items === undefined || items === null) return mock;
  const selected = work.select?.(items);
  if (selected) stages.afterItemSelector = selected;
  if (mapRun?.batcher) stages.afterItemBatcher = batches(mapRun, selected ?? items);
  const iterations = (stages.afterItemBatcher ?? items).length;
  const failed = configuration.mapIterationFailureCount ?? 0;
  if (failed > iterations) throw refused('Map iteration failure count must be less than or equal to the number of Map iterations');
  if (!mock.ok || !mapRun) return mock;
  return toleranceFailure(mapRun, failed, iterations) ?? mock;
}

function batches(start: MapRunStart, items: readonly Json[]): readonly Json[] {
  const made: Json[] = [];
  for (let first = 0; first < items.length; ) {
    const from = first;
    const batch = nextBatch(start, items.length - from, true, (offset) => items[from + offset]!)!;
    made.push(batch.input);
    first += batch.items;
  }
  return made;
}

function readerItems(config: Readonly<Record<string, Json>>, data: string | undefined, readItems: ItemDataReader | undefined, stages: MapStages): readonly Json[] | undefined {
  if (data === undefined) return undefined;
  const { InputType, ItemsPointer, MaxItems } = config;
  let items: readonly Json[] | undefined;
  if (InputType === undefined || InputType === 'JSON') {
    let value = parse(data);
    if (typeof ItemsPointer === 'string') stages.afterItemsPointer = value = pointed(value, ItemsPointer);
    if (!Array.isArray(value)) throw refused('Attempting to map over non-iterable node.');
    items = value as readonly Json[];
  } else if (InputType === 'JSONL') items = data.split('\n').filter((line) => line.trim() !== '').map(parse);
  else items = readItems?.(data, config);
  return typeof MaxItems === 'number' && MaxItems > 0 ? items?.slice(0, MaxItems) : items;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refused('MapItemReaderData must be valid JSON');
  }
}

/** The value at a JSON Pointer (RFC 6901). */
function pointed(document: Json, pointer: string): Json {
  let value: Json | undefined = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const holder: Json | undefined = value;
    value = Array.isArray(holder) || isJsonObject(holder) ? ownMember(holder as Readonly<Record<string, Json>>, key) : undefined;
  }
  if (value === undefined) throw refused('Attempting to map over non-iterable node.');
  return value;
}

function ownMember(holder: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
