import type { Node } from './ast.ts';
import type { Evaluate } from './frame.ts';
import { compileApply } from './nodes/apply.ts';
import { compileArray } from './nodes/array.ts';
import { compileBinary } from './nodes/binary.ts';
import { compileBind, compileBlock, compileCondition } from './nodes/block.ts';
import { compileCall } from './nodes/call.ts';
import { compileFilter } from './nodes/filter.ts';
import { compileGroup, compileObject } from './nodes/group.ts';
import { compileLambda, compileTailCall } from './nodes/lambda.ts';
import { compileNegation } from './nodes/negation.ts';
import { compilePartial } from './nodes/partial.ts';
import { compilePath } from './nodes/path.ts';
import { compileRegexLiteral } from './nodes/regex.ts';
import { compileTransform } from './nodes/transform.ts';
import { compileParent, compileVariable } from './nodes/variable.ts';
import { compileDescendants, compileName, compileWildcard } from './nodes/wildcard.ts';
import { failAt } from './errors.ts';
import type { Scope } from './scope.ts';
import { keepSingleton, unwrap, unwrapArray } from './sequence.ts';

/** Compiles nodes to closures. Levels count nested nodes from the enclosing lambda (or the whole expression), as the depth bound does. */
export class Compiler {
  /** Deepest level met in the lambda being compiled. */
  deepest = 0;

  constructor(
    /** Names of free variables; each has its slot in `Run.globals`. */
    readonly globals: string[],
    /**
     * True for code that checks the depth bound at every node. The common, unchecked code is used only
     * where the deepest level of the lambda cannot pass the bound.
     */
    readonly checked: boolean,
  ) {}

  /** A compiler of the same program whose code checks the depth bound. */
  checkingDepth(): Compiler {
    return new Compiler(this.globals, true);
  }

  /** The slot of a free variable. */
  global(name: string): number {
    const known = this.globals.indexOf(name);
    return known >= 0 ? known : this.globals.push(name) - 1;
  }

  compile(node: Node, scope: Scope, level: number): Evaluate {
    if (level > this.deepest) this.deepest = level;
    let evaluate = this.plain(node, scope, level);
    for (const stage of node.predicate ?? []) evaluate = followedBy(evaluate, compileFilter(this, stage.expr!, scope, level + 1));
    if (node.type !== 'path' && node.group !== undefined) evaluate = followedBy(evaluate, compileGroup(this, node.group, scope, level + 1));
    evaluate = unwrapping(node, evaluate);
    return this.checked ? depthChecked(evaluate, level) : evaluate;
  }

  private plain(node: Node, scope: Scope, level: number): Evaluate {
    switch (node.type) {
      case 'path':
        return compilePath(this, node, scope, level);
      case 'binary':
        return compileBinary(this, node, scope, level);
      case 'unary':
        if (node.value === '[') return compileArray(this, node, scope, level);
        if (node.value === '{') return compileObject(this, node, scope, level);
        return compileNegation(this, node, scope, level);
      case 'name':
        return compileName(node);
      case 'string':
      case 'number':
      case 'value': {
        const { value } = node;
        return () => value;
      }
      case 'wildcard':
        return compileWildcard();
      case 'descendant':
        return compileDescendants();
      case 'parent':
        return compileParent(this, node, scope);
      case 'condition':
        return compileCondition(this, node, scope, level);
      case 'block':
        return compileBlock(this, node, scope, level);
      case 'bind':
        return compileBind(this, node, scope, level);
      case 'regex':
        return compileRegexLiteral(node);
      case 'function':
        return compileCall(this, node, scope, level);
      case 'variable':
        return compileVariable(this, node, scope);
      case 'lambda':
        return node.thunk === true ? compileTailCall(this, node.body!, scope) : compileLambda(this, node, scope);
      case 'partial':
        return compilePartial(this, node, scope, level);
      case 'apply':
        return compileApply(this, node, scope, level);
      case 'transform':
        return compileTransform(this, node, scope, level);
    }
    // A lone `?`, `and` … where a value should be.
    return failAt(node.position, 'S0201', {}, String(node.value));
  }
}

// Nodes whose result is never a sequence.
const SCALAR_TYPES: ReadonlySet<string> = new Set(['string', 'number', 'value', 'regex', 'lambda', 'transform', 'partial', 'unary', 'binary']);

function unwrapping(node: Node, evaluate: Evaluate): Evaluate {
  // Paths unwrap by themselves.
  if (node.type === 'path') return evaluate;
  if (node.predicate === undefined && node.keepArray !== true) {
    if (SCALAR_TYPES.has(node.type) && node.value !== '..') return evaluate;
    return (input, frame) => {
      const value = evaluate(input, frame);
      return typeof value === 'object' ? unwrap(value) : value;
    };
  }
  const keep = node.keepArray === true;
  return (input, frame) => {
    const value = evaluate(input, frame);
    if (!Array.isArray(value)) return value;
    if (keep) keepSingleton(value);
    return unwrapArray(value);
  };
}

function followedBy(first: Evaluate, then: Evaluate): Evaluate {
  return (input, frame) => then(first(input, frame), frame);
}

function depthChecked(evaluate: Evaluate, level: number): Evaluate {
  return (input, frame) => {
    frame.run.checkDepth(frame.base + level);
    return evaluate(input, frame);
  };
}
