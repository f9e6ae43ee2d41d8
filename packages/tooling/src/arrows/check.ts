import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Manifest } from '../workspace/packages.ts';
import { findCycles } from './cycles.ts';
import { findImports, type Import } from './imports.ts';
import { rooms as houseRooms, type Room } from './table.ts';

/** A package as the check sees it: file paths relative to the package folder, with `/`. */
export interface CheckedPackage {
  readonly id: string;
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, string>;
}

interface Place {
  readonly pkg: CheckedPackage;
  readonly room: Room;
  readonly file: string;
}

/** Plain ECMAScript is asked of these files. */
const isPure = ({ room, file }: Place): boolean => room.pure === true && isSource(file) && !room.platform?.some((folder) => file.startsWith(`${folder}/`));

/** Sources are what users run; tests, benches and test kits may import anything public. */
const isSource = (file: string): boolean => file.startsWith('src/') && !file.endsWith('.test.ts');

/**
 * Every import that the table of rooms does not allow, as `package/file:line: what is wrong`.
 * Also: deep imports into a sibling, a package's own barrel from inside, platform modules in plain ECMAScript packages,
 * third-party modules that are no declared dependency, `export *`, and files that import one another in a circle.
 */
export function checkArrows(packages: readonly CheckedPackage[], rooms: Readonly<Record<string, Room>> = houseRooms): string[] {
  const byName = new Map(packages.map((pkg) => [pkg.manifest.name, pkg]));
  const faults: string[] = [];
  for (const pkg of packages) {
    const room = Object.hasOwn(rooms, pkg.id) ? rooms[pkg.id] : undefined;
    if (room === undefined) {
      faults.push(`${pkg.id}: has no row in the table of rooms`);
      continue;
    }
    const graph = new Map<string, Set<string>>();
    for (const [file, text] of pkg.files) {
      const place = { pkg, room, file };
      for (const found of findImports(text)) {
        const fault = importFault(place, found, byName);
        if (fault !== undefined) faults.push(`${pkg.id}/${file}:${found.line}: ${fault}`);
        const target = resolveRelative(file, found.specifier);
        if (target !== undefined && isSource(file) && !found.typeOnly) graph.set(file, (graph.get(file) ?? new Set()).add(target));
      }
    }
    const circles = findCycles(graph).filter((cycle) => !room.recursive?.some((folder) => cycle.every((file) => posix.dirname(file) === folder)));
    for (const cycle of circles) faults.push(`${pkg.id}: files import one another in a circle: ${cycle.join(', ')}`);
  }
  return faults;
}

function resolveRelative(file: string, specifier: string | undefined): string | undefined {
  return specifier?.startsWith('.') === true ? posix.join(posix.dirname(file), specifier) : undefined;
}

function importFault(place: Place, found: Import, byName: ReadonlyMap<string, CheckedPackage>): string | undefined {
  const { specifier } = found;
  if (found.star && isSource(place.file)) return '`export *` hides what is offered: name the exports';
  if (specifier === undefined) return isPure(place) ? 'the name of the imported module is computed' : undefined;
  if (specifier.startsWith('.')) return relativeFault(place, specifier);
  if (isBuiltin(specifier)) return isPure(place) ? `'${specifier}' is a platform module; ${place.pkg.id} is plain ECMAScript` : undefined;
  const name = packageName(specifier);
  const sibling = byName.get(name);
  if (sibling !== undefined) return siblingFault(place, sibling, specifier);
  if (name === 'interstate' || name.startsWith('@interstate/')) return `'${name}' is no package of this monorepo`;
  return isSource(place.file) && place.pkg.id !== 'tooling' && !isDeclared(place.pkg.manifest, name)
    ? `'${name}' is not among the dependencies of ${place.pkg.manifest.name}`
    : undefined;
}

function relativeFault({ pkg, file }: Place, specifier: string): string | undefined {
  const target = resolveRelative(file, specifier)!;
  if (target.startsWith('../')) return `'${specifier}' leaves the package: import another package by its name`;
  if (isSource(file) && target === 'src/index.ts') return `'${specifier}' is the package's own entry: import the file that holds the name`;
  // A file's own name must be written out, or neither Node nor the bundler agrees on what it means.
  return pkg.files.has(target) || !/(^|\/)[^./]*$/.test(target) ? undefined : `'${specifier}' names no file: write its extension`;
}

function siblingFault({ pkg, room, file }: Place, sibling: CheckedPackage, specifier: string): string | undefined {
  const subpath = `.${specifier.slice(sibling.manifest.name.length)}`;
  if (!Object.hasOwn(sibling.manifest.exports ?? {}, subpath)) return `'${specifier}' is no entry of ${sibling.manifest.name}: deep imports are not allowed`;
  if (!isSource(file)) return undefined;
  if (sibling.id === pkg.id) return `'${specifier}' is this package itself: import the file that holds the name`;
  if (room.imports !== '*' && !room.imports.includes(sibling.id)) return `${pkg.id} may not import ${sibling.id}`;
  return pkg.id === 'tooling' || isDeclared(pkg.manifest, sibling.manifest.name) ? undefined : `'${sibling.manifest.name}' is not among the dependencies of ${pkg.manifest.name}`;
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isDeclared({ dependencies = {}, peerDependencies = {}, optionalDependencies = {} }: Manifest, name: string): boolean {
  return [dependencies, peerDependencies, optionalDependencies].some((list) => Object.hasOwn(list, name));
}
