import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, type Manifest, type WorkspacePackage } from '../workspace/packages.ts';

/** True where a package cannot be loaded with `require` on every Node we support. */
export function isEsmOnly(manifest: Manifest): boolean {
  const main = manifest.exports?.['.'] ?? manifest.exports;
  if (main !== undefined) return manifest.type === 'module' && !JSON.stringify(main).includes('"require"');
  return manifest.type === 'module' && !(manifest.main ?? 'index.js').endsWith('.cjs');
}

/** Dependencies of a package that its CommonJS build must carry inside, because `require` cannot load them. */
export function esmOnlyDependencies(pkg: WorkspacePackage, root: string): string[] {
  return Object.keys(pkg.manifest.dependencies ?? {}).filter((name) => {
    const folder = [join(pkg.folder, 'node_modules', name), join(root, 'node_modules', name)].find((path) => existsSync(join(path, 'package.json')));
    if (folder === undefined) throw new Error(`${pkg.id}: dependency '${name}' is not installed.`);
    // Siblings carry a CommonJS build of their own and stay outside, or there would be two copies of each.
    return name !== 'interstate' && !name.startsWith('@interstate/') && isEsmOnly(readManifest(folder));
  });
}
