import { childrenOf, parseJsonata, type Node } from '../jsonata/ast.ts';
import { JsonataError } from '../jsonata/compile.ts';

/** What can be said of a JSONata expression without evaluating it. */
export interface JsonataFacts {
  /** The parser's message, without its code, where the text does not parse. */
  readonly syntaxError: string | undefined;
  /** Names looked up in the input document, of which Step Functions has none. */
  readonly topLevelNames: ReadonlySet<string>;
  /** True where `$$` is used. */
  readonly usesRoot: boolean;
  /** Members `m` of `$states.m`. */
  readonly statesMembers: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export function findJsonataFacts(text: string): JsonataFacts {
  const topLevelNames = new Set<string>();
  const statesMembers = new Set<string>();
  let usesRoot = false;

  const walk = (node: Node, top: boolean): void => {
    if (node.type === 'variable' && node.value === '$') usesRoot = true;
    if (node.type === 'lambda') {
      if (node.body) walk(node.body, true);
      return;
    }
    if (node.type !== 'path' || !node.steps) {
      const relative = new Set(relativeChildren(node));
      for (const child of childrenOf(node)) walk(child, top && !relative.has(child));
      return;
    }
    const [first, second] = node.steps;
    if (top && first?.type === 'name') topLevelNames.add(String(first.value));
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') statesMembers.add(String(second.value));
    for (const child of childrenOf(node)) walk(child, top && child === first);
  };

  try {
    walk(parseJsonata(text), true);
    return { syntaxError: undefined, topLevelNames, usesRoot, statesMembers };
  } catch (error) {
    const syntaxError = error instanceof JsonataError ? error.message : 'The expression is nested too deeply';
    return { syntaxError, topLevelNames: NONE, usesRoot: false, statesMembers: NONE };
  }
}

/** Children that see what their node has selected, not the input document: predicates, groupings, patterns of transforms. */
function relativeChildren(node: Node): Node[] {
  const children = [node.pattern, node.update, node.delete].filter((child) => child !== undefined);
  for (const stage of [...(node.predicate ?? []), ...(node.stages ?? [])]) if (stage.expr) children.push(stage.expr);
  for (const pair of node.group?.lhs ?? []) children.push(...pair);
  return children;
}
