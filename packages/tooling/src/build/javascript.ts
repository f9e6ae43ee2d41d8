import { join } from 'node:path';
import { build } from 'tsup';
import { rootFolder } from '../workspace/root.ts';
import type { WorkspacePackage } from '../workspace/packages.ts';
import { readEntries } from './entries.ts';
import { esmOnlyDependencies } from './external.ts';

/** Builds a package's ESM and CommonJS JavaScript into its `dist`. Declarations are made apart, for all packages at once. */
export async function buildJavaScript(pkg: WorkspacePackage): Promise<void> {
  const entry = Object.fromEntries(readEntries(pkg).map(({ output, source }) => [output, join(pkg.folder, source)]));
  const preset = {
    entry,
    outDir: join(pkg.folder, 'dist'),
    config: false as const,
    silent: true,
    dts: false,
    sourcemap: true,
    target: 'node20.19',
    platform: 'node' as const,
    tsconfig: join(rootFolder, 'tsconfig.json'),
    outExtension: ({ format }: { readonly format: string }) => ({ js: format === 'cjs' ? '.cjs' : '.js' }),
  };
  const external = ['interstate', /^@interstate\//];
  const working = process.cwd();
  process.chdir(pkg.folder); // tsup reads the dependencies to leave outside from the working folder
  try {
    await build({ ...preset, format: 'esm', splitting: true, external, clean: true });
    await build({ ...preset, format: 'cjs', splitting: true, shims: true, external, noExternal: esmOnlyDependencies(pkg, rootFolder) });
  } finally {
    process.chdir(working);
  }
}
