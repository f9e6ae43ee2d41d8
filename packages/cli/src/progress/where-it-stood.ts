import type { Visit } from '@interstate/testing';
import { formatDuration, visible } from '../text.ts';
import { pathOf } from './change-text.ts';

/** The innermost states an execution was in when it was stopped or timed out, with how long. */
export function whereItStood(visits: readonly Visit[]): string[] {
  return visits.flatMap((visit) => {
    if (visit.status !== 'aborted') return [];
    const inside = whereItStood(visit.children);
    if (inside.length > 0 || visit.kind === 'iteration') return inside;
    const last = visit.segments.at(-1)?.type;
    const retrying = last === 'failed' || last === 'backoff' ? `, waiting to retry after ${visible(visit.error ?? 'an error')}` : '';
    return [`${pathOf(visit)} (${visit.stateType}, for ${formatDuration((visit.to ?? visit.from) - visit.from)}${retrying})`];
  });
}
