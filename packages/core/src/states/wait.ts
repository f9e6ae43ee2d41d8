import type { EpochMs, Json } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon } from '../program/program.ts';
import { below, counted, type Site } from '../program/site.ts';
import { Fault } from '../fault.ts';
import { applyInput, applyOutputPath, compileInput, type InputFlow } from '../flow/input.ts';
import { compileResult, type ResultFlow } from '../flow/result.ts';
import { parseTimestamp } from '../flow/timestamp.ts';
import { compileAslPath } from '../query/asl-path.ts';
import { compileJsonataText, compileTypedJsonata, isJsonataText } from '../query/jsonata-template.ts';
import { waitUntil } from '../execution/park.ts';
import { leave } from '../execution/transition.ts';
import type { Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';

/** Implements the Wait state. @see https://states-language.net/#wait-state */
export interface WaitState extends StateCommon {
  readonly type: 'Wait';
  readonly inputFlow: InputFlow;
  readonly resultFlow: ResultFlow;
  readonly until: (run: Run) => EpochMs;
}

const LONGEST_WAIT_SECONDS = 2 ** 31 - 1;

export function compileWait(raw: RawState, { common, site }: StateCompiler): WaitState {
  return {
    ...common,
    type: 'Wait',
    inputFlow: compileInput(raw, site),
    resultFlow: compileResult(raw, site),
    until: compileUntil(raw, site),
  };
}

export function enterWait(run: Run, frame: Frame, state: WaitState): void {
  const input = applyInput(state.inputFlow, run);
  const at = state.until(run);
  if (at - run.now > LONGEST_WAIT_SECONDS * 1000) throw new Fault('States.Runtime', 'Wait state delay is too long.');
  const { output, assign, outputPath } = state.resultFlow;
  const assigned = assign?.(run);
  const result = output === undefined ? applyOutputPath(outputPath, run, input) : output(run);
  if (at <= run.now) leave(run, frame, result, assigned);
  else waitUntil(run, frame, at, result, assigned);
}

function compileUntil(raw: RawState, site: Site): (run: Run) => EpochMs {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = raw;
  if (isJsonataText(Seconds)) {
    const seconds = compileTypedJsonata(Seconds, below(site, 'Seconds'), 'number');
    return (run) => run.now + wholeSeconds(seconds(run), 'Seconds') * 1000;
  }
  if (typeof Seconds === 'number') return (run) => run.now + Seconds * 1000;
  // What a deployment tool was to fill in: no wait at all, as such a limit elsewhere is none.
  if (Seconds !== undefined) return (run) => run.now;
  if (typeof SecondsPath === 'string') return counted(below(site, 'SecondsPath'), compileSecondsPath(SecondsPath));
  if (isJsonataText(Timestamp)) {
    const timestamp = compileJsonataText(Timestamp, below(site, 'Timestamp'));
    return (run) => instant(timestamp(run), 'Timestamp');
  }
  if (typeof Timestamp === 'string') return () => instant(Timestamp, 'Timestamp');
  return counted(below(site, 'TimestampPath'), compileTimestampPath(TimestampPath as string));
}

function wholeSeconds(value: Json, field: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  const problem = typeof value === 'number' && value < 0 ? 'must not be negative' : 'must be an integer';
  throw new Fault('States.QueryEvaluationError', `The ${field} field ${problem}, but was: ${JSON.stringify(value)}`, field, true);
}

function instant(value: Json, field: string): EpochMs {
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const problem = `cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown}`;
  throw new Fault('States.QueryEvaluationError', `The ${field} field ${problem}`, field, true);
}

function compileSecondsPath(text: string): (run: Run) => EpochMs {
  const path = compileAslPath(text);
  return (run) => {
    const value = path.find(run);
    if (value === undefined) throw new Fault('States.Runtime', `The SecondsPath parameter does not reference an input value: ${text}`);
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw new Fault('States.Runtime', `The SecondsPath parameter cannot be parsed as a long value: ${text} == ${shown}`);
    }
    if (value < 0) throw new Fault('States.Runtime', `The SecondsPath parameter references a negative value: ${text} == ${shown}`);
    return run.now + value * 1000;
  };
}

function compileTimestampPath(text: string): (run: Run) => EpochMs {
  const path = compileAslPath(text);
  return (run) => {
    const value = path.find(run);
    if (value === undefined) throw new Fault('States.Runtime', `The TimestampPath parameter does not reference an input value: ${text}`);
    const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (time !== undefined) return time;
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    const problem = 'does not reference a valid ISO-8601 extended offset date-time format string';
    throw new Fault('States.Runtime', `The TimestampPath parameter ${problem}: ${text} == ${shown}`);
  };
}
