import type { Colors } from 'picocolors/types';
import { fitText, visible } from '../text.ts';
import type { FoundFault } from './diagnose.ts';

const SOURCE_COLUMNS = 160;

/**
 * A fault as a person reads it: `file:line:column: SEVERITY CODE message (at …)`, the source line with a mark below, the hint.
 * @param text of the file the fault is in, where it is known
 */
export function faultText({ severity, code, message, location, pointer, hint, file, line, column }: FoundFault, text: string | undefined, color: Colors): string {
  const place = [visible(file), ...(line === undefined ? [] : [line, column])].join(':');
  const paint = severity === 'ERROR' ? color.red : color.yellow;
  // The line below says it all where the message only repeats the text.
  const where = location ?? pointer;
  const at = where === undefined || where === '' || message.includes(where) ? '' : color.dim(` (at ${visible(where)})`);
  const lines = [`${color.bold(place)}: ${paint(severity)} ${code} ${message.split('\n').map(visible).join('\n  ')}${at}`];
  if (text !== undefined && line !== undefined && column !== undefined) lines.push(...sourceLines(text, line, column, color));
  if (hint !== undefined) lines.push(`  ${color.cyan(visible(hint))}`);
  return lines.join('\n');
}

function sourceLines(text: string, line: number, column: number, color: Colors): string[] {
  const source = lineOf(text, line);
  if (source === undefined) return [];
  // A long line is shown around the place.
  const from = column > SOURCE_COLUMNS - 20 ? column - 20 : 1;
  const shown = fitText(source.slice(from - 1), SOURCE_COLUMNS);
  const before = visible(source.slice(from - 1, column - 1));
  const number = String(line).padStart(6);
  return [color.dim(`${number} | `) + shown, color.dim(`${' '.repeat(6)} | `) + ' '.repeat(before.length) + color.red('^')];
}

function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let at = 1; at < line; at++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}
