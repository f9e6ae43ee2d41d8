import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { listPackages, type WorkspacePackage } from '../workspace/packages.ts';
import { rootFolder } from '../workspace/root.ts';
import { readEntries } from './entries.ts';
import { leavingSpecifiers, renameSpecifiers } from './specifiers.ts';

/**
 * Writes the declarations of all given packages: one compiler run over every entry, siblings read from source, so that no order matters.
 * Each `.d.ts` gets a `.d.cts` twin, since a CommonJS module may not read an ESM package's declarations as its own.
 * Gives what the compiler complains of, or undefined.
 */
export function buildDeclarations(packages: readonly WorkspacePackage[]): string | undefined {
  const cache = join(rootFolder, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'declarations-'));
  try {
    const files = packages.flatMap((pkg) => readEntries(pkg).map(({ source }) => join(pkg.folder, source)));
    // Siblings named by path: what the compiler reaches through node_modules it takes for a library, and emits nothing for.
    const paths = Object.fromEntries(
      listPackages().flatMap((pkg) => readEntries(pkg).map(({ subpath, source }) => [`${pkg.manifest.name}${subpath.slice(1)}`, [join(pkg.folder, source)]])),
    );
    const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: join(rootFolder, 'packages'), outDir: join(work, 'out'), paths };
    writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ extends: join(rootFolder, 'tsconfig.json'), compilerOptions, files, include: [] }));
    const errors = compile(join(work, 'tsconfig.json'));
    for (const pkg of packages) place(join(work, 'out', pkg.id, 'src'), join(pkg.folder, 'dist'), pkg.id);
    return errors;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compile(project: string): string | undefined {
  const { status, stdout } = spawnSync(process.execPath, [join(rootFolder, 'node_modules/typescript/bin/tsc'), '-p', project], { encoding: 'utf8', cwd: rootFolder });
  return status === 0 ? undefined : stdout;
}

function place(from: string, to: string, id: string): void {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.d.ts')) continue;
    const source = join(entry.parentPath, entry.name);
    const path = relative(from, source);
    const text = readFileSync(source, 'utf8');
    const leaving = leavingSpecifiers(text, path.split(sep).length - 1);
    if (leaving.length > 0) throw new Error(`${id}: the declarations of ${path} reach outside the package: ${leaving.join(', ')}`);
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), renameSpecifiers(text, '.js'));
    writeFileSync(join(to, path.replace(/\.d\.ts$/, '.d.cts')), renameSpecifiers(text, '.cjs'));
  }
}
