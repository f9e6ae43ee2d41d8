import type { EpochMs, Json, JsonObject, RandomState } from '@interstate/kernel';
import type { Program } from '../program/program.ts';
import type { Frame } from './frame.ts';
import type { ExecutionLimits } from './limits.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What starts an execution: the notice its machine is spawned with. All of it is JSON. */
export interface StartNotice {
  readonly type: 'start';
  /** Name of the program in the host's library. */
  readonly programId: string;
  /** The group to run: 0 for the machine itself, a Map processor's index for a child execution. */
  readonly group?: number;
  readonly input: Json;
  /** Ends in the execution's name; that of an Express execution may have one part more. */
  readonly executionArn: string;
  /** Without version or alias; ends in the state machine's name. */
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly executionType?: 'STANDARD' | 'EXPRESS';
  /** False keeps no history (default true). */
  readonly history?: boolean;
  /** Limits relaxed by name. */
  readonly limits?: Partial<ExecutionLimits>;
  /** 128-bit seed as four unsigned 32-bit words; may be the same for all executions of a spawner. */
  readonly seed: readonly [number, number, number, number];
  /** Machines that hear of the end, by a notice `{ type: 'executionEnded', …ExecutionEnd }`. */
  readonly notify?: readonly string[];
  /** Who is told of task tokens: the directory of the Step Functions service. */
  readonly directory?: string;
  /** `Map.Item` of the context object, for child executions. */
  readonly mapItem?: JsonObject;
  /** ARN of the Map run a child execution belongs to. */
  readonly mapRunArn?: string;
  readonly traceHeader?: string;
  /** Behave as the service did at this time (milliseconds since 1970), where it has changed since; default: as today. */
  readonly asOf?: number;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
}

/**
 * An execution: a small root, and the tree of frames. Very many wait at once, so what few need stands in objects of its own.
 * `start`, `program`, `limits` and `root` are there once it has been started.
 */
export class Execution {
  start!: StartNotice;
  program!: Program;
  limits!: ExecutionLimits;
  root!: Frame;
  startTime: EpochMs = 0;
  status: ExecutionStatus = 'RUNNING';
  /** How it ended; null while it runs. */
  ending: ExecutionEnding | null = null;
  /** Null until the first redrive. */
  redrives: Redrives | null = null;
  /** Null until something random is asked for. */
  chance: Chance | null = null;
  lastEventId = 0;
  nextCallNumber = 1;
  /** True once the timer of its own time-out is set. */
  bounded = false;
  /** Frames that can run, in order. */
  ready: Frame[] | null = null;
  /** Null until there is a frame other than the root. */
  offspring: Offspring | null = null;
  startTouched = true;

  get isStarted(): boolean {
    return this.start !== undefined;
  }
}

/** What an execution has when its root has had children. */
export interface Offspring {
  nextId: number;
  /** Frames other than the root, by id. */
  readonly frames: Map<number, Frame>;
  /** Frames whose children failed, waiting for what else is due now. */
  failing: Frame[] | null;
  /** What is gone since the last save. */
  dropped: Dropped | null;
}

/** Records that the next save takes out. */
export interface Dropped {
  /** Ids of frames. */
  readonly frames: number[];
  /** Joins, by their frame's id and the length of their results. */
  readonly joins: (readonly [frameId: number, results: number])[];
}

export interface ExecutionEnding {
  readonly stopTime: EpochMs;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

export interface Redrives {
  readonly count: number;
  /** Of the last. */
  readonly time: EpochMs;
  /** Client tokens of the last ones, newest last. */
  readonly tokens: readonly { readonly token: string; readonly time: EpochMs }[];
}

/** The execution's own generator, and what has been drawn from it for good. */
export interface Chance {
  readonly random: RandomState;
  /** Key of the task tokens' hash; empty until the first token is made. */
  tokenKey: string;
}

export function redriveCountOf({ redrives }: Execution): number {
  return redrives?.count ?? 0;
}

/** Lets a frame run when those before it have. */
export function makeReady(execution: Execution, frame: Frame): void {
  if (execution.ready === null) execution.ready = [frame];
  else execution.ready.push(frame);
}

/** A host that keeps records has taken these already; one that does not must not pay for them. */
export function forgetDropped({ offspring }: Execution): void {
  if (offspring) offspring.dropped = null;
}

export function frameById(execution: Execution, id: number): Frame | undefined {
  return id === 0 ? execution.root : execution.offspring?.frames.get(id);
}

/** What an execution tells those it notifies when it goes on after a redrive. */
export interface ExecutionRedriven {
  readonly type: 'executionRedriven';
  readonly executionArn: string;
  readonly redriveCount: number;
  readonly redriveTime: EpochMs;
}

/** What an ended execution tells those it notifies. */
export interface ExecutionEnd {
  readonly type: 'executionEnded';
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly startTime: EpochMs;
  readonly stopTime: EpochMs;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** How often it has been redriven; absent for never. */
  readonly redriveCount?: number;
  /** True where it failed for good: no redrive is possible any more. */
  readonly final?: true;
}
