import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

/** A state of a definition, and where it stands. */
export interface PlacedState {
  readonly name: string;
  readonly raw: JsonObject;
  /** Map states around it, outermost first: from the outermost distributed one on, where there is one. */
  readonly maps: readonly string[];
  /** The innermost distributed Map around it: the state runs in its children, executions of their own. */
  readonly distributedMap: string | undefined;
}

const MAX_DEPTH = 30;

/** Every state of a definition, nested ones included. What is no state is passed over. */
export function* statesIn(machine: Json | undefined, maps: PlacedState['maps'] = [], distributedMap?: string, depth = 0): Generator<PlacedState> {
  if (!isJsonObject(machine ?? null) || depth > MAX_DEPTH) return;
  for (const [name, raw] of Object.entries(((machine as JsonObject)['States'] ?? {}) as JsonObject)) {
    if (!isJsonObject(raw)) continue;
    yield { name, raw, maps, distributedMap };
    for (const branch of Array.isArray(raw['Branches']) ? (raw['Branches'] as readonly Json[]) : []) yield* statesIn(branch, maps, distributedMap, depth + 1);
    const processor = raw['ItemProcessor'] ?? raw['Iterator'];
    const isDistant = isDistributed(processor);
    yield* statesIn(processor, isDistant && distributedMap === undefined ? [name] : [...maps, name], isDistant ? name : distributedMap, depth + 1);
  }
}

function isDistributed(processor: Json | undefined): boolean {
  const config = isJsonObject(processor ?? null) ? (processor as JsonObject)['ProcessorConfig'] : undefined;
  return isJsonObject(config ?? null) && (config as JsonObject)['Mode'] === 'DISTRIBUTED';
}
