import type { GraphEdge, GraphNode } from './graph.ts';
import type { PlacedNode, PlacedScope, Point } from './layout.ts';
import { textLines, textWidth } from './text-lines.ts';

/** Sizes in pixels. */
export const FONT = { title: 13, detail: 11, label: 11 } as const;
export const LINE = 1.3;
export const NODE = { minWidth: 120, maxText: 190, padX: 18, padY: 10 };
export const GROUP = { padX: 16, header: 30, bottom: 16, gap: 14 };
export const MARK = 18;

/** A state with the room it takes. */
export interface Sized {
  readonly node: GraphNode;
  readonly title: readonly string[];
  readonly detail: readonly string[];
  readonly inner: readonly PlacedScope[];
  readonly width: number;
  readonly height: number;
}

/** The lines of an edge's label, and the room they take with what is left free around them: none where there is no label. */
export function labelOf({ label = '' }: GraphEdge): { readonly lines: readonly string[]; readonly width: number; readonly height: number } {
  const lines = label === '' ? [] : textLines(label, 150, FONT.label, 3);
  if (lines.length === 0) return { lines, width: 0, height: 0 };
  return { lines, width: Math.max(...lines.map((line) => textWidth(line, FONT.label))) + 14, height: lines.length * FONT.label * LINE + 6 };
}

/** Puts a state, and all that is in it, where its middle is to be. */
export function placeNode({ node, title, detail, inner, width, height }: Sized, middle: Point): PlacedNode {
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
