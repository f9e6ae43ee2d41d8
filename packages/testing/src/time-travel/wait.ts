import type { State } from '@interstate/core';
import type { EpochMs } from '@interstate/kernel';
import { pathText, type RecordedVisit, type Recording } from './recording.ts';

/** A state that waits for its work, its time or its next attempt. */
export interface Wait {
  /** `Orders[2]/ChargeCard` */
  readonly path: string;
  readonly for: 'work' | 'time' | 'retry';
  /** Milliseconds since 1970. */
  readonly since: EpochMs;
  /** Events by their number, from 0: the one that begins it, and the one that ends it. */
  readonly from: number;
  readonly to: number;
}

/** Every wait of a recorded execution, in the order they end. */
export function readWaits(recording: Recording): Wait[] {
  const waits: Wait[] = [];
  const open = new Map<RecordedVisit, Omit<Wait, 'to'>>();
  const end = (visit: RecordedVisit, to: number): void => {
    const wait = open.get(visit);
    if (wait && open.delete(visit)) waits.push({ ...wait, to });
  };
  recording.forEach(({ event, visit }, index) => {
    if (!visit) {
      for (const each of [...open.keys()]) end(each, index);
      return;
    }
    const what = waitFrom(event.type, visit, index);
    if (what === 'work' && open.get(visit)?.for === 'work') return;
    end(visit, index);
    if (what) open.set(visit, { path: pathText(visit.path), for: what, since: event.timestamp, from: index });
  });
  for (const visit of [...open.keys()]) end(visit, recording.length);
  return waits;
}

/** What the state waits for after this event. */
function waitFrom(type: string, visit: RecordedVisit, index: number): Wait['for'] | undefined {
  if (type === 'WaitStateEntered') return 'time';
  if (isRetried(visit, index)) return 'retry';
  return WORK[visit.state.type]?.test(type) ? 'work' : undefined;
}

const WORK: Readonly<Partial<Record<State['type'], RegExp>>> = { Task: /(?:Scheduled|Started|Submitted)$/, Map: /^MapRunStarted$/ };

/** Whether a Retrier took the failure this event tells of: another attempt, which begins with the input, follows. */
function isRetried({ stages }: RecordedVisit, index: number): boolean {
  const retry = stages.findIndex(({ stage, from }) => stage === 'Retry' && from === index);
  return retry !== -1 && stages[retry + 1]?.stage === 'InputPath';
}
