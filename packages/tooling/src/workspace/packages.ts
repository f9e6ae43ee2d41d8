import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from './root.ts';

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly main?: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  /** Folder name under `packages/`, by which the arrows know the package. */
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Every package of the monorepo, by folder name. */
export function listPackages(root: string = rootFolder): WorkspacePackage[] {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .sort()
    .filter((id) => existsSync(join(packages, id, 'package.json')))
    .map((id) => ({ id, folder: join(packages, id), manifest: readManifest(join(packages, id)) }));
}
