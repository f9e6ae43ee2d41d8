import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every TypeScript file below a folder, as absolute paths in a stable order; none where the folder is absent. */
export function listTypeScript(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?ts$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
