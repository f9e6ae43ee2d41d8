import type { Effect, EpochMs, JsonObject } from '@interstate/kernel';
import { directoryAddress, type Place } from '../names.ts';
import type { ArchiveRecord, ArchiveState } from './archive-state.ts';

/** What a step of an archive may draw on. */
export interface ArchiveContext {
  readonly place: Place;
  readonly state: ArchiveState;
  readonly now: EpochMs;
  readonly effects: Effect[];
}

/** Undefined where the archive is deleted. */
export function archiveOf({ records }: ArchiveState): ArchiveRecord | undefined {
  return records.get('archive') as unknown as ArchiveRecord | undefined;
}

/** What becomes of a replay is told to the directory, which lists them. */
export function tellReplay({ place, effects }: ArchiveContext, name: string, change: JsonObject): void {
  effects.push({ type: 'notice', to: directoryAddress(place), notice: { type: 'replayChanged', name, change } });
}
