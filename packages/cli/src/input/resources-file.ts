import { isTemplateError } from '@interstate/templates';
import { makeResources, readResources, TestFileError } from '@interstate/testing';
import type { Cloud } from 'interstate';
import { UsageError } from '../usage-error.ts';
import { readDataFile } from './data-file.ts';

/** Makes what a file lists, as under `resources` in a test file, in each cloud it is given. @throws UsageError, here or there */
export function resourcesIn(file: string | undefined, cwd: string): (cloud: Cloud) => Promise<void> {
  if (file === undefined) return async () => undefined;
  const refuse = (error: unknown): never => {
    throw error instanceof TestFileError || isTemplateError(error) ? new UsageError(error.message.startsWith(file) ? error.message : `${file}: ${error.message}`) : error;
  };
  try {
    const calls = readResources(readDataFile(file, cwd), 'resources');
    return (cloud) => makeResources(calls, cloud).catch(refuse);
  } catch (error) {
    return refuse(error);
  }
}
