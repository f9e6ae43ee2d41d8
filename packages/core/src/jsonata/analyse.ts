import { childrenOf, type Node } from './ast.ts';
import { JsonataError } from './errors.ts';
import { BUILTINS } from './functions/builtin.ts';
import { parseJsonata } from './parse.ts';

/** A name and where it stands: the offset in the text at which it ends. */
export interface Reference {
  readonly name: string;
  readonly position: number | undefined;
}

/** What can be said of an expression without evaluating it. Each list is in the order of the text, as far as the tree keeps it. */
export interface JsonataFacts {
  /** Set where the text does not parse; then all else is empty. */
  readonly syntaxError: JsonataError | undefined;
  /** Variables the expression takes from outside: neither bound in it nor built-in functions. `states` is among them. */
  readonly variables: readonly Reference[];
  /** Names that begin a path where there is no context, such as `phone` or `phone.number`. */
  readonly topLevelNames: readonly Reference[];
  /** Uses of `$$`. */
  readonly roots: readonly Reference[];
  /** Members read from `$states`, such as `input`; a use of `$states` alone is not listed. */
  readonly statesMembers: readonly Reference[];
}

/** Analyses an expression (text without `{%` and `%}`) for the checks Step Functions makes when a definition is created. */
export function analyseJsonata(text: string): JsonataFacts {
  const facts = new FactCollector();
  try {
    const ast = parseJsonata(text);
    facts.visit(ast, true, new Set(bindsIn([ast])));
    return facts;
  } catch (error) {
    const syntaxError =
      error instanceof RangeError ? new JsonataError('S0201', 'The expression is nested too deeply') : error instanceof JsonataError ? error : undefined;
    if (syntaxError === undefined) throw error;
    return { syntaxError, variables: [], topLevelNames: [], roots: [], statesMembers: [] };
  }
}

class FactCollector implements JsonataFacts {
  readonly syntaxError = undefined;
  readonly variables: Reference[] = [];
  readonly topLevelNames: Reference[] = [];
  readonly roots: Reference[] = [];
  readonly statesMembers: Reference[] = [];

  /** @param top whether the context is the (missing) input document. @param bound names bound around the node. */
  visit(node: Node, top: boolean, bound: ReadonlySet<string>): void {
    switch (node.type) {
      case 'variable':
        this.variable(node, bound);
        break;
      case 'path':
        this.path(node, top, bound);
        return;
      case 'block':
        this.behind(node, bound);
        this.all(node.expressions!, top, new Set([...bound, ...bindsIn(node.expressions!)]));
        return;
      case 'lambda': {
        const parameters = node.arguments!.map((parameter) => String(parameter.value));
        this.visit(node.body!, top, node.thunk === true ? bound : new Set([...bound, ...parameters, ...bindsIn([node.body!])]));
        return;
      }
      case 'bind':
        this.visit(node.rhs!, top, bound);
        this.behind(node, bound);
        return;
      case 'transform':
        this.all(childrenOf(node), false, bound);
        return;
    }
    const behind = new Set(stagesOf(node));
    this.all(
      childrenOf(node).filter((child) => !behind.has(child)),
      top,
      bound,
    );
    this.behind(node, bound);
  }

  private all(nodes: readonly Node[], top: boolean, bound: ReadonlySet<string>): void {
    for (const node of nodes) this.visit(node, top, bound);
  }

  private variable(node: Node, bound: ReadonlySet<string>): void {
    const name = String(node.value);
    if (name === '$') this.roots.push({ name: '$$', position: node.position });
    else if (name !== '' && !bound.has(name) && !BUILTINS.has(name)) this.variables.push({ name, position: node.position });
  }

  private path(node: Node, top: boolean, outside: ReadonlySet<string>): void {
    const steps = node.steps!;
    const bound = new Set(outside);
    const [first, second] = steps;
    if (first!.type === 'name' && top) this.topLevelNames.push({ name: String(first!.value), position: first!.position });
    if (first!.type === 'variable' && first!.value === 'states' && !outside.has('states') && second?.type === 'name') {
      this.statesMembers.push({ name: String(second.value), position: second.position });
    }
    steps.forEach((step, index) => {
      if (step.focus !== undefined) bound.add(step.focus);
      if (step.index !== undefined) bound.add(step.index);
      for (const stage of step.stages ?? []) if (stage.type === 'index') bound.add(stage.value!);
      this.visit(step, top && index === 0, bound);
    });
    this.behind(node, bound);
  }

  // Predicates and groupings have the items before them as context.
  private behind(node: Node, bound: ReadonlySet<string>): void {
    this.all(stagesOf(node), false, bound);
  }
}

function stagesOf(node: Node): Node[] {
  const stages = [...(node.predicate ?? []), ...(node.stages ?? [])].flatMap((stage) => stage.expr ?? []);
  const terms = (node.terms ?? []).map((term) => term.expression);
  return [...stages, ...terms, ...(node.group?.lhs.flat() ?? [])];
}

/** The names `:=` binds directly in nodes, not in blocks or lambdas inside them. */
function bindsIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'block' || (node.type === 'lambda' && node.thunk !== true)) return [];
    const own = node.type === 'bind' ? [String((node.lhs as Node).value)] : [];
    return [...own, ...bindsIn(childrenOf(node))];
  });
}
