import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../workspace/root.ts';
import { completeLockfile, missingBinaries, type Lockfile } from './lockfile.ts';

/** `npm run lockfile`, after a change of dependencies: enters the binaries for other platforms that npm has left out. */
export function run(): number {
  const file = join(rootFolder, 'package-lock.json');
  const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  writeFileSync(file, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
  process.stdout.write(`${missingBinaries(lockfile).size} binaries entered\n`);
  return 0;
}
