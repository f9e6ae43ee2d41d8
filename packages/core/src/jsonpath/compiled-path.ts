import { Failure } from './error.ts';
import { Evaluation } from './evaluation.ts';
import { compileFunction } from './function-step.ts';
import type { Value } from './java-value.ts';
import type { Finder } from './reference.ts';
import { compileReference } from './reference.ts';
import type { Step, StepContext } from './steps.ts';
import { compileStep } from './steps.ts';
import { compileScan } from './scan.ts';
import type { PathSyntax } from './syntax.ts';
import { isPathDefinite, isTokenDefinite, tokensText } from './syntax.ts';

/** A path of any kind, compiled to one function per step, each from a list of nodes to the next: no recursion, however long the path. */
export class CompiledPath {
  readonly definite: boolean;
  /** Present for paths of single keys and indexes only. */
  readonly reference: Finder | undefined;
  private steps: Step[] | undefined;

  constructor(
    readonly syntax: PathSyntax,
    definite = isPathDefinite(syntax),
  ) {
    this.definite = definite;
    this.reference = compileReference(syntax);
    // Compile now what may refuse (filters), so that no evaluation meets a new error.
    if (this.reference === undefined) this.steps = compileSteps(syntax);
  }

  /** What a definite path selects, undefined for nothing; the list an indefinite one selects. @throws Failure, JsonPathError */
  find(document: Value, evaluation: Evaluation): Value | undefined {
    if (this.reference !== undefined) return this.reference(document);
    try {
      return this.read(document, evaluation);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === 'missing') return undefined;
      throw thrown;
    }
  }

  /** As `find`, but finding nothing throws a Failure of kind `missing`. */
  read(document: Value, evaluation: Evaluation): Value {
    const found = this.select(document, evaluation);
    if (!this.definite) return found as Value;
    // Each function call adds its result: the last is the one asked for.
    const last = found.at(-1);
    if (last === undefined) throw new Failure('missing', `No results for path: ${this.text}`);
    return last;
  }

  exists(item: Value, evaluation: Evaluation): boolean {
    if (this.reference !== undefined) return this.reference(item) !== undefined;
    return this.find(item, evaluation.requiringKeys()) !== undefined;
  }

  get text(): string {
    return this.syntax.root + tokensText(this.syntax.tokens, 0);
  }

  private select(document: Value, evaluation: Evaluation): Value[] {
    this.steps ??= compileSteps(this.syntax);
    const found: Value[] = [];
    runSteps(this.steps, 0, [document], evaluation, found);
    return found;
  }
}

function runSteps(steps: readonly Step[], from: number, nodes: readonly Value[], evaluation: Evaluation, found: Value[]): void {
  for (let index = from; index < steps.length; index++) {
    const step = steps[index]!;
    evaluation.visit(nodes.length);
    if (step.adds && index < steps.length - 1) {
      // A function's result is both an outcome and the start of what follows, in this order for each node.
      for (const node of nodes) {
        const [result] = step.run([node], evaluation);
        if (result === undefined) continue;
        found.push(result);
        runSteps(steps, index + 1, [result], evaluation, found);
      }
      return;
    }
    nodes = step.run(nodes, evaluation);
  }
  for (const node of nodes) found.push(node);
}

function compileSteps(syntax: PathSyntax): Step[] {
  const { tokens } = syntax;
  const steps: Step[] = [];
  let definite = syntax.definiteUpstream;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const context: StepContext = { syntax, index, definite: definite || index === 0, leaf: index === tokens.length - 1 };
    if (token.kind === 'scan') {
      const scan = compileScan(context);
      steps.push(scan.step);
      index += scan.tokens - 1;
    } else steps.push(token.kind === 'function' ? compileFunction(token, context) : compileStep(token, context));
    definite &&= isTokenDefinite(tokens, index) && token.kind !== 'scan';
  }
  return steps;
}
