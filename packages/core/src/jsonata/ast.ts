import type { SignatureNode } from './signature.ts';

/** A filter or position binding behind a step. */
export interface Stage {
  readonly type: 'filter' | 'index';
  readonly expr?: Node;
  readonly value?: string;
}

export interface Pairs {
  readonly lhs: readonly (readonly [Node, Node])[];
  readonly position?: number;
}

export interface SortTerm {
  readonly descending: boolean;
  readonly expression: Node;
}

/** A node as the parser of the jsonata package leaves it; which members are there depends on `type`. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly keepArray?: boolean;
  readonly predicate?: readonly Stage[];
  readonly stages?: readonly Stage[];
  readonly group?: Pairs;
  readonly steps?: readonly Node[];
  readonly keepSingletonArray?: boolean;
  readonly consarray?: boolean;
  readonly tuple?: boolean;
  readonly focus?: string;
  readonly index?: string;
  readonly ancestor?: { readonly label: string };
  readonly slot?: { readonly label: string };
  readonly lhs?: Node | Pairs['lhs'];
  readonly rhs?: Node;
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly terms?: readonly SortTerm[];
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly procedure?: Node;
  readonly arguments?: readonly Node[];
  readonly body?: Node;
  readonly thunk?: boolean;
  readonly signature?: SignatureNode;
  readonly pattern?: Node;
  readonly update?: Node;
  readonly delete?: Node;
}

/** The direct children of a node, in the order of the text as far as the tree keeps it. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  const add = (child: Node | undefined) => {
    if (child !== undefined) children.push(child);
  };
  const addPairs = (pairs: Pairs['lhs'] | undefined) => {
    for (const [key, value] of pairs ?? []) children.push(key, value);
  };
  node.steps?.forEach(add);
  if (Array.isArray(node.lhs)) addPairs(node.lhs as Pairs['lhs']);
  else add(node.lhs as Node | undefined);
  add(node.rhs);
  add(node.expression);
  node.expressions?.forEach(add);
  node.terms?.forEach((term) => add(term.expression));
  add(node.condition);
  add(node.then);
  add(node.else);
  add(node.procedure);
  node.arguments?.forEach(add);
  add(node.body);
  add(node.pattern);
  add(node.update);
  add(node.delete);
  for (const stage of [...(node.predicate ?? []), ...(node.stages ?? [])]) add(stage.expr);
  addPairs(node.group?.lhs);
  return children;
}
