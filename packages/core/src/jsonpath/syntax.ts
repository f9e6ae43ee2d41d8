import type { Regex } from '../regex/compile.ts';

/** One step of a path, as it was written. */
export type Token =
  | { readonly kind: 'property'; readonly keys: readonly string[]; readonly quote: string }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  /** `appended`: not written, but added by `length` to its parameter. */
  | { readonly kind: 'wildcard'; readonly appended?: true }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly expression: Expression }
  | FunctionToken;

export interface FunctionToken {
  readonly kind: 'function';
  readonly name: string;
  /** `name()` or `name(...)`, by how it was written. */
  readonly fragment: string;
  readonly parameters: readonly Parameter[];
}

export type Parameter = { readonly kind: 'json'; readonly text: string } | { readonly kind: 'path'; readonly path: PathSyntax };

export interface PathSyntax {
  readonly root: '$' | '@';
  /** True for `@…`: relative to the item under test. */
  readonly relative: boolean;
  readonly tokens: readonly Token[];
  /** False where a scan was turned into a parameter of the first token: nothing after it counts as definite upstream. */
  readonly definiteUpstream: boolean;
}

export type Expression =
  | { readonly kind: 'or' | 'and'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'relation'; readonly left: Operand; readonly operator: string; readonly right: Operand }
  | { readonly kind: 'exists'; readonly path: PathSyntax; readonly expected: boolean };

export type Operand =
  | { readonly kind: 'path'; readonly path: PathSyntax; readonly expected: boolean }
  | { readonly kind: 'pattern'; readonly regex: Regex }
  /** Strings without quotes and escapes, the others as written. */
  | { readonly kind: 'json' | 'string' | 'number'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: boolean | null };

export function isTokenDefinite(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  switch (token.kind) {
    case 'property':
      // Several keys at the end are merged into one object; further up each is followed on its own.
      return token.keys.length === 1 || index === tokens.length - 1;
    case 'index':
      return token.indexes.length === 1;
    default:
      return token.kind === 'function';
  }
}

export function isPathDefinite(path: PathSyntax): boolean {
  return path.tokens.every((_, index) => isTokenDefinite(path.tokens, index));
}

/** True where the last step is a function call. */
export function isFunctionPath(path: PathSyntax): boolean {
  return path.tokens.at(-1)?.kind === 'function';
}

function tokenText(token: Token): string {
  switch (token.kind) {
    case 'property':
      return `[${token.keys.map((key) => token.quote + key + token.quote).join(',')}]`;
    case 'index':
      return `[${token.indexes.join(',')}]`;
    case 'slice':
      return `[${token.from ?? ''}:${token.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'scan':
      return '..';
    case 'filter':
      return '[?]';
    case 'function':
      return `.${token.fragment}`;
  }
}

/** Steps from an index on, as messages show them. */
export function tokensText(tokens: readonly Token[], from: number, to = tokens.length): string {
  return tokens.slice(from, to).map(tokenText).join('');
}

/** Where evaluation stands before a step that only definite steps precede, as messages show it. */
export function trailText(path: PathSyntax, index: number): string {
  let trail: string = path.root;
  for (const token of path.tokens.slice(0, index)) {
    if (token.kind === 'property') trail += `['${token.keys[0]}']`;
    else if (token.kind === 'index') trail += `[${token.indexes[0]}]`;
  }
  return trail;
}
