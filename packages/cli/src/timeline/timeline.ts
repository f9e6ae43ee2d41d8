import type { Colors } from 'picocolors/types';
import stringWidth from 'string-width';
import type { Segment, Visit } from '@interstate/testing';
import { fitText, formatDuration, padText, visible } from '../text.ts';
import { timelineRows, type Row } from './rows.ts';

export interface TimelineOptions {
  readonly color: Colors;
  /** Columns of the whole drawing, at least 60. */
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** What a cell of a bar shows, the weightiest last: it wins where several fall together. */
const CELLS = [' ', '╵', '─', '░', '·', '█', '✗'] as const;
type Cell = (typeof CELLS)[number];

const LEGEND: readonly (readonly [Cell, string])[] = [
  ['█', 'task at work'], ['✗', 'failed attempt'], ['·', 'backoff before a retry'], ['░', 'Wait'], ['─', 'Parallel or Map'], ['╵', 'an instant'],
];

/** Draws an execution: states as rows, time across. */
export function drawTimeline(visits: readonly Visit[], { color, columns, from, to }: TimelineOptions): string {
  const rows = timelineRows(visits);
  if (rows.length === 0) return '';
  const mostLabel = Math.max(16, Math.min(48, Math.floor(columns * 0.3)));
  const labels = rows.map(({ label, depth }) => {
    const indent = '  '.repeat(Math.min(depth, 4));
    return indent + fitText(label, mostLabel - indent.length);
  });
  const labelColumns = Math.max(...labels.map((label) => stringWidth(label)));
  const durations = rows.map(({ visits: group }) => formatDuration(coveredMs(group, to)));
  const durationColumns = Math.max(...durations.map((text) => text.length));
  const notes = rows.map(noteOf);
  const noteColumns = Math.max(...notes.map((text) => stringWidth(text)));
  const width = Math.max(16, Math.min(80, columns - labelColumns - durationColumns - noteColumns - 6));
  const span = Math.max(1, to - from);
  const used = new Set<Cell>();

  const lines = rows.map((row, index) => {
    const cells = drawBar(row, (time) => Math.min(width - 1, Math.floor(((time - from) / span) * width)), width, to);
    for (const cell of cells) used.add(cell);
    const label = padText(labels[index]!, labelColumns);
    const note = notes[index] === '' ? '' : `  ${color.yellow(notes[index]!)}`;
    const line = `${isGroupRow(row.visits) ? color.bold(label) : label}  ${paint(cells, color)}  ${color.dim(durations[index]!.padStart(durationColumns))}${note}`;
    return row.hidden > 0 ? `${line}\n… ${row.hidden} more rows` : line;
  });
  const end = formatDuration(to - from);
  const axis = `${' '.repeat(labelColumns + 2)}${color.dim(`0${' '.repeat(Math.max(1, width - 1 - end.length))}${end}`)}`;
  const legend = LEGEND.filter(([cell]) => used.has(cell)).map(([cell, text]) => `${cell} ${text}`);
  return [axis, ...lines, color.dim(legend.join('   '))].join('\n');
}

function drawBar({ visits, segments }: Row, columnOf: (time: number) => number, width: number, end: number): Cell[] {
  const cells: Cell[] = Array.from({ length: width }, () => ' ');
  const put = (cell: Cell, first: number, last: number): void => {
    for (let at = first; at <= last; at++) if (CELLS.indexOf(cell) > CELLS.indexOf(cells[at]!)) cells[at] = cell;
  };
  const isGroup = isGroupRow(visits);
  for (const { from, to } of visits) {
    if (isGroup) put('─', columnOf(from), columnOf(to ?? end));
    else put('╵', columnOf(from), columnOf(from));
  }
  for (const { type, from, to } of segments) {
    const cell = cellOf(type, isGroup);
    if (to > from) put(cell, columnOf(from), Math.max(columnOf(from), columnOf(to - 1)));
    if (type === 'failed') put('✗', columnOf(to), columnOf(to));
  }
  return cells;
}

/** Whether a row stands for what lies below it: a Parallel, a Map, an iteration. */
function isGroupRow([first]: readonly Visit[]): boolean {
  return first!.stateType === 'Parallel' || first!.stateType === 'Map';
}

function cellOf(type: Segment['type'], isGroup: boolean): Cell {
  if (type === 'backoff') return '·';
  if (type === 'wait') return '░';
  return isGroup ? '─' : '█';
}

function paint(cells: readonly Cell[], color: Colors): string {
  const painters: Readonly<Record<Cell, (text: string) => string>> = {
    ' ': (text) => text, '╵': color.dim, '─': color.dim, '░': color.blue, '·': color.yellow, '█': color.green, '✗': color.red,
  };
  let line = '';
  for (let at = 0; at < cells.length; ) {
    let next = at + 1;
    while (next < cells.length && cells[next] === cells[at]) next++;
    line += painters[cells[at]!](cells[at]!.repeat(next - at));
    at = next;
  }
  return line;
}

function noteOf({ visits }: Row): string {
  const last = visits.at(-1)!;
  const attempts = visits.reduce((sum, visit) => sum + Math.max(0, visit.attempts - 1), 0);
  const failures = visits.filter(({ status }) => status === 'failed').length;
  return [
    ...(visits.length > 1 ? [`${visits.length} visits`] : []),
    ...(last.items > 0 ? [`${last.itemsDone} of ${last.items} items`] : []),
    ...(attempts > 0 ? [attempts === 1 ? 'retried once' : `${attempts} retries`] : []),
    ...(last.status === 'caught' ? [`caught ${fitText(last.error ?? 'an error', 40)}`] : []),
    ...(failures > 0 ? [visits.length > 1 ? `${failures} failed` : visible(fitText(last.error ?? 'failed', 40))] : []),
    ...(last.status === 'aborted' && visits.length === 1 ? ['aborted'] : []),
  ].join(', ');
}

/** Milliseconds during which at least one of the visits was there. */
function coveredMs(visits: readonly Visit[], end: number): number {
  let covered = 0;
  let reached = -Infinity;
  for (const { from, to = end } of visits.toSorted((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return covered;
}
