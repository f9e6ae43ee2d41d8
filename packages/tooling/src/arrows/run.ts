import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { listTypeScript } from '../workspace/files.ts';
import { listPackages } from '../workspace/packages.ts';
import { checkArrows, type CheckedPackage } from './check.ts';

/** `npm run arrows`: fails on an import that the table of rooms does not allow. */
export function run(): number {
  const packages = readPackages();
  const faults = checkArrows(packages);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  const files = packages.reduce((sum, pkg) => sum + pkg.files.size, 0);
  process.stdout.write(`arrows: ${files} files in ${packages.length} packages, ${faults.length} not allowed\n`);
  return faults.length === 0 ? 0 : 1;
}

/** All packages with the text of every TypeScript file outside `dist`. */
export function readPackages(): CheckedPackage[] {
  return listPackages().map(({ id, folder, manifest }) => {
    const paths = listTypeScript(folder).map((path) => [relative(folder, path).split(sep).join('/'), path] as const);
    return { id, manifest, files: new Map(paths.filter(([file]) => !file.startsWith('dist/')).map(([file, path]) => [file, readFileSync(path, 'utf8')])) };
  });
}
