import { resolve } from 'node:path';
import type { HistoryEvent } from '@interstate/core';
import { lambda } from '@interstate/lambda';
import { isServiceError } from '@interstate/service-kit';
import { createCloud, type Cloud, type Execution, type ExecutionResult } from 'interstate';
import { createExecutionTrace, type ExecutionTrace } from '@interstate/testing';
import { resourceFunctions } from '../functions/resource-functions.ts';
import type { ChildExecutions, Progress, ProgressOptions } from '../progress/progress.ts';
import { UsageError } from '../usage-error.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunOptions } from './run-options.ts';

/** An execution under way, and what was seen of it so far. */
export interface WatchedExecution {
  readonly execution: Execution;
  readonly trace: ExecutionTrace;
  readonly children: ChildExecutions;
  readonly progress: Progress | undefined;
  /** As `Execution.result`. */
  result(): Promise<ExecutionResult>;
}

/** Starts an execution in a cloud of its own. @throws UsageError where the service refuses its input */
export async function startWatched(
  prepared: PreparedRun,
  options: RunOptions,
  cwd: string,
  createProgress: (options: ProgressOptions) => Progress | undefined,
): Promise<WatchedExecution> {
  const cloud = cloudFor(prepared, options, cwd);
  const trace = createExecutionTrace();
  const children = { running: 0, succeeded: 0, failed: 0 };
  const progress = createProgress({ trace, now: () => cloud.now() });
  let executionArn: string | undefined;
  cloud.onHistory((arn, event) => {
    executionArn ??= arn;
    if (arn === executionArn) {
      const change = trace.add(event);
      if (change) progress?.changed(change);
    } else if (count(children, event)) progress?.childrenChanged(children);
  });
  try {
    const { definition, type, name, input, makeResources } = prepared;
    await makeResources(cloud);
    const machine = await cloud.states.create({ definition, type, name });
    const execution = await machine.start(input);
    return { execution, trace, children, progress, result: () => keepAlive(execution.result()) };
  } catch (error) {
    progress?.end();
    if (isServiceError(error)) throw new UsageError(`${error.name}: ${error.message}`);
    throw error;
  }
}

function cloudFor({ functions }: PreparedRun, { virtualTime, startTime, s3, seed }: RunOptions, cwd: string): Cloud {
  const cloud = createCloud({
    clock: virtualTime ? 'virtual' : 'real',
    ...(startTime !== undefined && { startTime }),
    ...(s3 !== undefined && { s3: { folder: resolve(cwd, s3) } }),
    ...(seed !== undefined && { seed }),
    // Which functions are missing has been said, in terms of the command line; AWS's error says the rest.
    adapters: [resourceFunctions(functions), lambda({ functions, now: () => cloud.now(), warn: () => undefined })],
  });
  return cloud;
}

function count(children: { -readonly [Key in keyof ChildExecutions]: number }, { type }: HistoryEvent): boolean {
  if (!type.startsWith('Execution')) return false;
  if (type === 'ExecutionStarted') children.running++;
  else {
    children.running--;
    if (type === 'ExecutionSucceeded') children.succeeded++;
    else children.failed++;
  }
  return true;
}

/** Under the real clock, an execution that waits for nothing but a callback would let the process end. */
async function keepAlive<T>(promise: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 2 ** 30);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
}
