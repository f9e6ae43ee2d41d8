import { parseArgs } from 'node:util';
import { listPackages } from '../workspace/packages.ts';
import { buildDeclarations } from './declarations.ts';
import { readEntries } from './entries.ts';
import { buildJavaScript } from './javascript.ts';

/** `npm run build [-- --only cli,core]`: JavaScript and declarations of every public package. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' } } });
  const only = values.only?.split(',');
  const packages = listPackages().filter((pkg) => readEntries(pkg).length > 0 && (only === undefined || only.includes(pkg.id)));
  if (packages.length === 0) {
    process.stderr.write(`Nothing to build: no public package ${values.only ?? ''}\n`);
    return 1;
  }
  const start = performance.now();
  let failed = false;
  for (const pkg of packages) {
    try {
      await buildJavaScript(pkg);
    } catch (error) {
      failed = true;
      process.stderr.write(`${pkg.id}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  const errors = buildDeclarations(packages);
  if (errors !== undefined) process.stderr.write(`Declarations do not compile:\n${errors}`);
  process.stdout.write(`Built ${packages.map(({ id }) => id).join(', ')} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return failed || errors !== undefined ? 1 : 0;
}
