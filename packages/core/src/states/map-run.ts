import { nextUint32, nextUuid, type Json, type JsonObject } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import { applyInput } from '../flow/input.ts';
import { TOUCHED_DATA, type Frame } from '../execution/frame.ts';
import { MAP_RUN_KIND, type MapRunStart } from '../execution/map-run.ts';
import { park } from '../execution/park.ts';
import type { Run } from '../execution/run.ts';
import { nextCallId } from '../execution/task-token.ts';
import type { DistributedMap } from './distributed-map.ts';
import { finishMap, readItems, readMaxConcurrency, type MapState } from './map.ts';

/** Starts a Map run: a machine of its own that reads the items and runs the child executions. */
export function enterDistributedMap(run: Run, frame: Frame, state: MapState, map: DistributedMap): void {
  const { execution } = run;
  const { start } = execution;
  if (frame.mapRun) return redriveMapRun(run, frame, frame.mapRun);
  const input = applyInput(state.inputFlow, run);
  const items = map.reader ? null : readItems(run, state);
  const maxConcurrency = readMaxConcurrency(run, state);
  const maxItems = map.reader?.maxItems?.(run);
  run.record(frame, 'MapStateStarted', { length: items?.length ?? 0 });
  const tolerated = readTolerance(run, map);
  const label = map.label ?? state.name.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 8) + nextUuid(run.random).slice(0, 8);
  const mapRunArn = `${start.stateMachineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${nextUuid(run.random)}`;
  const callId = nextCallId(execution, frame);
  execution.nextCallNumber++;
  const request: MapRunStart = {
    type: 'start',
    mapRunArn,
    label,
    replyTo: { address: start.executionArn, callId },
    programId: start.programId,
    state: { group: frame.group.index, name: state.name },
    execution: start,
    executionType: map.executionType,
    items,
    reader: map.reader
      ? {
          Resource: map.reader.resource,
          Parameters: map.reader.parameters(run),
          ReaderConfig: { ...withoutPaths(map.reader.config), ...(maxItems !== undefined && { MaxItems: maxItems }) },
        }
      : null,
    batcher: map.batcher
      ? {
          MaxItemsPerBatch: map.batcher.maxItems?.(run) ?? null,
          MaxInputBytesPerBatch: map.batcher.maxBytes?.(run) ?? null,
          ...(map.batcher.input && { BatchInput: map.batcher.input(run) }),
        }
      : null,
    writer: map.writer
      ? { Resource: map.writer.resource ?? null, Parameters: map.writer.parameters?.(run) ?? null, WriterConfig: map.writer.config }
      : null,
    ...tolerated,
    maxConcurrency,
    scope: { input, context: run.context(), variables: visibleVariables(frame) },
    // Drawn, not copied: a copy would run through the same numbers as this execution and its other Map runs.
    seed: [nextUint32(run.random), nextUint32(run.random), nextUint32(run.random), nextUint32(run.random)],
  };
  run.record(frame, 'MapRunStarted', { mapRunArn });
  frame.mapRun = { arn: mapRunArn, redriveCount: 0 };
  park(frame, { type: 'mapRun', callId, mapRunArn });
  frame.touched |= TOUCHED_DATA;
  run.effects.push({ type: 'spawn', kind: MAP_RUN_KIND, address: mapRunArn, notice: null });
  run.effects.push({ type: 'call', to: mapRunArn, callId, request: request as unknown as Json });
}

/** Redrives of one Map run, as the service bounds them. */
const MOST_REDRIVES = 1000;

/** The execution is redriven: its Map run goes on with the children that did not succeed and the items not yet begun. */
function redriveMapRun(run: Run, frame: Frame, mapRun: NonNullable<Frame['mapRun']>): void {
  if (mapRun.redriveCount >= MOST_REDRIVES) throw new Fault('States.Runtime', `The Map Run cannot be redriven more than ${MOST_REDRIVES} times.`);
  const callId = nextCallId(run.execution, frame);
  run.execution.nextCallNumber++;
  const { arn } = mapRun;
  const redriveCount = mapRun.redriveCount + 1;
  frame.mapRun = { arn, redriveCount };
  run.record(frame, 'MapRunRedriven', { mapRunArn: arn, redriveCount });
  park(frame, { type: 'mapRun', callId, mapRunArn: arn });
  run.effects.push({ type: 'call', to: arn, callId, request: { type: 'redrive' } });
}

function withoutPaths(config: JsonObject): JsonObject {
  const { MaxItemsPath: _path, ...rest } = config;
  return rest;
}

function readTolerance(run: Run, map: DistributedMap): Pick<MapRunStart, 'toleratedFailureCount' | 'toleratedFailurePercentage'> {
  const count = map.toleratedFailureCount?.(run);
  const percentage = map.toleratedFailurePercentage?.(run);
  if (count !== undefined && count < 0) throw new Fault('States.Runtime', 'ToleratedFailureCount cannot be negative.');
  if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
    throw new Fault('States.Runtime', 'ToleratedFailurePercentage must be between 0 and 100.');
  }
  if (count !== undefined) run.observe?.('ToleratedFailureCount', count);
  if (percentage !== undefined) run.observe?.('ToleratedFailurePercentage', percentage);
  return { toleratedFailureCount: count ?? null, toleratedFailurePercentage: percentage ?? null };
}

function visibleVariables(frame: Frame): JsonObject {
  return frame.parent ? { ...visibleVariables(frame.parent), ...frame.variables } : { ...frame.variables };
}

/** The Map run has succeeded. */
export function finishDistributedMap(run: Run, frame: Frame, state: MapState, result: Json): void {
  const started = frame.chain;
  const succeeded = run.append('MapRunSucceeded', started);
  run.append('MapStateSucceeded', succeeded);
  // Until autumn 2024 the exit followed MapRunSucceeded; since then it follows MapRunStarted.
  if (run.execution.start.asOf !== undefined && run.execution.start.asOf < MAP_RUN_SUCCEEDED_ASIDE) frame.chain = succeeded;
  finishMap(run, frame, state, result);
}

const MAP_RUN_SUCCEEDED_ASIDE = Date.UTC(2024, 9, 1);
