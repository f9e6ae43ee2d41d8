import { readCodeTests } from '@interstate/testing';
import { importAnew } from '../input/code-module.ts';

/** Loads a module of tests, anew where it has changed. @param file absolute @throws UsageError, TestFileError */
export async function loadCodeTests(file: string): Promise<ReturnType<typeof readCodeTests>> {
  return readCodeTests(await importAnew(file));
}
