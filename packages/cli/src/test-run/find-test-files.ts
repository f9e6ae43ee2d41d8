import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { shownPath } from '../input/shown-path.ts';
import { UsageError } from '../usage-error.ts';

export const TEST_FILE = /\.asl\.test\.(?:json|ya?ml|m?[jt]s)$/;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage']);
/** Folders looked into at most: a test run started at the root of a disk ends. */
const MAX_FOLDERS = 20_000;

/** Test files in these files and folders, as they are shown, in order. @throws UsageError where one does not exist */
export function findTestFiles(paths: readonly string[], cwd: string): string[] {
  const found = new Set<string>();
  let folders = 0;
  const walk = (folder: string): void => {
    if (++folders > MAX_FOLDERS) throw new UsageError(`More than ${MAX_FOLDERS} folders: name the folders that hold tests.`);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) walk(join(folder, entry.name));
      } else if (TEST_FILE.test(entry.name)) found.add(join(folder, entry.name));
    }
  };
  for (const path of paths.length === 0 ? ['.'] : paths) {
    const absolute = resolve(cwd, path);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (!stats) throw new UsageError(`${path}: there is no such file or folder.`);
    if (stats.isDirectory()) walk(absolute);
    else found.add(absolute);
  }
  return [...found].sort().map((file) => shownPath(file, cwd));
}
