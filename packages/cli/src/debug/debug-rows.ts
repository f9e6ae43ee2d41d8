import type { Json } from '@interstate/kernel';
import { pathText, type Position, type RecordedChild } from '@interstate/testing';
import { formatDuration } from '../text.ts';

/** A line of a table: what it is, and its value as JSON text. */
export type DebugRow = readonly [name: string, value: string];

/** `Orders[2]/ChargeCard`; empty for the start and the end of the execution. */
export function placeOf({ path }: Position): string {
  return pathText(path);
}

/** What the fields of the state have come to, in the order they are evaluated; then what the event itself tells. */
export function dataRows({ state, input, inspectionData, output, event }: Position): DebugRow[] {
  const { variables: _shownApart, errorDetails, ...data } = inspectionData;
  const rows: DebugRow[] = state === undefined ? [['input', text(input)]] : Object.entries(data).map(([field, value]) => [field, typeof value === 'string' ? value : text(value!)]);
  for (const field of ['error', 'cause', 'assignedVariables'] as const) {
    const value = event.details?.[field];
    if (value !== undefined) rows.push([field, text(value)]);
  }
  if (errorDetails !== undefined) rows.push(['errorDetails', text(errorDetails)]);
  if (output !== undefined) rows.push(['output', text(output)]);
  return rows;
}

export function variableRows({ variables }: Position): DebugRow[] {
  return Object.entries(variables).map(([name, value]) => [`$${name}`, text(value!)]);
}

export function waitRows({ waits, time }: Position): DebugRow[] {
  return waits.map(({ path, for: what, since }) => [path, `${WAITS[what]}, for ${formatDuration(time - since)} so far`]);
}

/** Most children that are listed. */
const LISTED = 100;

/** The children of a distributed Map, and how each ended. */
export function childRows(position: Position): DebugRow[] {
  const rows = position.children.slice(0, LISTED).map((child): DebugRow => [childName(position, child), `${child.recording.length} events, ${child.recording.at(-1)!.event.type}`]);
  return position.children.length > LISTED ? [...rows, ['…', `and ${position.children.length - LISTED} more`]] : rows;
}

/** `Orders[2]` */
export function childName({ path }: Position, { index }: RecordedChild): string {
  return `${pathText(path)}[${index}]`;
}

const WAITS = { work: 'its work', time: 'its time', retry: 'its next attempt' } as const;

function text(value: Json): string {
  return JSON.stringify(value);
}
