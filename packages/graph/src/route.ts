import type { Point } from './layout.ts';

/** A box by its middle, as the layout library has it. */
export interface Middle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Half the height of each row of states or labels, and a little more, by where its middle is. */
export type Bands = ReadonlyMap<number, number>;

/** How far an edge runs upright above and below a row. */
const STUB = 5;
/** How far from a corner of its state an edge begins or ends. */
const CORNER = 14;

export function bandsOf(boxes: readonly Partial<Middle>[]): Bands {
  const bands = new Map<number, number>();
  for (const { y, height = 0 } of boxes) if (y !== undefined) bands.set(y, Math.max(bands.get(y) ?? 0, height / 2 + STUB));
  return bands;
}

/**
 * Leads an edge from one state to another through the columns that the library has kept free for it: upright where there are states
 * and labels, aslant only between the rows. So it runs through nothing.
 * @param through where it crosses the rows between
 */
export function route(from: Middle, to: Middle, through: readonly Point[], bands: Bands): readonly Point[] {
  const down = to.y >= from.y ? 1 : -1;
  const half = ({ y }: Point): number => bands.get(y) ?? 0;
  const leaves = port(from, through[0] ?? to);
  const arrives = port(to, through.at(-1) ?? from);
  const points = [
    { x: leaves, y: from.y + (down * from.height) / 2 },
    { x: leaves, y: from.y + down * half(from) },
    ...through.flatMap((point) => [-1, 1].map((side) => ({ x: point.x, y: point.y + side * down * half(point) }))),
    { x: arrives, y: to.y - down * half(to) },
    { x: arrives, y: to.y - (down * to.height) / 2 },
  ];
  return points.filter(({ x, y }, index) => index === 0 || x !== points[index - 1]!.x || y !== points[index - 1]!.y);
}

/** Leads an edge out of the right side of a state and back into it. @param to the middle of the column that the library has kept free for it */
export function loop({ x, y, width, height }: Middle, to: number): readonly Point[] {
  const right = x + width / 2;
  const half = Math.min(CORNER, height / 2 - CORNER);
  return [{ x: right, y: y - half }, { x: to, y: y - half }, { x: to, y: y + half }, { x: right, y: y + half }];
}

/** Where on its upper or lower side a state is left for a point, or reached from one. */
function port({ x, width }: Middle, towards: Point): number {
  const room = Math.max(0, width / 2 - CORNER);
  return Math.min(x + room, Math.max(x - room, towards.x));
}
