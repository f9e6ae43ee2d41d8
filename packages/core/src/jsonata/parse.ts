import jsonata from 'jsonata';
import type { Node } from './ast.ts';
import { toSyntaxError } from './errors.ts';

/** Syntax trees by text, the latest only. Trees are never changed, so all who ask for a text may share one. */
export class ParseCache {
  private readonly trees = new Map<string, Node>();

  get(text: string): Node | undefined {
    return this.trees.get(text);
  }

  keep(text: string, tree: Node): void {
    if (text.length > LONGEST) return;
    this.trees.set(text, tree);
    if (this.trees.size <= MOST) return;
    for (const oldest of this.trees.keys()) {
      this.trees.delete(oldest);
      return;
    }
  }
}

const MOST = 1_000;
const LONGEST = 10_000;

/** The cache of whoever loads a definition right now. */
let inUse: ParseCache | undefined;

/** Does something, and lets it find the syntax trees that are in the cache already. The parser takes longer than all else of loading. */
export function parsingWith<Result>(cache: ParseCache, work: () => Result): Result {
  const before = inUse;
  inUse = cache;
  try {
    return work();
  } finally {
    inUse = before;
  }
}

/** Parses with the parser of the jsonata package; nothing else of that package is used. @throws JsonataError */
export function parseJsonata(text: string): Node {
  const known = inUse?.get(text);
  if (known) return known;
  try {
    const tree = jsonata(text).ast() as unknown as Node;
    inUse?.keep(text, tree);
    return tree;
  } catch (error) {
    throw toSyntaxError(error);
  }
}
