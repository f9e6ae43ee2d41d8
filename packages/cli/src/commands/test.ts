import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createLogUpdate } from 'log-update';
import { mergeCoverage, type DefinitionSource } from '@interstate/testing';
import { createColors } from '../colors.ts';
import { coverageWanted, type CoverageFlags } from '../coverage/coverage-options.ts';
import { definitionSource } from '../coverage/definition-source.ts';
import { writeCoverage } from '../coverage/write-coverage.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionToRun } from '../input/definition-file.ts';
import type { Output, Terminal } from '../terminal.ts';
import { findTestFiles } from '../test-run/find-test-files.ts';
import { junitXml } from '../test-run/junit.ts';
import { reportText, summaryText, totalsOf } from '../test-run/report-tests.ts';
import type { TestFileReport } from '../test-run/run-test-file.ts';
import { watchTests } from '../test-run/watch.ts';
import { runTestFiles, serveAsWorker, workersFor } from '../test-run/workers.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate test`, as the command line gives them. */
export interface TestOptions extends CoverageFlags {
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
    await serveAsWorker(cwd, options.coverage === true);
    return EXIT.succeeded;
  }
  const color = createColors(stdout, env);
  const coverage = coverageWanted(options);
  if (options.watch) {
    if (coverage) throw new UsageError('--watch runs a part of the tests, and coverage is of all of them: leave out one of the two.');
    return watch(paths, terminal);
  }
  const files = findTestFiles(paths, cwd);
  if (files.length === 0) throw new UsageError('There is no test file: write order.asl.test.json or order.asl.test.yaml beside order.asl.json.');
  const began = performance.now();
  const progress = options.json ? undefined : progressOn(stdout, files.length);
  const reports = await runTestFiles(files, cwd, {
    workers: options.workers ?? workersFor(files.length),
    covers: coverage !== undefined,
    told: (report) => progress?.done(reportText(report, color)),
  });
  progress?.end();
  if (options.junit !== undefined) writeReport(resolve(cwd, options.junit), junitXml(reports));
  stdout.write(options.json ? `${JSON.stringify(reports.map(({ ran: _ran, ...report }) => report), null, 2)}\n` : summaryText(reports, performance.now() - began, color));
  const covers = coverage === undefined || writeCoverage(mergeCoverage(), sourcesOf(reports, cwd), coverage, terminal, options.json ? terminal.stderr : stdout);
  return totalsOf(reports).failed === 0 && covers ? EXIT.succeeded : EXIT.failed;
}

/** The definitions that test files are for, each once, with what ran of them. */
function sourcesOf(reports: readonly TestFileReport[], cwd: string): DefinitionSource[] {
  const byDefinition = new Map<string, NonNullable<TestFileReport['ran']>>();
  for (const { ran } of reports) {
    if (!ran) continue;
    const { path, stateMachine = '' } = ran.tested;
    const key = `${path}\n${stateMachine}`;
    const known = byDefinition.get(key);
    byDefinition.set(key, known ? { ...known, data: mergeCoverage(known.data, ran.data) } : ran);
  }
  return [...byDefinition.values()].map(({ tested: { path, stateMachine, substitutions }, data }) => ({
    ...definitionSource(readDefinitionToRun(path, { cwd, substitutions, logicalId: stateMachine })),
    ran: data,
  }));
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
