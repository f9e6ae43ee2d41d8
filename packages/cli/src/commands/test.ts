import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createLogUpdate } from 'log-update';
import { createColors } from '../colors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Output, Terminal } from '../terminal.ts';
import { findTestFiles } from '../test-run/find-test-files.ts';
import { junitXml } from '../test-run/junit.ts';
import { reportText, summaryText, totalsOf } from '../test-run/report-tests.ts';
import type { TestFileReport } from '../test-run/run-test-file.ts';
import { watchTests } from '../test-run/watch.ts';
import { runTestFiles, serveAsWorker, workersFor } from '../test-run/workers.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate test`, as the command line gives them. */
export interface TestOptions {
  readonly watch?: boolean;
  readonly junit?: string;
  readonly json?: boolean;
  readonly workers?: number;
  /** This process is a worker of another. */
  readonly worker?: boolean;
}

/** Runs test files; reports go to stdout. @throws UsageError */
export async function test(paths: readonly string[], options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout, cwd, env } = terminal;
  if (options.worker) {
    await serveAsWorker(cwd);
    return EXIT.succeeded;
  }
  const color = createColors(stdout, env);
  if (options.watch) return watch(paths, terminal);
  const files = findTestFiles(paths, cwd);
  if (files.length === 0) throw new UsageError('There is no test file: write order.asl.test.json or order.asl.test.yaml beside order.asl.json.');
  const began = performance.now();
  const progress = options.json ? undefined : progressOn(stdout, files.length);
  const reports = await runTestFiles(files, cwd, options.workers ?? workersFor(files.length), (report) => {
    if (progress) progress.done(reportText(report, color));
  });
  progress?.end();
  if (options.junit !== undefined) writeReport(resolve(cwd, options.junit), junitXml(reports));
  stdout.write(options.json ? `${JSON.stringify(reports, null, 2)}\n` : summaryText(reports, performance.now() - began, color));
  return totalsOf(reports).failed === 0 ? EXIT.succeeded : EXIT.failed;
}

function writeReport(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`--junit ${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
}

/** On a terminal a line at the bottom says how far it is. */
function progressOn(stdout: Output, total: number): { done(text: string): void; end(): void } {
  if (stdout.isTTY !== true) return { done: (text) => void stdout.write(text), end: () => undefined };
  const view = createLogUpdate(stdout as unknown as NodeJS.WritableStream);
  let done = 0;
  return {
    done(text) {
      done++;
      view.persist(text.trimEnd());
      view(`${done} of ${total} files`);
    },
    end: () => view.clear(),
  };
}

async function watch(paths: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { stdout, cwd, env } = terminal;
  const color = createColors(stdout, env);
  const stop = new AbortController();
  const release = terminal.onInterrupt(() => stop.abort());
  let failed = 0;
  try {
    await watchTests(paths, cwd, {
      signal: stop.signal,
      ran(again: readonly TestFileReport[], all: readonly TestFileReport[]) {
        ({ failed } = totalsOf(all));
        const took = again.reduce((sum, { tests }) => sum + tests.reduce((inner, { tookMs }) => inner + tookMs, 0), 0);
        stdout.write(`${again.map((report) => reportText(report, color)).join('')}${summaryText(all, took, color)}${color.dim('watching; Ctrl-C ends')}\n`);
      },
    });
  } finally {
    release();
  }
  return failed === 0 ? EXIT.succeeded : EXIT.failed;
}
