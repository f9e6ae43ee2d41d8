import type { JsonObject } from '@interstate/kernel';
import { createTimeTravel, type Position, type TimeTravel } from '@interstate/testing';
import { eventJson } from '../commands/report-execution.ts';
import { formatDuration, visible } from '../text.ts';
import { childName, dataRows, placeOf, variableRows } from './debug-rows.ts';

/** Every position from this one to the last. */
export function* everyPosition(session: TimeTravel): Generator<Position> {
  yield session.position;
  while (session.position.index < session.length - 1) yield session.forward();
}

/** Every step with what it brought, children of distributed Maps further in: values that were there for the same state before are left out. */
export function* plainDebug(session: TimeTravel): Generator<string> {
  const known = new Map<string, Map<string, string>>();
  let start: number | undefined;
  for (const position of everyPosition(session)) {
    const { event, time } = position;
    start ??= time;
    const place = placeOf(position);
    yield `#${event.id}  ${formatDuration(time - start)}  ${event.type}${place === '' ? '' : `  ${visible(place)}`}\n`;
    const before = event.type.endsWith('StateEntered') ? undefined : known.get(place);
    const rows = new Map([...dataRows(position), ...variableRows(position)]);
    for (const [name, value] of rows) if (before?.get(name) !== value) yield `      ${visible(name)}  ${visible(value)}\n`;
    known.set(place, rows);
    if (event.type !== 'MapRunStarted') continue;
    for (const child of position.children) {
      yield `      ${visible(childName(position, child))}\n`;
      for (const text of plainDebug(createTimeTravel(child.recording))) yield text.replace(/^(?=.)/gm, '        ');
    }
  }
}

/** A position for programs: the event as `--history` prints it, payloads as values, `inspectionData` as TestState has it, the steps of children where a Map run starts. */
export function positionJson(position: Position): JsonObject {
  const { event, input, effectiveInput, inspectionData, variables, output, waits, children } = position;
  return {
    event: eventJson(event),
    path: placeOf(position),
    input,
    ...(effectiveInput !== undefined && { effectiveInput }),
    inspectionData,
    variables,
    ...(output !== undefined && { output }),
    ...(event.type === 'MapRunStarted' && { children: children.map(({ executionArn, index, recording }) => ({ executionArn, index, steps: [...everyPosition(createTimeTravel(recording))].map(positionJson) })) }),
    waits: waits.map(({ path, for: what, since }) => ({ path, for: what, since: new Date(since).toISOString() })),
  };
}
