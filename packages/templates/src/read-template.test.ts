import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTemplate, TemplateError, type TemplateOptions } from './index.ts';

interface Case {
  readonly description: string;
  readonly given: { readonly text?: string; readonly file?: string; readonly object?: object; readonly options?: TemplateOptions };
  readonly then?: { readonly stateMachines: readonly object[]; readonly unused?: readonly string[] };
  readonly error?: { readonly code: string; readonly message: string };
}

const folder = new URL('../cases/', import.meta.url);
const readCase = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  describe(file.replace('.json', ''), () => {
    for (const { description, given, then, error } of JSON.parse(readCase(file)) as Case[]) {
      it(description, () => {
        const read = (): unknown =>
          given.file === undefined
            ? readTemplate(given.text ?? given.object ?? {}, given.options)
            : readTemplate(readCase(given.file), { path: given.file, readFile: readCase, ...given.options });
        if (then !== undefined) expect(read()).toStrictEqual({ unused: [], ...then });
        else expect(failure(read)).toStrictEqual(error);
      });
    }
  });
}

function failure(read: () => unknown): object | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { code: error.code, message: error.message };
  }
}
