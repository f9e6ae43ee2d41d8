import type { Run } from './run.ts';

/** The variables bound beside one step of a path with `@`, `#` or `%`, the step's value under VALUE. */
export type Tuple = Map<string, unknown>;
export const VALUE = '@';

/**
 * The variables of one running lambda, block or tuple. Names were resolved to slots at compile time;
 * the first four slots are fields, since hardly any lambda has more.
 */
export class Frame {
  v0: unknown = undefined;
  v1: unknown = undefined;
  v2: unknown = undefined;
  v3: unknown = undefined;
  more: unknown[] | undefined = undefined;
  /** Set in frames of tuples, whose names are known only at run time. */
  tuple: Tuple | undefined = undefined;

  constructor(
    readonly parent: Frame | undefined,
    readonly run: Run,
    /** Depth of evaluation at the call this frame belongs to. */
    readonly base: number,
  ) {}
}

export type Evaluate = (input: unknown, frame: Frame) => unknown;

export function tupleFrame(parent: Frame, tuple: Tuple): Frame {
  const frame = new Frame(parent, parent.run, parent.base);
  frame.tuple = tuple;
  return frame;
}

export function readSlot(frame: Frame, slot: number): unknown {
  switch (slot) {
    case 0:
      return frame.v0;
    case 1:
      return frame.v1;
    case 2:
      return frame.v2;
    case 3:
      return frame.v3;
  }
  return frame.more![slot - 4];
}

export function writeSlot(frame: Frame, slot: number, value: unknown): void {
  switch (slot) {
    case 0:
      frame.v0 = value;
      return;
    case 1:
      frame.v1 = value;
      return;
    case 2:
      frame.v2 = value;
      return;
    case 3:
      frame.v3 = value;
      return;
  }
  (frame.more ??= [])[slot - 4] = value;
}
