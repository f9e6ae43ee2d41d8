import { CompiledPath } from './compiled-path.ts';
import { Failure } from './error.ts';
import type { Evaluation } from './evaluation.ts';
import type { Value } from './java-value.ts';
import { OPERATORS } from './operators.ts';
import type { Expression, Operand } from './syntax.ts';
import type { ValueNode } from './value-node.ts';
import { JsonNode, PatternNode, numberNode, valueNode } from './value-node.ts';

type Predicate = (item: Value, evaluation: Evaluation) => boolean;
type NodeReader = (item: Value, evaluation: Evaluation) => ValueNode;

/** Compiles a filter. What Jayway reports as an invalid path while it tests an item only rejects the item. */
export function compileFilter(expression: Expression): Predicate {
  const test = compileExpression(expression);
  return (item, evaluation) => {
    try {
      return test(item, evaluation);
    } catch (thrown) {
      if (thrown instanceof Failure && (thrown.kind === 'invalid' || thrown.kind === 'missing')) return false;
      throw thrown;
    }
  };
}

function compileExpression(expression: Expression): Predicate {
  switch (expression.kind) {
    case 'not': {
      const test = compileExpression(expression.operand);
      return (item, evaluation) => !test(item, evaluation);
    }
    case 'and':
    case 'or': {
      const tests = expression.operands.map(compileExpression);
      return expression.kind === 'and'
        ? (item, evaluation) => tests.every((test) => test(item, evaluation))
        : (item, evaluation) => tests.some((test) => test(item, evaluation));
    }
    case 'exists': {
      // Even `$…` is looked for in the item here.
      const path = new CompiledPath(expression.path);
      const { expected } = expression;
      return (item, evaluation) => path.exists(item, evaluation) === expected;
    }
    case 'relation': {
      const left = compileOperand(expression.left);
      const right = compileOperand(expression.right);
      const operator = OPERATORS.get(expression.operator)!;
      return (item, evaluation) => operator(left(item, evaluation), right(item, evaluation), evaluation);
    }
  }
}

function compileOperand(operand: Operand): NodeReader {
  switch (operand.kind) {
    case 'path':
      return operand.path.relative ? itemReader(new CompiledPath(operand.path)) : rootReader(new CompiledPath(operand.path));
    case 'pattern':
      return constant(new PatternNode(operand.regex));
    case 'json':
      return constant(new JsonNode(operand.text));
    case 'string':
      return constant(operand.text);
    case 'number':
      return constant(numberNode(operand.text));
    case 'literal':
      return constant(operand.value);
  }
}

function constant(node: ValueNode): NodeReader {
  return () => node;
}

function itemReader(path: CompiledPath): NodeReader {
  return (item, evaluation) => {
    const value = path.find(item, evaluation);
    return value === undefined ? undefined : valueNode(value);
  };
}

function rootReader(path: CompiledPath): NodeReader {
  return (_item, evaluation) => {
    if (evaluation.rootNodes.has(path)) return evaluation.rootNodes.get(path);
    const value = path.find(evaluation.root, evaluation);
    const node = value === undefined ? undefined : valueNode(value);
    evaluation.rootNodes.set(path, node);
    return node;
  };
}
