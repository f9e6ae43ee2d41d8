import type { WorkspacePackage } from '../workspace/packages.ts';

/** What a package offers under one name: the subpath of its `exports` map, or a command of its `bin`. */
export interface Entry {
  readonly subpath: string;
  /** Source file relative to the package, `src/index.ts`. */
  readonly source: string;
  /** Output file relative to `dist`, without extension: `index`. */
  readonly output: string;
}

type Conditions = Readonly<Record<string, unknown>>;

/** What the monorepo's own tools reach, from source; not built, so nobody else can. */
const INTERNAL = './internal';

/** The entries of a package, read from its `exports` map (condition `interstate-source`) and its `bin`. Private packages have none. */
export function readEntries({ manifest }: WorkspacePackage): Entry[] {
  if (manifest.private === true) return [];
  const entries: Entry[] = [];
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const source = (target as Conditions | null)?.['interstate-source'];
    if (typeof source === 'string' && subpath !== INTERNAL) entries.push(entryOf(subpath, source.replace(/^\.\//, '')));
  }
  const bins = typeof manifest.bin === 'string' ? [manifest.bin] : Object.values(manifest.bin ?? {});
  for (const bin of bins) {
    const file = bin.replace(/^\.\//, '');
    if (file.startsWith('dist/')) entries.push(entryOf(`bin ${file}`, `src/${file.slice(5).replace(/\.[cm]?js$/, '')}.ts`));
  }
  return entries.filter((entry, index) => entries.findIndex(({ source }) => source === entry.source) === index);
}

function entryOf(subpath: string, source: string): Entry {
  return { subpath, source, output: source.replace(/^src\//, '').replace(/\.ts$/, '') };
}

/** What is wrong with the `exports` map of a package: every public subpath offers source, ESM, CommonJS and both declarations; `./internal` source alone. */
export function exportFaults(pkg: WorkspacePackage, exists: (file: string) => boolean): string[] {
  const { manifest, id } = pkg;
  if (manifest.private === true) return [];
  const faults: string[] = [];
  if (manifest.exports?.['.'] === undefined) faults.push(`${id}: no entry "."`);
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (subpath === './package.json') continue;
    const source = (target as Conditions | null)?.['interstate-source'];
    if (typeof source !== 'string') {
      faults.push(`${id} ${subpath}: no condition "interstate-source"`);
      continue;
    }
    const dist = `./dist/${entryOf(subpath, source.replace(/^\.\//, '')).output}`;
    const wanted = {
      'interstate-source': source,
      ...(subpath !== INTERNAL && {
        import: { types: `${dist}.d.ts`, default: `${dist}.js` },
        require: { types: `${dist}.d.cts`, default: `${dist}.cjs` },
      }),
    };
    if (JSON.stringify(target) !== JSON.stringify(wanted)) faults.push(`${id} ${subpath}: should be ${JSON.stringify(wanted)}`);
  }
  for (const { subpath, source } of readEntries(pkg)) {
    if (!exists(source)) faults.push(`${id} ${subpath}: ${source} does not exist`);
  }
  return faults;
}
