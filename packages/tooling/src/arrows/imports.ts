import { tokenize, type Token } from './tokens.ts';

export interface Import {
  /** The module specifier; undefined where it is computed at run time. */
  readonly specifier: string | undefined;
  readonly line: number;
  /** Types only: gone at run time. */
  readonly typeOnly: boolean;
  /** `export *`, which hides what an entry offers. */
  readonly star: boolean;
}

/**
 * Every module that source text asks for: `import`/`export … from`, side-effect imports, `import()` as call and as type,
 * `require` and `require.resolve`, `import x = require()`.
 */
export function findImports(source: string): Import[] {
  const tokens = tokenize(source);
  const found: Import[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const previous = tokens[index - 1];
    if (token.kind !== 'word' || previous?.value === '.') continue;
    if (token.value === 'import' || token.value === 'export') {
      const next = tokens[index + 1];
      if (token.value === 'import' && next?.kind === 'text') found.push(entry(next, false, false));
      else if (token.value === 'import' && next?.value === '(') found.push(entry(tokens[index + 2], isTypeImport(tokens, index), false));
      else if (next?.value !== '.') {
        const from = fromClause(tokens, index);
        if (from !== undefined) found.push(from);
      }
    } else if (token.value === 'require') {
      const at = tokens[index + 1]?.value === '.' && tokens[index + 2]?.value === 'resolve' ? index + 3 : index + 1;
      // `require` as a key or a declared name is no call of it.
      if (tokens[at]?.value === '(' && previous?.value !== 'function') found.push(entry(tokens[at + 1], false, false));
    }
  }
  return found;
}

function entry(token: Token | undefined, typeOnly: boolean, star: boolean): Import {
  const fixed = token?.kind === 'text' && token.computed !== true;
  return { specifier: fixed ? token.value : undefined, line: token?.line ?? 0, typeOnly, star };
}

/** `import('x').Name` in a type: preceded by `:`, `typeof`, `|`… and followed by a member that is no promise method. */
function isTypeImport(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.value === 'typeof' || (tokens[index + 4]?.value === '.' && !['then', 'catch', 'finally'].includes(tokens[index + 5]?.value ?? ''));
}

/** The clause between `import`/`export` and `from`: names, braces, commas and stars only. */
function fromClause(tokens: readonly Token[], start: number): Import | undefined {
  // `import { type A }` still loads the module at run time; `import type` does not.
  const typeOnly = tokens[start + 1]?.value === 'type' && tokens[start + 2]?.value !== 'from' && tokens[start + 2]?.value !== ',';
  const first = start + (typeOnly ? 2 : 1);
  const star = tokens[start]!.value === 'export' && tokens[first]?.value === '*' && tokens[first + 1]?.value === 'from';
  for (let index = start + 1; index < tokens.length; index++) {
    const token = tokens[index]!;
    const next = tokens[index + 1];
    if (token.value === 'from' && next?.kind === 'text') return entry(next, typeOnly, star);
    if (token.kind === 'sign' && !['{', '}', ',', '*'].includes(token.value)) return undefined;
  }
  return undefined;
}
