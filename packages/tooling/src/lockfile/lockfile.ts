export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
  readonly [field: string]: unknown;
}

const OS = /[-/](aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)\b/;
const CPU = /-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)\b/;

/** Binaries for other platforms that a lockfile leaves out, by the place they belong at. */
export function missingBinaries({ packages }: Lockfile): Map<string, LockedPackage> {
  const missing = new Map<string, LockedPackage>();
  for (const [path, locked] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      if (isFound(packages, path, name) || !/^\d/.test(version)) continue;
      const [, os] = OS.exec(name) ?? [];
      const [, cpu] = CPU.exec(name) ?? [];
      if (os === undefined || cpu === undefined) continue;
      const libc = os !== 'linux' ? undefined : name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined;
      missing.set(`node_modules/${name}`, {
        version,
        cpu: [cpu],
        ...(locked.dev === true && { dev: true }),
        ...(libc !== undefined && { libc: [libc] }),
        optional: true,
        os: [os],
      });
    }
  }
  return missing;
}

/** The lockfile with them. npm leaves out what the registry at hand does not serve, and then refuses its own lockfile. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const entries = [...Object.entries(lockfile.packages), ...missingBinaries(lockfile)];
  return { ...lockfile, packages: Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en'))) };
}

/** Places whose entry names where it was downloaded from: a lockfile is for every registry. */
export function lockedAddresses({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { resolved, link }]) => (link !== true && resolved !== undefined && /^\w+:/.test(resolved) ? [path] : []));
}

function isFound(packages: Lockfile['packages'], from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (Object.hasOwn(packages, `${at === '' ? '' : `${at}/`}node_modules/${name}`)) return true;
    if (at === '') return false;
  }
}
