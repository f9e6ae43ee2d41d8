import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../workspace/root.ts';

/**
 * `npm run examples [-- <name part>]`: runs every `examples/NN-*`: its `test` or `start` script, else its `run.ts`.
 * An example fails by its exit code.
 */
export function run(args: readonly string[]): number {
  const folder = join(rootFolder, 'examples');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d\d-/.test(name) && args.every((part) => name.includes(part))) : [];
  const failed: string[] = [];
  let ran = 0;
  for (const name of names.sort()) {
    const command = commandOf(join(folder, name));
    if (command === undefined) {
      process.stderr.write(`${name}: nothing to run\n`);
      continue;
    }
    ran++;
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(command[0]!, command.slice(1), { cwd: join(folder, name), encoding: 'utf8', timeout: 120_000, input: '' });
    process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
    if (status === 0) continue;
    failed.push(name);
    process.stderr.write(`${stdout}${stderr}\n`);
  }
  process.stdout.write(`examples: ${ran} run, ${failed.length} failed, ${names.length - ran} without anything to run\n`);
  return failed.length === 0 ? 0 : 1;
}

function commandOf(folder: string): string[] | undefined {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { scripts = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly scripts?: Readonly<Record<string, string>> };
    const script = ['test', 'start'].find((name) => Object.hasOwn(scripts, name));
    if (script !== undefined) return ['npm', 'run', '--silent', script];
  }
  return existsSync(join(folder, 'run.ts')) ? [process.execPath, '--import', 'tsx', '--conditions=interstate-source', 'run.ts'] : undefined;
}
