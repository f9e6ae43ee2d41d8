import { Failure } from './error.ts';
import type { Evaluation } from './evaluation.ts';
import { compileFunction } from './function-step.ts';
import type { Value } from './java-value.ts';
import { isList } from './java-value.ts';
import type { Finder } from './reference.ts';
import { compileReference } from './reference.ts';
import { compileScan } from './scan.ts';
import type { Step, StepContext } from './steps.ts';
import { compileStep } from './steps.ts';
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
    const there = this.reference?.(document);
    if (there !== undefined) return there;
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
    if (index < steps.length - 1 && (step.adds || step.swallows)) {
      for (const node of nodes) runOnward(steps, index, node, evaluation, found);
      return;
    }
    nodes = step.run(nodes, evaluation);
  }
  for (const node of nodes) found.push(node);
}

/** One step and all after it, for one node after the other: results of functions and failures keep their place. */
function runOnward(steps: readonly Step[], index: number, node: Value, evaluation: Evaluation, found: Value[]): void {
  const { run, adds, swallows } = steps[index]!;
  for (const next of run([node], evaluation)) {
    // A function's result is an outcome of its own, whatever follows.
    if (adds) found.push(next);
    try {
      runSteps(steps, index + 1, [next], evaluation, found);
    } catch (thrown) {
      if (!(thrown instanceof Failure && isList(node) && swallows?.includes(thrown.kind))) throw thrown;
    }
  }
}

// Only functions make later steps fail, and paths with functions are short: longer ones do without, to spare the stack.
const MAX_GUARDED_TOKENS = 200;

function compileSteps(syntax: PathSyntax): Step[] {
  const { tokens } = syntax;
  const steps: Step[] = [];
  const isGuarded = tokens.length <= MAX_GUARDED_TOKENS && tokens.some((token) => token.kind === 'function');
  let definite = syntax.definiteUpstream;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const context: StepContext = { syntax, index, definite, leaf: index === tokens.length - 1 };
    if (token.kind === 'scan') {
      const scan = compileScan(context);
      steps.push(scan.step);
      index += scan.tokens - 1;
    } else if (token.kind === 'function') steps.push(compileFunction(token));
    else {
      const step = compileStep(token, context);
      steps.push(isGuarded ? step : { run: step.run });
    }
    definite &&= isTokenDefinite(tokens, index) && token.kind !== 'scan';
  }
  return steps;
}
