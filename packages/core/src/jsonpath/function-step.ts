import { CompiledPath } from './compiled-path.ts';
import { Failure, invalid } from './error.ts';
import type { Evaluation } from './evaluation.ts';
import type { Argument } from './functions.ts';
import { FUNCTIONS, lengthOf } from './functions.ts';
import type { Value } from './java-value.ts';
import { isList } from './java-value.ts';
import { parsePermissiveJson } from './permissive-json.ts';
import type { Step } from './steps.ts';
import type { FunctionToken, Parameter } from './syntax.ts';
import { isFunctionPath, isPathDefinite } from './syntax.ts';

type Call = (node: Value, parameters: readonly Argument[], evaluation: Evaluation) => Value;

export function compileFunction(token: FunctionToken): Step {
  const call = token.name === 'length' || token.name === 'size' ? compileLength(token.parameters[0]) : FUNCTIONS.get(token.name);
  const parameters = token.parameters.map(compileParameter);
  return {
    adds: true,
    run: (nodes, evaluation) =>
      nodes.map((node) => {
        if (call === undefined) return invalid(`Function with name: ${token.name} does not exist.`);
        return call(
          node,
          parameters.map((parameter) => parameter(evaluation)),
          evaluation,
        );
      }),
  };
}

/** Paths are looked up before the call, in the whole document; JSON is parsed when the function asks. */
function compileParameter(parameter: Parameter): (evaluation: Evaluation) => Argument {
  if (parameter.kind === 'json') {
    let parsed: Value | undefined;
    return () => () => (parsed ??= parsePermissiveJson(parameter.text));
  }
  const path = new CompiledPath(parameter.path);
  return (evaluation) => {
    const value = path.read(evaluation.root, evaluation);
    return () => value;
  };
}

/** `length($.a)` counts what `$.a[*]` selects where that gives an array, otherwise the node it is called on. */
function compileLength(parameter: Parameter | undefined): Call {
  if (parameter === undefined) return lengthOf;
  if (parameter.kind === 'json') {
    return () => {
      throw new Failure('other', 'java.lang.NullPointerException');
    };
  }
  const { path } = parameter;
  const isBare = path.tokens.length === 0 || isFunctionPath(path);
  const inner = new CompiledPath(
    isBare ? path : { ...path, tokens: [...path.tokens, { kind: 'wildcard', appended: true }] },
    isPathDefinite(path),
  );
  return (node, _parameters, evaluation) => {
    if (node === null) throw new Failure('other', 'root can not be null');
    const selected = inner.read(node, evaluation.over(node));
    return isList(selected) ? selected.length : lengthOf(node);
  };
}
