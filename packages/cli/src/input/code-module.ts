import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importFault } from '../functions/load-functions.ts';

export function isCodeFile(file: string): boolean {
  return /\.m?[jt]s$/.test(file);
}

/** Loads a module, anew where it has changed. @param file relative to `cwd` @throws UsageError */
export async function importAnew(path: string, cwd: string): Promise<Readonly<Record<string, unknown>>> {
  const file = resolve(cwd, path);
  try {
    // What is CommonJS is kept by its path, the others by their whole address.
    delete createRequire(file).cache[file];
    return (await import(/* @vite-ignore */ `${pathToFileURL(file).href}?changed=${statSync(file).mtimeMs}`)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw importFault('It cannot be loaded', error, cwd);
  }
}
