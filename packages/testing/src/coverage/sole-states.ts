import { listPoints, SOLE_STATE_NAME } from '@interstate/core';
import { isJsonEqual, type Json, type JsonObject } from '@interstate/kernel';
import type { DefinitionCounts } from './coverage-data.ts';
import { placeOf } from './point-place.ts';

const PLACE = `/States/${SOLE_STATE_NAME}`;

/** Whether this is no definition of anybody's, but a state that TestState was given by itself, in the machine made around it. */
export function isSoleState({ definition: { StartAt, States } }: DefinitionCounts): boolean {
  return StartAt === SOLE_STATE_NAME && Object.entries(States as JsonObject).every(([name, state]) => name === SOLE_STATE_NAME || isJsonEqual(state, { Type: 'Succeed' }));
}

/** What such tests count for a definition: it ran wherever the same state stands in it. */
export function countsOfSoleStates(definition: JsonObject, soles: readonly DefinitionCounts[]): DefinitionCounts {
  const counts: Record<string, number> = {};
  const states = soles.length === 0 ? [] : listPoints(definition).filter(({ kind }) => kind === 'state');
  for (const { pointer } of states) {
    const { value } = placeOf(definition, pointer);
    for (const sole of soles) {
      if (!isJsonEqual(value as Json, (sole.definition['States'] as JsonObject)[SOLE_STATE_NAME]!)) continue;
      for (const [place, count] of Object.entries(sole.counts)) {
        const here = `${pointer}${place.slice(PLACE.length)}`;
        if (place.startsWith(PLACE)) counts[here] = (counts[here] ?? 0) + count;
      }
    }
  }
  return { definition, counts };
}
