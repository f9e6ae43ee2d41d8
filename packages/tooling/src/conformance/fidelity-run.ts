import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../workspace/root.ts';
import { formatFidelity } from './fidelity.ts';
import { casesFolder } from './folder.ts';
import { runSuites } from './run.ts';

/** `npm run fidelity`: writes `docs/fidelity.md` from a conformance run on the default folder. */
export async function run(): Promise<number> {
  const { path } = casesFolder(undefined);
  if (!existsSync(path)) {
    process.stderr.write(`No conformance cases at ${path}: docs/fidelity.md stays as it is.\n`);
    return 1;
  }
  const docs = join(rootFolder, 'docs');
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, 'fidelity.md'), formatFidelity(await runSuites(path, 'memory')));
  process.stdout.write('Wrote docs/fidelity.md\n');
  return 0;
}
