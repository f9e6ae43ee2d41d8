import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearName } from '@interstate/kernel';
import type { Handler } from './handler.ts';

// In the order Lambda looks, then TypeScript, which newer Node.js versions run as it is.
const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/**
 * Loads the function named as in Lambda's `Handler` setting: `path/file.export`, the file without extension (ES module, CommonJS, or
 * TypeScript where this Node.js runs it); `a/b.nested.export` reaches into exported objects.
 * @param baseDirectory what a relative path starts from; default the working directory.
 * @throws Error where file or export are missing, naming what there is.
 */
export async function loadHandler(handler: string, baseDirectory: string = process.cwd()): Promise<Handler> {
  const slash = Math.max(handler.lastIndexOf('/'), handler.lastIndexOf('\\')) + 1;
  const dots = [...handler.slice(slash).matchAll(/\./g)].map((match) => slash + match.index).filter((dot) => dot > slash && dot < handler.length - 1);
  if (dots.length === 0) throw new Error(`The handler "${handler}" must have the form "path/file.export".`);
  // The file name itself may hold dots: the longest one that exists is meant.
  for (const dot of dots.reverse()) {
    const file = findFile(path.resolve(baseDirectory, handler.slice(0, dot)));
    if (file !== undefined) return exportOf(await importModule(file), handler.slice(dot + 1), handler);
  }
  const stem = path.resolve(baseDirectory, handler.slice(0, dots.at(-1)));
  throw new Error(`The handler "${handler}" names no file: looked for ${stem} with ${EXTENSIONS.slice(1).join(', ')}.`);
}

/**
 * Loads every function a module exports: export name → handler. Functions of a default-exported object count as exports.
 * @param file path of the module, extension optional.
 * @throws Error where the file is missing or exports no function.
 */
export async function loadHandlers(file: string, baseDirectory: string = process.cwd()): Promise<Record<string, Handler>> {
  const found = findFile(path.resolve(baseDirectory, file));
  if (found === undefined) throw new Error(`There is no module "${file}" in ${baseDirectory}.`);
  const members = await importModule(found);
  const handlers = Object.entries(members).filter((entry): entry is [string, Handler] => typeof entry[1] === 'function');
  if (handlers.length === 0) throw new Error(`The module "${file}" exports no function.`);
  return Object.fromEntries(handlers);
}

function findFile(stem: string): string | undefined {
  const candidates = EXTENSIONS.map((extension) => stem + extension);
  return candidates.find((file) => path.extname(file) !== '' && existsSync(file)) ?? EXTENSIONS.slice(1).map((extension) => path.join(stem, `index${extension}`)).find(existsSync);
}

// In the CommonJS build `import()` has become a `require`, which takes paths.
const isRequire = import.meta.url.endsWith('.cjs');

async function importModule(file: string): Promise<Record<string, unknown>> {
  const module = (await import(isRequire ? file : pathToFileURL(file).href)) as Record<string, unknown>;
  const fallback = module['default'];
  // CommonJS arrives as the default export; its own names are detected only in part.
  const inner = typeof fallback === 'object' && fallback !== null ? (fallback as Record<string, unknown>) : {};
  const { default: _, ...named } = module;
  return { ...inner, ...named, ...(typeof fallback === 'function' && { default: fallback }) };
}

function exportOf(members: Record<string, unknown>, exportPath: string, handler: string): Handler {
  let value: unknown = members;
  for (const name of exportPath.split('.')) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  if (typeof value === 'function') return value as Handler;
  const exported = Object.keys(members).filter((name) => typeof members[name] === 'function');
  const near = nearName(exportPath, exported);
  const known = exported.length === 0 ? 'It exports no function.' : `It exports: ${exported.join(', ')}.`;
  throw new Error(`The handler "${handler}" is not exported as a function. ${near === undefined ? '' : `Did you mean "${near}"? `}${known}`);
}
