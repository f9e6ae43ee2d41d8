import type { Tuple } from './frame.ts';

/** What steps with `@`, `#` or `%` hand on: each value together with the variables bound beside it. */
export class TupleStream {
  constructor(readonly tuples: Tuple[]) {}
}
