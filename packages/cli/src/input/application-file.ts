import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isJsonObject, nearName, type Json } from '@interstate/kernel';
import type { Application, ChaosOptions } from '@interstate/testing';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { importAnew } from './code-module.ts';

/** What a module says of an application: the default export builds it; `options` are what chaos takes besides. */
export interface ApplicationFile extends Pick<ChaosOptions, 'functions' | 'properties'> {
  readonly application: Application;
}

const OPTIONS = ['functions', 'properties'];

/** Loads a module that exports an application. @throws UsageError */
export async function loadApplication(file: string, cwd: string): Promise<ApplicationFile> {
  if (!existsSync(resolve(cwd, file))) throw new UsageError(`${visible(file)}: There is no such file.`);
  try {
    return readApplication(await importAnew(file, cwd));
  } catch (error) {
    throw new UsageError(`${visible(file)}: ${(error as Error).message}`);
  }
}

function readApplication({ default: application, options = {} }: Readonly<Record<string, unknown>>): ApplicationFile {
  if (typeof application !== 'function') throw new UsageError('It has no default export that builds an application: export default async function (cloud) { …; return { stimulus() { … }, outcome() { … } }; }');
  if (!isJsonObject(options as Json)) throw new UsageError('options: must be an object.');
  for (const [name, value] of Object.entries(options as object)) {
    const near = nearName(name, OPTIONS);
    if (!OPTIONS.includes(name)) throw new UsageError(`options.${name}: is not known here.${near === undefined ? ` Known: ${OPTIONS.join(', ')}.` : ` Did you mean ${near}?`}`);
    if (!isJsonObject(value as Json)) throw new UsageError(`options.${name}: must be an object of functions.`);
    for (const [member, each] of Object.entries(value as object)) if (typeof each !== 'function') throw new UsageError(`options.${name}.${member}: must be a function.`);
  }
  return { application: application as Application, ...(options as Pick<ApplicationFile, 'functions' | 'properties'>) };
}
