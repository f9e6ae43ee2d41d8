import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CoverageDataError, readCoverageData, type CoverageData } from '@interstate/testing';
import { readTextFile } from '../input/text-file.ts';
import { UsageError } from '../usage-error.ts';

/** Reads the files `….coverage.json` of a folder. @throws UsageError where there is none, or one is no coverage data */
export function readCoverageFolder(folder: string, cwd: string): CoverageData[] {
  const names = namesIn(folder, cwd).filter((name) => name.endsWith('.coverage.json'));
  if (names.length === 0) throw new UsageError(`${folder}: there is no file named ….coverage.json; tests with collectCoverageIn write them, and \`interstate test --coverage-reporter raw\`.`);
  return names.sort().map((name) => readData(join(folder, name), cwd));
}

function namesIn(folder: string, cwd: string): string[] {
  try {
    return readdirSync(resolve(cwd, folder));
  } catch (error) {
    throw new UsageError(`${folder}: the folder cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
}

function readData(file: string, cwd: string): CoverageData {
  const text = readTextFile(file, cwd);
  try {
    return readCoverageData(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof CoverageDataError || error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file}: this is no coverage data. ${error.message}`);
  }
}
