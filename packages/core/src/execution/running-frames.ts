import type { Execution } from './execution.ts';
import { frameTree, type Waiting } from './frame.ts';

/** A thread of an execution that is parked, and why. */
export interface RunningFrame {
  readonly stateName: string;
  /** `a task token`, `the end of its call to arn:…`, `its children` … */
  readonly waitsFor: string;
}

/** The innermost threads of an execution with what each waits for. */
export function runningFrames(execution: Execution): RunningFrame[] {
  const running: RunningFrame[] = [];
  for (const frame of frameTree(execution.root)) {
    if (frame.waiting === null || frame.waiting.type === 'children') continue;
    const resource = frame.state.type === 'Task' ? frame.state.resource.arn : '';
    running.push({ stateName: frame.state.name, waitsFor: describe(frame.waiting, resource) });
  }
  return running;
}

function describe(waiting: Waiting, resource: string): string {
  switch (waiting.type) {
    case 'time':
      return 'its time to come';
    case 'retry':
      return 'its next attempt';
    case 'children':
      return 'its branches or iterations';
    case 'mapRun':
      return `the Map run ${waiting.mapRunArn}`;
    case 'task':
      return waiting.phase === 'submitted' ? `an answer to its task token (${resource})` : `${resource} to answer`;
    default:
      return waiting satisfies never;
  }
}

/** Task tokens that wait for an answer, each with the call it belongs to. */
export function openTaskTokens(execution: Execution): Map<string, string> {
  const tokens = new Map<string, string>();
  if (execution.status !== 'RUNNING') return tokens;
  for (const { waiting } of frameTree(execution.root)) {
    if (waiting?.type === 'task' && waiting.token !== null) tokens.set(waiting.token, waiting.callId);
  }
  return tokens;
}
