/** Relative module specifiers in a declaration file, in `from '…'`, `import('…')` and `import '…'`. */
const RELATIVE = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])(\.{1,2}\/[^'"]*)\.ts\2/g;

/** Gives the relative imports of a declaration file the extension of the JavaScript that lies beside it. */
export function renameSpecifiers(declaration: string, extension: '.js' | '.cjs'): string {
  return declaration.replace(RELATIVE, (_, before: string, quote: string, path: string) => `${before}${quote}${path}${extension}${quote}`);
}

/** Relative specifiers that leave the package: `from` is the file's folder depth below the package's `src`. */
export function leavingSpecifiers(declaration: string, depth: number): string[] {
  const leaving: string[] = [];
  for (const [, , , path = ''] of declaration.matchAll(RELATIVE)) {
    if (path.split('/').filter((part) => part === '..').length > depth) leaving.push(path);
  }
  return leaving;
}
