import { Graph, layout as place } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode, GraphScope } from './graph.ts';
import { bandsOf, loop, route, type Middle } from './route.ts';
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

/** Sizes in pixels. */
export const FONT = { title: 13, detail: 11, label: 11 } as const;
const LINE = 1.3;
const NODE = { minWidth: 120, maxText: 190, padX: 18, padY: 10 };
const GROUP = { padX: 16, header: 30, bottom: 16, gap: 14 };
const MARK = 18;
const START = 'start';
const END = 'end';

/** Places everything, nested machines first: each is then one box in the machine around it. */
export function layoutGraph(graph: GraphScope): PlacedScope {
  return layoutScope(graph, true);
}

interface Sized {
  readonly node: GraphNode;
  readonly title: readonly string[];
  readonly detail: readonly string[];
  readonly inner: readonly PlacedScope[];
  readonly width: number;
  readonly height: number;
}

function sizeOf(node: GraphNode): Sized {
  const inner = node.scopes.filter(({ nodes }) => nodes.length > 0).map((scope) => layoutScope(scope, false));
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

function layoutScope(scope: GraphScope, isOutermost: boolean): PlacedScope {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 34, ranksep: 46, edgesep: 16, marginx: isOutermost ? 20 : 14, marginy: isOutermost ? 16 : 14 });
  const sized = new Map(scope.nodes.map((node) => [node.name, sizeOf(node)]));
  // The library keeps nodes in plain objects: states' names are no keys for it.
  const ids = new Map(scope.nodes.map(({ name }, index) => [name, `state ${index}`]));
  const idOf = (name: string): string => ids.get(name)!;
  if (isOutermost) graph.setNode(START, { width: MARK, height: MARK });
  for (const [name, { width, height }] of sized) graph.setNode(idOf(name), { width, height });
  scope.edges.forEach((edge, index) => {
    const lines = edge.label === undefined || edge.label === '' ? [] : textLines(edge.label, 150, FONT.label, 3);
    const width = Math.max(0, ...lines.map((line) => textWidth(line, FONT.label))) + (lines.length > 0 ? 14 : 0);
    graph.setEdge(idOf(edge.from), idOf(edge.to), { width, height: lines.length === 0 ? 0 : lines.length * FONT.label * LINE + 6, labelpos: 'c', weight: edge.kind === 'catch' ? 1 : 3 }, `e${index}`);
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
      const lines = edge.label === undefined || edge.label === '' ? [] : textLines(edge.label, 150, FONT.label, 3);
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

/** dagre gives middles. */
function placeNode({ node, title, detail, inner, width, height }: Sized, middle: Point): PlacedNode {
  const x = middle.x - width / 2;
  const y = middle.y - height / 2;
  const innerWidth = inner.reduce((sum, scope) => sum + scope.width, 0) + GROUP.gap * Math.max(0, inner.length - 1);
  const top = y + NODE.padY + title.length * FONT.title * LINE + detail.length * FONT.detail * LINE + 8;
  let left = x + (width - innerWidth) / 2;
  const scopes = inner.map((scope) => {
    const moved = moveScope(scope, left, top);
    left += scope.width + GROUP.gap;
    return moved;
  });
  return { node, title, detail, x, y, width, height, scopes };
}

function moveScope(scope: PlacedScope, dx: number, dy: number): PlacedScope {
  const move = <T extends Point>(point: T): T => ({ ...point, x: point.x + dx, y: point.y + dy });
  return {
    ...move(scope),
    nodes: scope.nodes.map((node) => ({ ...move(node), scopes: node.scopes.map((inner) => moveScope(inner, dx, dy)) })),
    edges: scope.edges.map((edge) => ({ ...edge, points: edge.points.map(move), label: edge.label && move(edge.label) })),
    marks: scope.marks.map(move),
    threads: scope.threads.map((thread) => ({ ...thread, points: thread.points.map(move) })),
  };
}
