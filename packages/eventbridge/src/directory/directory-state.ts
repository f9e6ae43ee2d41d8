import { RecordMap, type Json, type RandomState } from '@interstate/kernel';

/*
 * Records of the directory, by key:
 *   root                 the generator's four words, and how many calls were made
 *   bus:<name>  archive:<name>  replay:<name>  connection:<name>  api-destination:<name>  endpoint:<name>
 *   event-source:<name>  a partner event source   partner:<name>  the same as its partner sees it
 *   waiting:<number>     a caller who waits for what others are asked
 */
export type Kind = 'bus' | 'archive' | 'replay' | 'connection' | 'api-destination' | 'endpoint' | 'partner';

export interface DirectoryState {
  readonly records: RecordMap;
  random: RandomState;
  /** Calls made of others so far. */
  calls: number;
  /** Names of each kind in alphabetical order; made when asked for. */
  readonly sorted: Map<Kind, readonly string[]>;
}

export function loadDirectory(saved: ReadonlyMap<string, Json>): DirectoryState {
  const [a, b, c, d, calls] = (saved.get('root') as readonly number[] | undefined) ?? [1, 0, 0, 0, 0];
  return { records: new RecordMap(saved), random: [a!, b!, c!, d!], calls: calls!, sorted: new Map() };
}

export function writeRoot({ records, random, calls }: DirectoryState): void {
  records.set('root', [...random, calls]);
}

export function recordOf<T>({ records }: DirectoryState, kind: Kind, name: string): T | undefined {
  return records.get(`${kind}:${name}`) as unknown as T | undefined;
}

export function keepRecord<T extends object>(state: DirectoryState, kind: Kind, name: string, value: T): void {
  const key = `${kind}:${name}`;
  if (!state.records.has(key)) state.sorted.delete(kind);
  state.records.set(key, value as unknown as Json);
}

export function dropRecord(state: DirectoryState, kind: Kind, name: string): void {
  state.sorted.delete(kind);
  state.records.delete(`${kind}:${name}`);
}

/** Names of a kind, sorted. */
export function namesOf(state: DirectoryState, kind: Kind): readonly string[] {
  let names = state.sorted.get(kind);
  if (!names) state.sorted.set(kind, (names = [...state.records.entries(`${kind}:`)].map(([key]) => key.slice(kind.length + 1)).sort()));
  return names;
}
