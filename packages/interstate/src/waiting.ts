import type { Execution } from '@interstate/core';
import { runningFrames } from '@interstate/core';

/** Says, state by state, what an execution waits for. */
export function explainWaiting(execution: Execution): string {
  const lines = runningFrames(execution).map(({ stateName, waitsFor }) => `- state '${stateName}' waits for ${waitsFor}`);
  return [
    `Execution '${execution.start.executionArn}' can never end: nothing in this cloud brings what it waits for.`,
    ...lines,
    'Answer the task token (SendTaskSuccess or SendTaskFailure), let a worker take the activity, or give the Task a TimeoutSeconds.',
  ].join('\n');
}
