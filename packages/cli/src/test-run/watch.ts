import { existsSync, watch as watchFolder, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findTestFiles } from './find-test-files.ts';
import type { LoadedTestFile } from './load-test-file.ts';
import { runTestFile, type TestFileReport } from './run-test-file.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 15;

export interface Watch {
  /** Ends when the signal aborts. */
  readonly signal: AbortSignal;
  /** Told after each round: what was run again, and every report there is. */
  readonly ran: (again: readonly TestFileReport[], all: readonly TestFileReport[]) => void;
}

/** Runs test files, and again whenever something they are made of changes: only those that it concerns. */
export async function watchTests(paths: readonly string[], cwd: string, { signal, ran }: Watch): Promise<void> {
  const reports = new Map<string, TestFileReport>();
  /** Test files by what they are made of. */
  const dependents = new Map<string, Set<string>>();
  const folders = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let there = new Set(findTestFiles(paths, cwd));
  let wake: () => void = () => undefined;

  const follow = (file: string): void => {
    const folder = dirname(file);
    if (folders.has(folder)) return;
    folders.set(folder, watchFolder(folder, (_event, name) => {
      if (name === null) return;
      changed.add(resolve(folder, name));
      wake();
    }));
  };
  const run = async (files: readonly string[]): Promise<void> => {
    const again: TestFileReport[] = [];
    for (const file of files) {
      follow(resolve(cwd, file));
      const loaded = ({ dependencies }: LoadedTestFile): void => {
        for (const dependency of dependencies) {
          const absolute = resolve(cwd, dependency);
          dependents.set(absolute, (dependents.get(absolute) ?? new Set()).add(file));
          follow(absolute);
        }
      };
      const report = await runTestFile(file, cwd, { loaded });
      reports.set(file, report);
      again.push(report);
    }
    ran(again, [...reports.values()]);
  };
  const concerned = (): string[] => {
    // A walk through all folders takes longer than most tests, and known files need none.
    if ([...changed].some((path) => !dependents.has(path) || !existsSync(path))) there = new Set(findTestFiles(paths, cwd));
    for (const file of reports.keys()) if (!there.has(file)) reports.delete(file);
    const again = new Set([...changed].flatMap((path) => [...(dependents.get(path) ?? [])]));
    for (const file of there) if (!reports.has(file) || changed.has(resolve(cwd, file))) again.add(file);
    changed.clear();
    return [...again].filter((file) => there.has(file));
  };

  try {
    await run([...there]);
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (changed.size > 0) resolve();
      });
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const files = signal.aborted ? [] : concerned();
      if (files.length > 0) await run(files);
    }
  } finally {
    for (const watcher of folders.values()) watcher.close();
  }
}
