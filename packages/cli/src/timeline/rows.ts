import { labelOf, type Segment, type Visit } from '@interstate/testing';

/** One row of a timeline: the visits of one state at one place, or one iteration. */
export interface Row {
  readonly label: string;
  readonly depth: number;
  readonly visits: readonly Visit[];
  readonly segments: readonly Segment[];
  /** Rows left out below this one. */
  readonly hidden: number;
}

/** More iterations than this are shown together, state by state. */
const MAX_ITERATIONS = 6;
const MAX_ROWS = 200;

/** States as rows, in the order they were first entered, children below their Parallel or Map. */
export function timelineRows(visits: readonly Visit[]): Row[] {
  const rows: Row[] = [];
  addRows(rows, visits, 0);
  if (rows.length <= MAX_ROWS) return rows;
  const kept = rows.slice(0, MAX_ROWS);
  return [...kept.slice(0, -1), { ...kept.at(-1)!, hidden: rows.length - MAX_ROWS }];
}

function addRows(rows: Row[], visits: readonly Visit[], depth: number): void {
  for (const group of groupVisits(visits)) {
    const first = group[0]!;
    rows.push({ label: labelOf(first), depth, visits: group, segments: group.flatMap(({ segments }) => segments), hidden: 0 });
    const children = group.flatMap((visit) => visit.children);
    const iterations = children.filter(({ kind }) => kind === 'iteration');
    // Iterations with a single state need no row of their own either.
    if (iterations.length > MAX_ITERATIONS) addRows(rows, children.flatMap((child) => (child.kind === 'iteration' ? child.children : [child])), depth + 1);
    else addRows(rows, children, depth + 1);
  }
}

/** Visits of the same state together, in the order of the first. */
function groupVisits(visits: readonly Visit[]): Visit[][] {
  const groups = new Map<string, Visit[]>();
  for (const visit of visits) {
    const key = labelOf(visit);
    const group = groups.get(key);
    if (group) group.push(visit);
    else groups.set(key, [visit]);
  }
  return [...groups.values()];
}
