import { positionAt, type Position } from './position.ts';
import { pathText, type Recording } from './recording.ts';
import { readWaits } from './wait.ts';

/** Where to halt: a state's name, a path (`Orders[2]/ChargeCard`), or whatever holds of a position. */
export type Breakpoint = string | ((position: Position) => boolean);

/** A recorded execution to go through, forwards and backwards. */
export interface TimeTravel {
  readonly length: number;
  readonly position: Position;
  /** One event on; stays at the last. */
  forward(): Position;
  /** One event back; stays at the first. */
  back(): Position;
  /** @throws RangeError where the execution has no such event */
  goTo(eventId: number): Position;
  /** To where the state of this name or path is next entered; undefined, and nothing moves, where it is not. */
  toState(name: string): Position | undefined;
  /** To where it was entered last before this position. */
  backToState(name: string): Position | undefined;
  /** Halts `run` and `runBack` there; gives back how to take the breakpoint away. */
  breakAt(where: Breakpoint): () => void;
  /** On to the next breakpoint, or to the last event. */
  run(): Position;
  /** Back to the breakpoint before, or to the first event. */
  runBack(): Position;
}

/** Goes through a recording, beginning at its first event. @throws RangeError where the recording is empty */
export function createTimeTravel(recording: Recording): TimeTravel {
  if (recording.length === 0) throw new RangeError('There is no event to go to: the execution was not recorded, or keeps no history.');
  const breakpoints = new Set<Breakpoint>();
  const waits = readWaits(recording);
  const at = (index: number): Position => positionAt(recording, waits, index);
  let position = at(0);

  const moveTo = (index: number): Position => (position = at(index));
  const clamped = (index: number): number => Math.max(0, Math.min(recording.length - 1, index));
  const isEntry = (index: number, name: string): boolean => {
    const { event, visit } = recording[index]!;
    return event.type.endsWith('StateEntered') && visit !== undefined && (visit.state.name === name || pathText(visit.path) === name);
  };
  const seek = (direction: 1 | -1, holds: (index: number) => boolean): number | undefined => {
    for (let index = position.index + direction; index >= 0 && index < recording.length; index += direction) if (holds(index)) return index;
    return undefined;
  };
  const halts = (index: number): boolean => {
    for (const where of breakpoints) if (typeof where === 'string' ? isEntry(index, where) : where(at(index))) return true;
    return false;
  };
  const toEntry = (direction: 1 | -1, name: string): Position | undefined => {
    const index = seek(direction, (entry) => isEntry(entry, name));
    return index === undefined ? undefined : moveTo(index);
  };

  return {
    length: recording.length,
    get position() {
      return position;
    },
    forward: () => moveTo(clamped(position.index + 1)),
    back: () => moveTo(clamped(position.index - 1)),
    goTo(eventId) {
      const index = recording.findIndex(({ event }) => event.id === eventId);
      if (index === -1) throw new RangeError(`There is no event ${eventId}: the execution has the events ${recording[0]!.event.id} to ${recording.at(-1)!.event.id}.`);
      return moveTo(index);
    },
    toState: (name) => toEntry(1, name),
    backToState: (name) => toEntry(-1, name),
    breakAt(where) {
      breakpoints.add(where);
      return () => void breakpoints.delete(where);
    },
    run: () => moveTo(seek(1, halts) ?? recording.length - 1),
    runBack: () => moveTo(seek(-1, halts) ?? 0),
  };
}
