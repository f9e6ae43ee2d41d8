import type { JsonObject } from '@interstate/kernel';
import { compileProgram } from './compile.ts';
import type { PointKind } from './site.ts';

/** Something that can run, by the JSON Pointer of its place in the definition. */
export interface Point {
  readonly kind: PointKind;
  readonly pointer: string;
}

/** All that can run in a definition that `validateDefinition` accepts: what its compiled program has a tally for. */
export function listPoints(definition: JsonObject): Point[] {
  const points: Point[] = [];
  compileProgram(definition, (kind, pointer) => {
    points.push({ kind, pointer });
    return () => undefined;
  });
  return points;
}
