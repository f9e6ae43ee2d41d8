import { pathText, type Position, type RecordedVisit, type Recording } from '@interstate/testing';
import type { Colors } from 'picocolors/types';
import stringWidth from 'string-width';
import { fitText, formatDuration, padText, visible } from '../text.ts';
import { childRows, dataRows, placeOf, variableRows, waitRows, type DebugRow } from './debug-rows.ts';
import type { DebugView } from './debug-view.ts';

export interface DebugScreen {
  readonly columns: number;
  readonly rows: number;
}

/** What is drawn: the same for every position but `position` itself. */
export interface DebugSubject {
  readonly title: string;
  readonly recording: Recording;
  /** States in the order they were entered. */
  readonly visits: readonly RecordedVisit[];
  readonly position: Position;
}

const HELP = [
  '→ n        the next event',
  '← p        the event before',
  '↓ ↑        where the next state, or the one before, is entered',
  'g 12 ⏎     to event 12',
  'c 2 ⏎      into child 2 of a distributed Map; u out again',
  'Home End   to the first event, to the last',
  'PgDn PgUp  scroll what is on the right',
  'w          whole values, or one line each',
  '?          this help',
  'q Ctrl-C   end',
];

/** Less than this is not drawn on. */
const MIN_COLUMNS = 40;
const MIN_ROWS = 8;

/** The screen as lines: as many as it has rows, none wider than it. */
export function drawDebug(view: DebugView, { columns, rows }: DebugScreen, subject: DebugSubject, color: Colors): string[] {
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return fill([fitText(`Needs ${MIN_COLUMNS} columns and ${MIN_ROWS} rows.`, columns)], rows);
  const { title, recording, position } = subject;
  const height = rows - 3;
  const left = Math.min(36, Math.floor(columns * 0.35));
  const right = columns - left - 3;
  const since = formatDuration(position.time - recording[0]!.event.timestamp);
  const head = fitText(`${title} · event ${position.event.id} of ${recording.at(-1)!.event.id} · ${since} · ${position.event.type}`, columns);
  const states = stateLines(subject, left, height, color);
  const lines = view.helps ? HELP.map((line) => fitText(line, right)) : dataLines(view, position, right, color);
  const scroll = Math.min(view.scroll, Math.max(0, lines.length - height));
  const shown = fill(lines.slice(scroll, scroll + height), height);
  if (scroll + height < lines.length) shown[height - 1] = color.dim(`… ${lines.length - scroll - height + 1} more lines (PgDn)`);
  const body = states.map((line, index) => `${line} ${color.dim('│')} ${shown[index]!}`);
  return [color.bold(head), color.dim('─'.repeat(columns)), ...body, footer(view, columns, color)];
}

function fill(lines: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_none, index) => lines[index] ?? '');
}

/** The way the execution went, the state of this position in the middle. */
function stateLines({ visits, recording, position }: DebugSubject, columns: number, height: number, color: Colors): string[] {
  const current = recording[position.index]!.visit;
  const at = current ? visits.indexOf(current) : position.index === 0 ? 0 : visits.length - 1;
  const first = Math.max(0, Math.min(at - Math.floor(height / 2), visits.length - height));
  const begun = enteredBy(recording, position.index);
  return Array.from({ length: height }, (_none, row) => {
    const visit = visits[first + row];
    if (!visit) return ' '.repeat(columns);
    const depth = Math.min(visit.path.length - 1, 4);
    const line = padText(fitText(`${visit === current ? '▶' : ' '} ${'  '.repeat(depth)}${pathText(visit.path.slice(-2))}`, columns), columns);
    if (visit === current) return color.inverse(line);
    return begun.has(visit) ? line : color.dim(line);
  });
}

function enteredBy(recording: Recording, index: number): ReadonlySet<RecordedVisit | undefined> {
  return new Set(recording.slice(0, index + 1).map(({ visit }) => visit));
}

function dataLines({ wraps }: DebugView, position: Position, columns: number, color: Colors): string[] {
  const place = placeOf(position);
  const lines = place === '' ? [] : [color.bold(fitText(`${place} (${position.stateType})`, columns))];
  const sections: readonly (readonly [title: string | undefined, rows: readonly DebugRow[]])[] = [
    [undefined, dataRows(position)],
    ['Variables', variableRows(position)],
    ['Waits for', waitRows(position)],
    ['Children (c goes into one)', childRows(position)],
  ];
  for (const [title, rows] of sections) {
    if (rows.length === 0) continue;
    if (title !== undefined) lines.push('', color.bold(title));
    const names = Math.min(Math.max(...rows.map(([name]) => name.length)), Math.floor(columns / 2));
    for (const [name, value] of rows) {
      const width = columns - names - 1;
      const [first, ...more] = wraps ? wrapped(value, width) : [fitText(value, width)];
      lines.push(`${color.cyan(padText(fitText(name, names), names))} ${first}`, ...more.map((line) => `${' '.repeat(names)} ${line}`));
    }
  }
  return lines;
}

/** Lines of a wrapped value at most: a value may have 256 KiB. */
const MAX_WRAPPED = 200;

function wrapped(value: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const char of visible(value)) {
    const columns = stringWidth(char);
    if (used + columns > width) {
      if (lines.push(line) === MAX_WRAPPED) return [...lines, '…'];
      line = '';
      used = 0;
    }
    line += char;
    used += columns;
  }
  return [...lines, line];
}

function footer({ typed, asks, note }: DebugView, columns: number, color: Colors): string {
  if (typed !== undefined) return fitText(`${asks === 'event' ? 'Go to event' : 'Go into child'}: ${typed}_`, columns);
  if (note !== undefined) return color.yellow(fitText(note, columns));
  return color.dim(fitText('←→ event  ↑↓ state  g go to  c u child  w whole values  ? help  q quit', columns));
}
