import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPackages, type WorkspacePackage } from '../src/workspace/packages.ts';
import { rootFolder } from '../src/workspace/root.ts';

const fixtures = resolve(fileURLToPath(import.meta.url), '../fixtures');
/** What the projects use besides us. */
const tools = { jest: '30.5.2', vitest: '4.1.12', typescript: '7.0.2', '@types/node': '20.19.0' };

export const publicPackages: readonly WorkspacePackage[] = listPackages().filter(({ manifest }) => manifest.private !== true);

/** Every entry a user can import, without commands. */
export const entries: readonly string[] = publicPackages.flatMap(({ manifest }) =>
  Object.entries(manifest.exports ?? {})
    .filter(([, target]) => Object.hasOwn(Object(target), 'import'))
    .map(([subpath]) => manifest.name + subpath.slice(1)),
);

/** Packs every public package, installs the tarballs in a new folder outside the monorepo, beside the fixture projects. */
export function installPacked(): string {
  const folder = mkdtempSync(join(tmpdir(), 'interstate-packaging-'));
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const workspaces = publicPackages.flatMap(({ manifest }) => ['--workspace', manifest.name]);
  const packed = JSON.parse(npm(rootFolder, ['pack', '--json', '--pack-destination', tarballs, ...workspaces])) as readonly { readonly name: string; readonly filename: string }[];
  const ours = Object.fromEntries(packed.map(({ name, filename }) => [name, `file:tarballs/${filename}`]));
  // `overrides` makes every package's dependency on a sibling the tarball too, since nothing of ours is looked up in a registry.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'packaging', private: true, dependencies: { ...ours, ...tools }, overrides: Object.fromEntries(Object.keys(ours).map((name) => [name, `$${name}`])) }, null, 2));
  npm(folder, ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
  cpSync(fixtures, folder, { recursive: true });
  return folder;
}

function npm(cwd: string, args: readonly string[]): string {
  return execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
