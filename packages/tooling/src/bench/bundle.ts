import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { rootFolder } from '../workspace/root.ts';

/** Libraries stay outside; the workspace's own sources go in. */
const librariesOutside: Plugin = {
  name: 'libraries-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) => (/^(?:@interstate\/|interstate$)/.test(path) ? undefined : { path, external: true }));
  },
};

/**
 * Turns a bench and the sources it measures into one file of JavaScript, as a build would: the loader that scripts run under
 * adds names to closures, which costs more than what some benches measure. Gives the file's path.
 */
export async function bundleBench(file: string): Promise<string> {
  const outfile = join(rootFolder, 'node_modules', '.bench', relative(rootFolder, file).replaceAll(/[\\/]/g, '-').replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['interstate-source'],
    plugins: [librariesOutside],
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  return outfile;
}
