import type { Json } from '@interstate/kernel';
import { setJsonKey } from '@interstate/kernel';
import { Failure } from './error.ts';
import type { Evaluation } from './evaluation.ts';
import { compileFilter } from './filter.ts';
import type { Value } from './java-value.ts';
import { className, isList, isMap, javaText } from './java-value.ts';
import { keyReader } from './reference.ts';
import type { PathSyntax, Token } from './syntax.ts';
import { tokensText, trailText } from './syntax.ts';

/** One step of a path: from the nodes selected so far, in order, to those it selects from each. */
export interface Step {
  readonly run: (nodes: readonly Value[], evaluation: Evaluation) => readonly Value[];
  /** True where the outcome is a result even if more steps follow. */
  readonly adds?: boolean;
  /** The failures of later steps that end no more than the item of an array they came from. */
  readonly swallows?: readonly Failure['kind'][];
}

/** Where a step stands. */
export interface StepContext {
  readonly syntax: PathSyntax;
  readonly index: number;
  /** True where all steps before are definite: then a node that does not fit is an error, otherwise it is passed over. */
  readonly definite: boolean;
  readonly leaf: boolean;
}

export function compileStep(token: Exclude<Token, { kind: 'scan' | 'function' }>, context: StepContext): Step {
  switch (token.kind) {
    case 'property':
      return compileProperty(token.keys, context);
    case 'index':
      return compileIndexes(token.indexes, context);
    case 'slice':
      return compileSlice(token.from, token.to, context);
    case 'wildcard':
      return { run: allChildren, swallows: ['bounds', 'missing'] };
    case 'filter':
      return compileFilterStep(token, context);
  }
}

export function children(node: Value): readonly Value[] {
  return isList(node) ? node : isMap(node) ? Object.values(node) : [];
}

function allChildren(nodes: readonly Value[], evaluation: Evaluation): readonly Value[] {
  if (nodes.length === 1) return children(nodes[0]!);
  const out: Value[] = [];
  for (const node of nodes) {
    const found = children(node);
    evaluation.visit(found.length);
    for (const child of found) out.push(child);
  }
  return out;
}

function missing(message: string): never {
  throw new Failure('missing', message);
}

function compileProperty(keys: readonly string[], context: StepContext): Step {
  const [key] = keys as [string];
  const select = keys.length === 1 ? oneKey(key, context) : context.leaf ? mergedKeys(keys) : eachKey(keys);
  return {
    run(nodes, evaluation) {
      const out: Value[] = [];
      evaluation.visit(nodes.length * (keys.length - 1));
      for (const node of nodes) {
        if (isMap(node)) select(node, out, evaluation);
        else if (context.definite) refuseKey(node, context);
      }
      return out;
    },
  };
}

type KeySelector = (node: Readonly<Record<string, Json>>, out: Value[], evaluation: Evaluation) => void;

function oneKey(key: string, context: StepContext): KeySelector {
  const read = keyReader(key);
  return (node, out, evaluation) => {
    const value = read(node);
    if (value !== undefined) out.push(value);
    else if (evaluation.requiresKeys || (context.definite && !context.leaf)) {
      missing(`Missing property in path ${trailText(context.syntax, context.index)}['${key}']`);
    }
  };
}

function eachKey(keys: readonly string[]): KeySelector {
  return (node, out, evaluation) => {
    for (const key of keys) {
      if (Object.hasOwn(node, key)) out.push(node[key]!);
      else if (evaluation.requiresKeys) missing(`Missing property in path ['${key}']`);
    }
  };
}

function mergedKeys(keys: readonly string[]): KeySelector {
  return (node, out, evaluation) => {
    const merged: Record<string, Json> = {};
    for (const key of keys) {
      if (Object.hasOwn(node, key)) setJsonKey(merged, key, node[key]!);
      else if (evaluation.requiresKeys) missing(`Missing property in path ['${key}']`);
    }
    out.push(merged);
  };
}

function refuseKey(node: Value, { syntax, index }: StepContext): never {
  return missing(
    `Expected to find an object with property ${tokensText(syntax.tokens, index, index + 1)} in path ${trailText(syntax, index)}` +
      ` but found '${className(node)}'. This is not a json object according to the JsonProvider:` +
      ` 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.`,
  );
}

function refuseIndex(node: Value, { syntax, index }: StepContext): never {
  if (node === null) missing(`The path ${trailText(syntax, index)} is null`);
  return missing(`Filter: ${tokensText(syntax.tokens, index)} can only be applied to arrays. Current context is: ${javaText(node)}`);
}

/** A step that selects from arrays. */
function overLists(context: StepContext, select: (list: readonly Json[], out: Value[], evaluation: Evaluation) => void): Step {
  return {
    swallows: ['bounds'],
    run(nodes, evaluation) {
      const out: Value[] = [];
      for (const node of nodes) {
        if (isList(node)) select(node, out, evaluation);
        else if (context.definite) refuseIndex(node, context);
      }
      return out;
    },
  };
}

function compileIndexes(indexes: readonly number[], context: StepContext): Step {
  return overLists(context, (list, out, evaluation) => {
    evaluation.visit(indexes.length);
    for (const index of indexes) {
      const item = list[index < 0 ? list.length + index : index];
      if (item !== undefined) out.push(item);
    }
  });
}

function compileSlice(from: number | undefined, to: number | undefined, context: StepContext): Step {
  return overLists(context, (list, out, evaluation) => {
    const { length } = list;
    let start = from ?? 0;
    let end = to ?? length;
    // With both ends given a negative start is not turned into a position: `[-2:1]` goes through -2, -1, 0.
    if (to === undefined && start < 0) start = Math.max(0, length + start);
    if (from === undefined && end < 0) end = length + end;
    start = Math.max(start, -length);
    end = Math.min(length, end);
    evaluation.visit(Math.max(0, end - start));
    for (let index = start; index < end; index++) out.push(list[index < 0 ? length + index : index]!);
  });
}

function compileFilterStep(token: Token & { kind: 'filter' }, context: StepContext): Step {
  const accepts = compileFilter(token.expression);
  return {
    swallows: ['bounds'],
    run(nodes, evaluation) {
      const out: Value[] = [];
      for (const node of nodes) {
        if (isList(node)) {
          evaluation.visit(node.length);
          for (const item of node) if (accepts(item, evaluation)) out.push(item);
        } else if (isMap(node)) {
          if (accepts(node, evaluation)) out.push(node);
        } else if (context.definite) {
          const text = tokensText(context.syntax.tokens, context.index);
          throw new Failure('invalid', `Filter: ${text} can not be applied to primitives. Current context is: ${javaText(node)}`);
        }
      }
      return out;
    },
  };
}
