import { Failure } from './error.ts';
import type { Evaluation } from './evaluation.ts';
import { compileFilter } from './filter.ts';
import type { Value } from './java-value.ts';
import { isList, isMap } from './java-value.ts';
import { keyReader } from './reference.ts';
import type { Step, StepContext } from './steps.ts';
import { children, compileStep } from './steps.ts';
import type { Token } from './syntax.ts';

/**
 * Compiles `..` with the step after it, which picks the places, and with the last step where that is a key or `*`.
 * The places come in document order, containers before what they hold, walked with a stack of its own.
 */
export function compileScan({ syntax, index }: StepContext): { step: Step; tokens: number } {
  const { tokens } = syntax;
  const target = tokens[index + 1];
  if (target === undefined) return { step: { run: (nodes) => nodes.map(refuseEnd) }, tokens: 1 };
  if (target.kind === 'scan' || target.kind === 'function') return { step: { run: () => [] }, tokens: 2 };

  const leaf = index + 2 === tokens.length;
  const read = target.kind === 'property' && target.keys.length === 1 ? keyReader(target.keys[0]!) : undefined;
  const accepts = compileTarget(target, leaf);
  const select = compileStep(target, { syntax, index: index + 1, definite: false, leaf });
  const last = tokens[index + 2];
  const key = last?.kind === 'property' && last.keys.length === 1 ? last.keys[0] : undefined;
  const isLastJoined = index + 3 === tokens.length && (key !== undefined || last?.kind === 'wildcard');
  const isAppended = last?.kind === 'wildcard' && last.appended === true;
  const admitted = target.kind === 'index' && target.indexes.length === 1 && !isAppended ? target.indexes[0]! : -1;
  return { step: { run }, tokens: isLastJoined ? 3 : 2 };

  function run(nodes: readonly Value[], evaluation: Evaluation): readonly Value[] {
    const out: Value[] = [];
    // The position in the last array that was opened instead of being searched. What the last step finds in an object
    // only counts where that position is the one the step before names, or while no array was opened.
    let opened = -1;
    const emit = (node: Value): void => {
      if (!isLastJoined) out.push(node);
      else if (!isMap(node)) {
        if (key === undefined) for (const item of children(node)) out.push(item);
      } else if (key !== undefined && evaluation.requiresKeys && !Object.hasOwn(node, key)) {
        throw new Failure('missing', `No results for path: ['${key}']`);
      } else if (opened === -1 || opened === admitted) {
        if (key === undefined) for (const item of children(node)) out.push(item);
        else if (Object.hasOwn(node, key)) out.push(node[key]!);
      }
    };
    for (const start of nodes) {
      walk(start, evaluation, (node) => {
        if (read !== undefined) {
          const value = isMap(node) ? read(node) : undefined;
          if (value !== undefined) emit(value);
          return;
        }
        if (!accepts(node, evaluation)) return;
        if (leaf || !isList(node)) for (const selected of select.run([node], evaluation)) emit(selected);
        else {
          for (let position = 0; position < node.length; position++) {
            opened = position;
            emit(node[position]!);
          }
        }
      });
    }
    return out;
  }
}

function refuseEnd(): never {
  throw new Failure('other', 'Current path token is a leaf');
}

function walk(start: Value, evaluation: Evaluation, visit: (container: Value) => void): void {
  const pending: Value[] = [start];
  while (pending.length > 0) {
    const node = pending.pop()!;
    const inner = isList(node) ? node : isMap(node) ? Object.values(node) : undefined;
    if (inner === undefined) continue;
    evaluation.visit(inner.length + 1);
    visit(node);
    for (let position = inner.length - 1; position >= 0; position--) {
      const child = inner[position]!;
      if (typeof child === 'object' && child !== null) pending.push(child);
    }
  }
}

/** Which containers a scan stops at, by the step after it. */
function compileTarget(target: Token, leaf: boolean): (container: Value, evaluation: Evaluation) => boolean {
  switch (target.kind) {
    case 'property': {
      const { keys } = target;
      const anyKeys = keys.length > 1 && !leaf;
      return (container) => isMap(container) && (anyKeys || keys.every((key) => Object.hasOwn(container, key)));
    }
    case 'filter':
      return compileFilter(target.expression);
    case 'wildcard':
      return () => true;
    default:
      return isList;
  }
}
