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
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
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

/** A running or ended execution: a small root, and the tree of frames. */
export interface Execution {
  readonly start: StartNotice;
  readonly program: Program;
  readonly limits: ExecutionLimits;
  startTime: EpochMs;
  /** Null until something random is asked for. */
  random: RandomState | null;
  /** Key of the task tokens' hash; drawn when the first token is made. */
  tokenKey: string;
  status: ExecutionStatus;
  stopTime: EpochMs;
  output: Json | undefined;
  error: string | undefined;
  cause: string | undefined;
  lastEventId: number;
  nextFrameId: number;
  nextCallNumber: number;
  redriveCount: number;
  redriveTime: EpochMs;
  /** Client tokens of the last redrives, newest last; null until the first. */
  redriveTokens: readonly { readonly token: string; readonly time: EpochMs }[] | null;
  /** True once the timer of its own time-out is set. */
  bounded: boolean;
  readonly root: Frame;
  /** Frames other than the root, by id; null until there are any. */
  frames: Map<number, Frame> | null;
  /** Frames that can run, in order. */
  ready: Frame[] | null;
  /** Frames whose children failed, waiting for what else is due now. */
  failing: Frame[] | null;
  /** Records gone since the last save. */
  dropped: string[] | null;
  startTouched: boolean;
}

/** Lets a frame run when those before it have. */
export function makeReady(execution: Execution, frame: Frame): void {
  if (execution.ready === null) execution.ready = [frame];
  else execution.ready.push(frame);
}

export function frameById(execution: Execution, id: number): Frame | undefined {
  return id === 0 ? execution.root : execution.frames?.get(id);
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
