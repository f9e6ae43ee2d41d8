import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rootFolder } from '../workspace/root.ts';

export interface CasesFolder {
  readonly path: string;
  /** True for the folder that the committed floors were measured on. */
  readonly isDefault: boolean;
}

/** Where the recorded cases lie: as named, else `CONFORMANCE_DIR`, else `../shared/conformance` beside the checkout. */
export function casesFolder(named: string | undefined): CasesFolder {
  if (named !== undefined) return { path: resolve(named), isDefault: false };
  const { CONFORMANCE_DIR: fromEnvironment } = process.env;
  return { path: resolve(fromEnvironment ?? join(rootFolder, '../shared/conformance')), isDefault: true };
}

/** A JSON file of the folder, or undefined where there is none. */
export function readCases<T>(...path: readonly string[]): T | undefined {
  const file = join(...path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** Every case recorded from AWS, of all kinds; undefined where the folder has none. */
export function readRecordings(folder: string): { readonly kind: string }[] | undefined {
  const recordings = join(folder, 'aws-recorded');
  if (!existsSync(recordings)) return undefined;
  const files = readdirSync(recordings).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => readCases<{ readonly kind: string }[]>(recordings, file)!);
}
