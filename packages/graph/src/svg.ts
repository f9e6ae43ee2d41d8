import type { GraphScope } from './graph.ts';
import { layoutGraph, type PlacedEdge, type PlacedNode, type PlacedScope, type Point } from './layout.ts';
import { transitionKey, type Overlay } from './overlay.ts';
import { FONT, LINE } from './sized-node.ts';
import { styleOf } from './style.ts';
import { textWidth } from './text-lines.ts';

export interface SvgOptions {
  /** Stands above the picture, and is its title for readers who do not see it. */
  readonly title?: string;
  readonly overlay?: Overlay;
  /** `auto` (default) follows the viewer's setting; the others are for places that have none, such as PNG. */
  readonly theme?: 'auto' | 'light' | 'dark';
}

const MARK_RADIUS = 9;
/** Where a line bends it is round for so many pixels on either side. */
const ROUNDING = 12;

/** A state machine as an SVG document, ready to be put anywhere: no script, no fonts, no links. */
export function renderSvg(graph: GraphScope, { title, overlay, theme = 'auto' }: SvgOptions = {}): string {
  const placed = layoutGraph(graph);
  const top = title === undefined ? 0 : 34;
  const width = Math.ceil(Math.max(placed.width, title === undefined ? 0 : textWidth(title, 15) * 1.1 + 40));
  const height = Math.ceil(placed.height + top);
  const heading = title === undefined ? '' : `<text class="heading" x="20" y="26">${escape(title)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(title ?? 'State machine')}</title>`,
    `<style>${styleOf(theme)}</style>`,
    ARROWS,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    heading,
    `<g transform="translate(${number((width - placed.width) / 2)} ${top})">`,
    scopeSvg(placed, overlay),
    '</g></svg>',
  ].join('');
}

const ARROWS = `<defs>${['next', 'catch', 'taken'].map((kind) => `<marker id="arrow-${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="arrow ${kind}" d="M0 0 L10 5 L0 10 z"/></marker>`).join('')}</defs>`;

function scopeSvg(scope: PlacedScope, overlay: Overlay | undefined): string {
  const threads = scope.threads.map(({ points, type, state }) => {
    const status = overlay?.states.get(state)?.status ?? 'missed';
    const taken = status !== 'missed' && (type === 'start' || overlay!.transitions.has(transitionKey(state, '')));
    return `<path class="edge next${fade(overlay, taken)}" d="${curve(points)}" marker-end="url(#arrow-${taken ? 'taken' : 'next'})"/>`;
  });
  const marks = scope.marks.map(({ x, y, type }) => `<circle class="mark ${type}" cx="${number(x)}" cy="${number(y)}" r="${MARK_RADIUS}"/>${type === 'end' ? `<circle class="mark inner" cx="${number(x)}" cy="${number(y)}" r="4"/>` : ''}`);
  // Labels last: no line goes over one.
  return [...scope.edges.map((edge) => edgeSvg(edge, overlay)), ...threads, ...scope.nodes.map((node) => nodeSvg(node, overlay)), ...marks, ...scope.edges.map(labelSvg)].join('');
}

function edgeSvg({ edge, points }: PlacedEdge, overlay: Overlay | undefined): string {
  const count = overlay?.transitions.get(transitionKey(edge.from, edge.to));
  const kind = edge.kind === 'catch' ? 'catch' : 'next';
  const arrow = count === undefined ? kind : 'taken';
  return `<path class="edge ${kind}${fade(overlay, count !== undefined)}" d="${curve(points)}" marker-end="url(#arrow-${arrow})"/>`;
}

function fade(overlay: Overlay | undefined, taken: boolean): string {
  return overlay === undefined ? '' : taken ? ' taken' : ' faded';
}

function labelSvg({ edge, label }: PlacedEdge): string {
  if (!label) return '';
  const width = Math.max(...label.lines.map((line) => textWidth(line, FONT.label))) + 10;
  const height = label.lines.length * FONT.label * LINE + 4;
  return `<g class="label ${edge.kind}"><rect x="${number(label.x - width / 2)}" y="${number(label.y - height / 2)}" width="${number(width)}" height="${number(height)}" rx="4"/>${linesSvg(label.lines, label.x, label.y - height / 2 + 2, FONT.label, '')}</g>`;
}

function nodeSvg({ node, x, y, width, height, title, detail, scopes }: PlacedNode, overlay: Overlay | undefined): string {
  const mark = overlay?.states.get(node.name);
  const state = overlay === undefined ? '' : ` ${mark?.status ?? 'faded'}`;
  const box = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
  const middle = x + width / 2;
  const inner = scopes.map((scope) => `<rect class="scope" x="${number(scope.x)}" y="${number(scope.y)}" width="${number(scope.width)}" height="${number(scope.height)}" rx="8"/>${scopeSvg(scope, overlay)}`).join('');
  const texts = `${linesSvg(title, middle, y + 10, FONT.title, 'title')}${linesSvg(detail, middle, y + 10 + title.length * FONT.title * LINE, FONT.detail, 'detail')}`;
  const note = mark?.note === undefined ? '' : noteSvg(mark.note, x + width, y);
  return `<g class="state ${typeClass(node.type)}${state}"><rect class="box" ${box} rx="10"/>${texts}${inner}${note}</g>`;
}

function noteSvg(note: string, right: number, y: number): string {
  const width = textWidth(note, 10) + 12;
  return `<rect class="note" x="${number(right - width + 8)}" y="${number(y - 9)}" width="${number(width)}" height="18" rx="9"/><text class="note" x="${number(right - width / 2 + 8)}" y="${number(y + 4)}">${escape(note)}</text>`;
}

function typeClass(type: string): string {
  return /^[A-Za-z]+$/.test(type) ? type.toLowerCase() : 'unknown';
}

function linesSvg(lines: readonly string[], x: number, top: number, size: number, kind: string): string {
  return lines.map((line, index) => `<text class="${kind}" x="${number(x)}" y="${number(top + (index + 0.8) * size * LINE)}" font-size="${size}">${escape(line)}</text>`).join('');
}

/** A line through points, its corners rounded. */
function curve(points: readonly Point[]): string {
  if (points.length < 2) return '';
  const at = ({ x, y }: Point): string => `${number(x)} ${number(y)}`;
  const last = points.at(-1)!;
  const corners = points.slice(1, -1).map((corner, index) => ` L${at(towards(corner, points[index]!))} Q${at(corner)} ${at(towards(corner, points[index + 2]!))}`);
  return `M${at(points[0]!)}${corners.join('')} L${at(last)}`;
}

/** A point on the way from a corner: where its rounding begins or ends. */
function towards(corner: Point, next: Point): Point {
  const length = Math.hypot(next.x - corner.x, next.y - corner.y);
  const share = length === 0 ? 0 : Math.min(ROUNDING / length, 0.5);
  return { x: corner.x + (next.x - corner.x) * share, y: corner.y + (next.y - corner.y) * share };
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that XML can hold: control characters it cannot are left out. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char]!).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g, '');
}
