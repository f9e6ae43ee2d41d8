import type { Handler } from '@interstate/lambda';
import { loadHandlers } from '@interstate/lambda/node';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Loads the functions a module exports, by name; those of a default-exported object too, whose keys may be ARNs.
 * @throws UsageError where it cannot be loaded, with what its code threw
 */
export async function loadFunctions(module: string | undefined, cwd: string): Promise<Readonly<Record<string, Handler>>> {
  if (module === undefined) return {};
  try {
    return await loadHandlers(module, cwd);
  } catch (error) {
    throw importFault(`--functions ${module}`, error);
  }
}

/** Why a module cannot be loaded. @param named what asked for it */
export function importFault(named: string, error: unknown): UsageError {
  const { code, message, stack } = error instanceof Error ? (error as NodeJS.ErrnoException) : (new Error(String(error)) as NodeJS.ErrnoException);
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts/.test(message)) {
    return new UsageError(
      `${named}: Node.js ${process.versions.node} does not run TypeScript by itself. ` +
        "Use Node.js 22.18 or newer, set NODE_OPTIONS='--import tsx' with tsx installed, or compile the file to JavaScript.",
    );
  }
  // Its own complaints about the module are complete; what the module's code threw needs the place.
  const place = /There is no module|exports no function/.test(message) ? undefined : stack?.split('\n').find((line) => line.trim().startsWith('at '));
  return new UsageError(`${named}: ${visible(message)}${place === undefined ? '' : `\n${place}`}`);
}
