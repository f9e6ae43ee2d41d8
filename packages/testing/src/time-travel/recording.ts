import type { FlowStage, Frame, HistoryEvent, StartNotice, State, Watcher } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';

/** A part of the way to a state: a Map with the number of an item, a Parallel with the number of a branch, at last the state. */
export interface PathPart {
  readonly state: string;
  /** Item or branch; undefined where the path ends. */
  readonly index?: number;
}

/** One stay of a thread in a state, with what its fields came to. */
export interface RecordedVisit {
  readonly state: State;
  readonly path: readonly PathPart[];
  readonly input: Json;
  /** Values in the order they were reached, each with the number of the first event by which it is there. */
  readonly stages: { readonly stage: FlowStage; readonly value: Json; readonly from: number }[];
  /** The inputs of a Map's iterations, as its ItemSelector made them. */
  readonly iterations: { readonly index: number; readonly input: Json; readonly from: number }[];
  /** Of a distributed Map: the children of each attempt, with the number of the event that began it. */
  readonly mapRuns: { readonly children: readonly RecordedChild[]; readonly from: number }[];
}

/** A child execution of a distributed Map. */
export interface RecordedChild {
  readonly executionArn: string;
  /** Of its item; of its batch, where there are batches. */
  readonly index: number;
  readonly recording: Recording;
}

/** An event, and the state it belongs to. */
export interface RecordedStep {
  readonly event: HistoryEvent;
  /** Undefined for what the execution itself does: start and end. */
  readonly visit: RecordedVisit | undefined;
  /** Variables in scope once it happened. */
  readonly variables: JsonObject;
}

/** All that an execution did, event by event. */
export type Recording = readonly RecordedStep[];

export interface Recorder {
  /** For the options of a cloud, an engine or `replay`. */
  readonly watcher: Watcher;
  /** Recordings by the execution's ARN, in the order they began; the children of a distributed Map have their own, and stand in the Map's visit. */
  readonly recordings: ReadonlyMap<string, Recording>;
}

/** What a failure came to is told after the event that says so; everything else before the event it leads to. */
const TOLD_AFTER: ReadonlySet<FlowStage> = new Set<FlowStage>(['Failure', 'Retry', 'Catch']);

const NONE: JsonObject = Object.freeze({});

/** Records executions as they run. */
export function createRecorder(): Recorder {
  const recordings = new Map<string, RecordedStep[]>();
  const visits = new WeakMap<Frame, RecordedVisit>();
  const variables = new WeakMap<Frame, JsonObject>();
  const mapRuns = new Map<string, RecordedChild[]>();

  const stepsOf = (executionArn: string): RecordedStep[] => {
    let steps = recordings.get(executionArn);
    if (!steps) recordings.set(executionArn, (steps = []));
    return steps;
  };
  const childrenOf = (mapRunArn: string): RecordedChild[] => {
    let children = mapRuns.get(mapRunArn);
    if (!children) mapRuns.set(mapRunArn, (children = []));
    return children;
  };
  const begin = ({ executionArn, mapRunArn, mapItem }: StartNotice, recording: Recording): void => {
    if (mapRunArn === undefined) return;
    const siblings = childrenOf(mapRunArn);
    siblings.push({ executionArn, index: typeof mapItem?.['Index'] === 'number' ? mapItem['Index'] : siblings.length, recording });
  };
  const inScope = (frame: Frame): JsonObject => {
    let known = variables.get(frame);
    if (!known) variables.set(frame, (known = { ...(frame.parent && inScope(frame.parent)), ...frame.variables }));
    return known;
  };
  const enter = (frame: Frame, from: number): RecordedVisit => {
    const visit: RecordedVisit = { state: frame.state, path: pathOf(frame), input: frame.input, stages: [], iterations: [], mapRuns: [] };
    visits.set(frame, visit);
    const { parent } = frame;
    if (parent?.state.type === 'Map' && frame.state === frame.group.startAt) visits.get(parent)?.iterations.push({ index: frame.index, input: frame.input, from });
    return visit;
  };

  return {
    recordings,
    watcher: {
      reached(execution, frame, stage, value) {
        const { length } = stepsOf(execution.start.executionArn);
        visits.get(frame)?.stages.push({ stage, value, from: TOLD_AFTER.has(stage) ? length - 1 : length });
      },
      recorded(execution, frame, event) {
        const steps = stepsOf(execution.start.executionArn);
        if (event.type === 'ExecutionStarted') begin(execution.start, steps);
        if (frame === null) {
          // It follows an event of the thread it is about, but starts and ends of executions are about none.
          const before = event.type.startsWith('Execution') ? undefined : steps[event.previousEventId - 1];
          return void steps.push({ event, visit: before?.visit, variables: before?.variables ?? NONE });
        }
        if (event.details?.['assignedVariables'] !== undefined) variables.delete(frame);
        const visit = event.type.endsWith('StateEntered') ? enter(frame, steps.length) : visits.get(frame);
        if (event.type === 'MapRunStarted') visit?.mapRuns.push({ children: childrenOf(event.details!['mapRunArn'] as string), from: steps.length });
        steps.push({ event, visit, variables: inScope(frame) });
      },
    },
  };
}

function pathOf(frame: Frame): PathPart[] {
  const path: PathPart[] = [{ state: frame.state.name }];
  for (let at = frame; at.parent !== null; at = at.parent) path.unshift({ state: at.parent.state.name, index: at.index });
  return path;
}

/** `Orders[2]/ChargeCard` */
export function pathText(path: readonly PathPart[]): string {
  return path.map(({ state, index }) => (index === undefined ? state : `${state}[${index}]`)).join('/');
}
