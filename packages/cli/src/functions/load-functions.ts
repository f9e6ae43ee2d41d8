import type { Handler } from '@interstate/lambda';
import { loadHandlers } from '@interstate/lambda/node';
import { shownPlace } from '../input/shown-path.ts';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Loads the functions a module exports, by name; those of a default-exported object too, whose keys may be ARNs.
 * @param named what asked for it
 * @throws UsageError where it cannot be loaded, with what its code threw
 */
export async function loadFunctions(module: string | undefined, cwd: string, named = `--functions ${module}`): Promise<Readonly<Record<string, Handler>>> {
  if (module === undefined) return {};
  try {
    return await loadHandlers(module, cwd);
  } catch (error) {
    throw importFault(named, error, cwd);
  }
}

/** A line of a stack trace that names a file of the user's. */
const PLACE = /^\s*at (?!.*\bnode:)/;

/** Why a module cannot be loaded. @param named what asked for it */
export function importFault(named: string, error: unknown, cwd: string): UsageError {
  const { code, message, stack } = error instanceof Error ? (error as NodeJS.ErrnoException) : (new Error(String(error)) as NodeJS.ErrnoException);
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts/.test(message)) {
    return new UsageError(
      `${named}: Node.js ${process.versions.node} does not run TypeScript by itself. ` +
        "Use Node.js 22.18 or newer, set NODE_OPTIONS='--import tsx' with tsx installed, or compile the file to JavaScript.",
    );
  }
  // Its own complaints about the module are complete; what the module's code threw needs the place.
  const place = /There is no module|exports no function/.test(message) ? undefined : stack?.split('\n').find((line) => PLACE.test(line));
  // What is no JavaScript has its place only in what Node.js prints when it ends.
  const hint = error instanceof SyntaxError ? 'Run the module itself with node to see where.' : undefined;
  const more = place === undefined ? hint : shownPlace(place, cwd);
  return new UsageError(`${named}: ${visible(message)}${more === undefined ? '' : `\n${more}`}`);
}
