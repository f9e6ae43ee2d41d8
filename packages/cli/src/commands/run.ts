import type { HistoryEvent } from '@interstate/core';
import type { Json } from '@interstate/kernel';
import { StuckExecutionError, type ExecutionResult } from 'interstate';
import { createColors } from '../colors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { plainProgress } from '../progress/plain-progress.ts';
import type { Progress, ProgressOptions } from '../progress/progress.ts';
import type { Terminal } from '../terminal.ts';
import { prepareRun } from './prepare-run.ts';
import { endText, eventJson, executionJson } from './report-execution.ts';
import type { RunOptions } from './run-options.ts';
import { startWatched, type WatchedExecution } from './watch-execution.ts';

/** Runs a definition once; progress and timeline go to stderr, the output (or the report) to stdout. @throws UsageError */
export async function run(file: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  let progress: Progress | undefined;
  let watched: WatchedExecution | undefined;
  let interrupted: string | undefined;
  let stopListening: (() => void) | undefined;
  const restoreLog = terminal.captureLog((text) => (progress ? progress.log(text) : void terminal.stderr.write(text)));
  try {
    const prepared = await prepareRun(file, options, terminal);
    if (prepared === undefined) return EXIT.refused;
    const createProgress = await chooseProgress(options, terminal);
    stopListening = terminal.onInterrupt((signal) => {
      interrupted = signal;
      if (watched) stop(watched, signal);
    });
    watched = await startWatched(prepared, options, terminal.cwd, createProgress);
    progress = watched.progress;
    if (interrupted !== undefined) stop(watched, interrupted);
    return await follow(watched, options, terminal);
  } finally {
    stopListening?.();
    progress?.end();
    restoreLog();
  }
}

async function follow(watched: WatchedExecution, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const { execution, progress } = watched;
  try {
    const result = await watched.result();
    progress?.end();
    await print(result, watched, options, terminal);
    return result.status === 'SUCCEEDED' ? EXIT.succeeded : EXIT.failed;
  } catch (error) {
    if (!(error instanceof StuckExecutionError)) throw error;
    progress?.end();
    const { executionArn } = execution;
    if (options.json) terminal.stdout.write(jsonText({ executionArn, status: execution.status(), problem: error.message }));
    else terminal.stderr.write(`${createColors(terminal.stderr, terminal.env).red('✗')} ${error.message}\n`);
    return EXIT.failed;
  }
}

function stop({ execution }: WatchedExecution, signal: string): void {
  void execution.stop({ error: 'Interrupted', cause: `Stopped by ${signal}.` });
}

async function print(result: ExecutionResult, { execution, trace, children }: WatchedExecution, options: RunOptions, terminal: Terminal): Promise<void> {
  const { stdout, stderr, env } = terminal;
  const color = createColors(stderr, env);
  const events = execution.history();
  const history = options.history ? events : undefined;
  const query = options.query === undefined ? undefined : await runQuery(options.query, result, history);
  if (options.json) return void stdout.write(jsonText({ ...executionJson(result, query ? undefined : history), ...(query && { query: query.found ?? null }) }));

  const shown = query ? query.found : history ? history.map(eventJson) : result.output;
  if (shown !== undefined) stdout.write(jsonText(shown));
  else if (query && (history ?? result.output) !== undefined) {
    stderr.write(`${color.yellow('warning')} --query '${options.query}' leads to nothing in the ${history ? 'history' : 'output'}.\n`);
  }
  if (options.timeline) {
    const { drawTimeline } = await import('../timeline/timeline.ts');
    stderr.write(`\n${drawTimeline(trace.visits, { color, columns: stderr.columns ?? 100, from: result.startTime, to: result.stopTime })}\n\n`);
  }
  stderr.write(endText(result, { trace, children, eventCount: events.length }, color));
}

async function runQuery(path: string, { output }: ExecutionResult, history: readonly HistoryEvent[] | undefined): Promise<{ readonly found: Json | undefined }> {
  const { evaluateQuery } = await import('../query.ts');
  const subject = history ? history.map(eventJson) : output;
  return { found: subject === undefined ? undefined : evaluateQuery(path, subject) };
}

/** How to show an execution: lines that move on a terminal, lines that stay elsewhere, nothing for programs. */
async function chooseProgress({ progress, json }: RunOptions, { stderr, env }: Terminal): Promise<(options: ProgressOptions) => Progress | undefined> {
  if (!progress || json) return () => undefined;
  const color = createColors(stderr, env);
  if (!stderr.isTTY) return (options) => plainProgress(stderr, color, options);
  const { liveProgress } = await import('../progress/live-progress.ts');
  return (options) => liveProgress(stderr, color, options);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
