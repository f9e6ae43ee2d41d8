import { Graph, layout as place } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode, GraphScope } from './graph.ts';
import { layoutList } from './list-layout.ts';
import { bandsOf, loop, route, type Middle } from './route.ts';
import { FONT, GROUP, labelOf, LINE, MARK, NODE, placeNode, type Sized } from './sized-node.ts';
import { textLines, textWidth } from './text-lines.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box by its upper left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Box {
  readonly node: GraphNode;
  readonly title: readonly string[];
  readonly detail: readonly string[];
  /** Relative to the picture, as everything else. */
  readonly scopes: readonly PlacedScope[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** Lines of the label and their middle. */
  readonly label: (Point & { readonly lines: readonly string[] }) | undefined;
}

export interface PlacedScope extends Box {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The outermost scope: where it starts and ends. */
  readonly marks: readonly (Point & { readonly type: 'start' | 'end' })[];
  /** From the start to the first state, from the last ones to the end. */
  readonly threads: readonly { readonly state: string; readonly type: 'start' | 'end'; readonly points: readonly Point[] }[];
}

/** More make layers too wide to be read; the layout library takes seconds at 400, and its recursion ends at about 1,000 in a row. */
const MOST_LAYERED = 150;

const START = 'start';
const END = 'end';

/**
 * Places everything, nested machines first: each is then one box in the machine around it.
 * @param mostLayered a machine of more states is a list
 */
export function layoutGraph(graph: GraphScope, mostLayered: number = MOST_LAYERED): PlacedScope {
  return layoutScope(graph, true, mostLayered);
}

function sizeOf(node: GraphNode, mostLayered: number): Sized {
  const inner = node.scopes.filter(({ nodes }) => nodes.length > 0).map((scope) => layoutScope(scope, false, mostLayered));
  const innerWidth = inner.reduce((sum, { width }) => sum + width, 0) + GROUP.gap * Math.max(0, inner.length - 1);
  const maxText = Math.max(NODE.maxText, innerWidth - 40);
  const title = textLines(node.name, maxText, FONT.title, 3);
  const detail = textLines([node.type, ...(node.detail === undefined ? [] : [node.detail])].join(' · '), maxText, FONT.detail, 3);
  const textWide = Math.max(...title.map((line) => textWidth(line, FONT.title) * 1.06), ...detail.map((line) => textWidth(line, FONT.detail)));
  const textHigh = title.length * FONT.title * LINE + detail.length * FONT.detail * LINE;
  if (inner.length === 0) return { node, title, detail, inner, width: Math.max(NODE.minWidth, textWide + 2 * NODE.padX), height: textHigh + 2 * NODE.padY };
  return {
    node, title, detail, inner,
    width: Math.max(innerWidth, textWide) + 2 * GROUP.padX,
    height: textHigh + NODE.padY + Math.max(...inner.map(({ height }) => height)) + GROUP.bottom + 8,
  };
}

function layoutScope(scope: GraphScope, isOutermost: boolean, mostLayered: number): PlacedScope {
  const sized = new Map(scope.nodes.map((node) => [node.name, sizeOf(node, mostLayered)]));
  return scope.nodes.length > mostLayered ? layoutList(scope, sized, isOutermost) : layoutLayers(scope, sized, isOutermost);
}

function layoutLayers(scope: GraphScope, sized: ReadonlyMap<string, Sized>, isOutermost: boolean): PlacedScope {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 34, ranksep: 46, edgesep: 16, marginx: isOutermost ? 20 : 14, marginy: isOutermost ? 16 : 14 });
  // The library keeps nodes in plain objects: states' names are no keys for it.
  const ids = new Map(scope.nodes.map(({ name }, index) => [name, `state ${index}`]));
  const idOf = (name: string): string => ids.get(name)!;
  if (isOutermost) graph.setNode(START, { width: MARK, height: MARK });
  for (const [name, { width, height }] of sized) graph.setNode(idOf(name), { width, height });
  scope.edges.forEach((edge, index) => {
    const { width, height } = labelOf(edge);
    graph.setEdge(idOf(edge.from), idOf(edge.to), { width, height, labelpos: 'c', weight: edge.kind === 'catch' ? 1 : 3 }, `e${index}`);
  });
  const ends = isOutermost ? scope.ends.filter((name) => sized.has(name)) : [];
  if (isOutermost) {
    if (sized.has(scope.startAt)) graph.setEdge(START, idOf(scope.startAt), { width: 0, height: 0, weight: 5 }, 'start');
    if (ends.length > 0) graph.setNode(END, { width: MARK, height: MARK });
    for (const name of ends) graph.setEdge(idOf(name), END, { width: 0, height: 0, weight: 1 }, 'end');
  }
  place(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const bands = bandsOf([...graph.nodes().map((id) => graph.node(id) as Middle), ...graph.edges().map((id) => graph.edge(id) as Partial<Middle>)]);
  const pointsOf = (from: string, to: string, name: string): readonly Point[] => {
    const { points, x = 0 } = graph.edge(from, to, name) as { points: Point[]; x?: number };
    const middle = graph.node(from) as Middle;
    return from === to ? loop(middle, x) : route(middle, graph.node(to) as Middle, points.slice(1, -1), bands);
  };
  const markAt = (id: string, type: 'start' | 'end'): PlacedScope['marks'] => (graph.hasNode(id) ? [{ type, x: (graph.node(id) as Point).x, y: (graph.node(id) as Point).y }] : []);
  return {
    x: 0, y: 0, width, height,
    nodes: [...sized.values()].map((each) => placeNode(each, graph.node(idOf(each.node.name)) as Point)),
    edges: scope.edges.map((edge, index): PlacedEdge => {
      const { x, y } = graph.edge(idOf(edge.from), idOf(edge.to), `e${index}`) as Partial<Point>;
      const { lines } = labelOf(edge);
      return { edge, points: pointsOf(idOf(edge.from), idOf(edge.to), `e${index}`), label: lines.length > 0 && x !== undefined && y !== undefined ? { x, y, lines } : undefined };
    }),
    marks: isOutermost ? [...markAt(START, 'start'), ...markAt(END, 'end')] : [],
    threads: isOutermost
      ? [
          ...(sized.has(scope.startAt) ? [{ state: scope.startAt, type: 'start' as const, points: pointsOf(START, idOf(scope.startAt), 'start') }] : []),
          ...ends.map((state) => ({ state, type: 'end' as const, points: pointsOf(idOf(state), END, 'end') })),
        ]
      : [],
  };
}
