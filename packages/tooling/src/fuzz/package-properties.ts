import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listPackages } from '../workspace/packages.ts';
import type { Property } from './property.ts';

/** Properties that packages bring themselves: a file `packages/<any>/fuzz/<any>.fuzz.ts` exports `properties`. */
export async function packageProperties(): Promise<readonly Property[]> {
  const properties: Property[] = [];
  for (const { folder } of listPackages()) {
    const fuzz = join(folder, 'fuzz');
    for (const file of existsSync(fuzz) ? readdirSync(fuzz).sort() : []) {
      if (!file.endsWith('.fuzz.ts')) continue;
      const module = (await import(pathToFileURL(join(fuzz, file)).href)) as { readonly properties: readonly Property[] };
      properties.push(...module.properties);
    }
  }
  return properties;
}
