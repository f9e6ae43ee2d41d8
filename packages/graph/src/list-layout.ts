import type { GraphEdge, GraphScope } from './graph.ts';
import type { PlacedEdge, PlacedNode, PlacedScope, Point } from './layout.ts';
import { labelOf, MARK, placeNode, type Sized } from './sized-node.ts';

/** In pixels: between states, around a label between them, of a row beside a state, between lanes, around everything. */
const LIST = { gap: 34, labelGap: 12, row: 16, lane: 12, margin: 20 };

/** A state, or null: the end of the scope. */
type Target = string | null;

/** An edge that goes by a lane beside the list. */
interface Aside {
  readonly from: string;
  readonly to: Target;
  /** Undefined for one that ends the scope. */
  readonly edge: GraphEdge | undefined;
}

/**
 * Places a scope of very many states: one below the other in the order they are come to. An edge goes straight down to the next; to all
 * others it goes by lanes at the right, of which each state has one for all that go to it. Labels stand between the states and the lanes.
 */
export function layoutList(scope: GraphScope, sized: ReadonlyMap<string, Sized>, isOutermost: boolean): PlacedScope {
  const order = inOrder(scope);
  const below = new Map<string, Target>(order.map((name, index) => [name, order[index + 1] ?? null]));
  const straight = new Map<string, GraphEdge>();
  const asides: Aside[] = [];
  for (const edge of scope.edges) {
    if (below.get(edge.from) === edge.to && !straight.has(edge.from)) straight.set(edge.from, edge);
    else asides.push({ from: edge.from, to: edge.to, edge });
  }
  const ends = isOutermost ? scope.ends.filter((name) => sized.has(name)) : [];
  for (const name of ends) if (below.get(name) !== null) asides.push({ from: name, to: null, edge: undefined });
  const leaving = grouped(asides, ({ from }) => from);
  const arriving = new Set(asides.map(({ to }) => to));

  // From the top to the bottom.
  const middle = LIST.margin + widest([...sized.values()]) / 2;
  const startAt = isOutermost && order[0] === scope.startAt ? scope.startAt : undefined;
  const nodes = new Map<string, PlacedNode>();
  const rowOf = new Map<Aside, number>();
  const arrivalAt = new Map<Target, number>();
  let y = LIST.margin + (startAt === undefined ? 0 : MARK + LIST.gap);
  for (const name of order) {
    const node = sized.get(name)!;
    let row = y + LIST.row / 2;
    for (const aside of leaving.get(name) ?? []) {
      const height = Math.max(LIST.row, aside.edge ? labelOf(aside.edge).height : 0);
      rowOf.set(aside, row + height / 2);
      row += height;
    }
    if (arriving.has(name)) {
      arrivalAt.set(name, row + LIST.row / 2);
      row += LIST.row;
    }
    const height = Math.max(node.height, row + LIST.row / 2 - y);
    nodes.set(name, placeNode({ ...node, height }, { x: middle, y: y + height / 2 }));
    const edge = straight.get(name);
    y += height + Math.max(LIST.gap, edge ? labelOf(edge).height + 2 * LIST.labelGap : 0);
  }
  const end = { x: middle, y: y + MARK / 2 };
  arrivalAt.set(null, end.y);

  // From the left to the right.
  const labelsAt = 2 * middle - LIST.margin + LIST.labelGap;
  const lanesAt = labelsAt + widest(asides.flatMap(({ edge }) => (edge ? [labelOf(edge)] : []))) + LIST.lane;
  const { lanes, count } = lanesOf(asides, rowOf, arrivalAt);
  const rightOf = (name: Target): number => (name === null ? middle + MARK / 2 : nodes.get(name)!.x + nodes.get(name)!.width);
  const byLane = (aside: Aside): Point[] => {
    const lane = lanesAt + lanes.get(aside.to)! * LIST.lane;
    const [leaves, arrives] = [rowOf.get(aside)!, arrivalAt.get(aside.to)!];
    return [{ x: rightOf(aside.from), y: leaves }, { x: lane, y: leaves }, { x: lane, y: arrives }, { x: rightOf(aside.to), y: arrives }];
  };
  const bottomOf = (name: string): Point => ({ x: middle, y: nodes.get(name)!.y + nodes.get(name)!.height });
  const placeStraight = (edge: GraphEdge): PlacedEdge => {
    const points = [bottomOf(edge.from), { x: middle, y: nodes.get(edge.to)!.y }] as const;
    const { lines } = labelOf(edge);
    return { edge, points, label: lines.length > 0 ? { x: middle, y: (points[0].y + points[1].y) / 2, lines } : undefined };
  };
  const placeAside = (aside: Aside, edge: GraphEdge): PlacedEdge => {
    const { lines, width } = labelOf(edge);
    return { edge, points: byLane(aside), label: lines.length > 0 ? { x: labelsAt + width / 2, y: rowOf.get(aside)!, lines } : undefined };
  };
  const start = { x: middle, y: LIST.margin + MARK / 2 };
  return {
    x: 0, y: 0,
    width: lanesAt + count * LIST.lane + LIST.margin,
    height: y + (ends.length > 0 ? MARK : -LIST.gap) + LIST.margin,
    nodes: scope.nodes.map(({ name }) => nodes.get(name)!),
    edges: [...[...straight.values()].map(placeStraight), ...asides.flatMap((aside) => (aside.edge ? [placeAside(aside, aside.edge)] : []))],
    marks: [...(startAt === undefined ? [] : [{ type: 'start' as const, ...start }]), ...(ends.length > 0 ? [{ type: 'end' as const, ...end }] : [])],
    threads: [
      ...(startAt === undefined ? [] : [{ state: startAt, type: 'start' as const, points: [{ x: middle, y: start.y + MARK / 2 }, { x: middle, y: nodes.get(startAt)!.y }] }]),
      ...asides.flatMap((aside) => (aside.edge ? [] : [{ state: aside.from, type: 'end' as const, points: byLane(aside) }])),
      ...ends.filter((name) => below.get(name) === null).map((state) => ({ state, type: 'end' as const, points: [bottomOf(state), { x: middle, y: end.y - MARK / 2 }] })),
    ],
  };
}

/** What is followed first stands last. */
const FOLLOWED: readonly GraphEdge['kind'][] = ['catch', 'choice', 'default', 'next'];

/** The states as they are come to, a way to its end before another is begun; then those that are never come to. */
function inOrder({ startAt, nodes, edges }: GraphScope): string[] {
  const next = grouped(edges.toSorted((a, b) => FOLLOWED.indexOf(a.kind) - FOLLOWED.indexOf(b.kind)), ({ from }) => from);
  const known = new Set(nodes.map(({ name }) => name));
  const order = new Set<string>();
  for (const first of [startAt, ...known]) {
    const open = [first];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (order.has(name) || !known.has(name)) continue;
      order.add(name);
      for (const { to } of next.get(name) ?? []) open.push(to);
    }
  }
  return [...order];
}

/** A lane for each target, counted from the left: one further to the right only where another one runs beside it. */
function lanesOf(asides: readonly Aside[], rowOf: ReadonlyMap<Aside, number>, arrivalAt: ReadonlyMap<Target, number>): { readonly lanes: ReadonlyMap<Target, number>; readonly count: number } {
  const spans = [...grouped<Target, Aside>(asides, ({ to }) => to)].map(([to, all]) => {
    const rows = [...all.map((aside) => rowOf.get(aside)!), arrivalAt.get(to)!];
    return { to, top: rows.reduce((a, b) => Math.min(a, b)), bottom: rows.reduce((a, b) => Math.max(a, b)) };
  });
  const lanes = new Map<Target, number>();
  const bottoms: number[] = [];
  for (const { to, top, bottom } of spans.toSorted((a, b) => a.top - b.top)) {
    const free = bottoms.findIndex((used) => used < top);
    const lane = free < 0 ? bottoms.length : free;
    bottoms[lane] = bottom;
    lanes.set(to, lane);
  }
  return { lanes, count: bottoms.length };
}

function widest(boxes: readonly { readonly width: number }[]): number {
  return boxes.reduce((most, { width }) => Math.max(most, width), 0);
}

function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
