import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import type { Evaluate, Frame } from '../frame.ts';
import { lookup, readerOf, type ReadName } from '../lookup.ts';
import type { Run } from '../run.ts';
import type { Scope } from '../scope.ts';
import { builtItems, isConstructed, isSequence, keepSingleton, markSequence, unwrap } from '../sequence.ts';
import { compileFilter } from './filter.ts';
import { compileGroup } from './group.ts';
import { compileSort, type SortItems } from './sort.ts';
import { compileTuplePath } from './tuple-path.ts';

/** Location paths, `a.b[c].d`: each step maps the items of the step before, and arrays that come out are spread. */
export function compilePath(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const steps = node.steps!;
  if (steps.some((step) => step.tuple === true)) return compileTuplePath(compiler, node, scope, level);
  if (node.keepSingletonArray !== true && node.keepArray !== true && node.group === undefined && !compiler.checked) {
    const names = steps[0]!.type === 'variable' ? steps.slice(1) : steps;
    if (names.every(isPlainName) && (names === steps || isPlain(steps[0]!))) {
      const readers = names.map((name) => readerOf(name.value as string));
      compiler.deepest = Math.max(compiler.deepest, level + 1);
      if (names === steps) return namesOn(readers);
      return namesBehind(compiler.compile(steps[0]!, scope, level + 1), readers);
    }
  }
  return generalPath(compiler, node, scope, level);
}

function isPlain(step: Node): boolean {
  return step.stages === undefined && step.predicate === undefined && step.group === undefined && step.keepArray !== true;
}

function isPlainName(step: Node): boolean {
  return step.type === 'name' && isPlain(step);
}

function namesOn(readers: readonly ReadName[]): Evaluate {
  if (readers.length === 1) {
    const read = readers[0]!;
    return (input, frame) => {
      if (typeof input !== 'object' || input === null) return undefined;
      if (Array.isArray(input)) return namesOfItems(input, readers, 0, frame.run);
      const value = read(input);
      return Array.isArray(value) ? lastArray(value) : value;
    };
  }
  return (input, frame) => namesFrom(input, readers, frame.run);
}

function namesBehind(first: Evaluate, readers: readonly ReadName[]): Evaluate {
  return (input, frame) => namesFrom(first(input, frame), readers, frame.run);
}

// What the last step gives alone: an array that is data stays one, a sequence is spread and unwrapped.
function lastArray(items: unknown[]): unknown {
  if (!isSequence(items) || items.length > 1) return items;
  return items[0];
}

function namesFrom(start: unknown, readers: readonly ReadName[], run: Run): unknown {
  let value = start;
  for (let index = 0; index < readers.length; index++) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) return namesOfItems(value, readers, index, run);
    value = readers[index]!(value);
  }
  return Array.isArray(value) ? lastArray(value) : value;
}

// Once an array is met, every further step works on all items.
function namesOfItems(start: readonly unknown[], readers: readonly ReadName[], from: number, run: Run): unknown {
  let items = start;
  for (let step = from; step < readers.length; step++) {
    const read = readers[step]!;
    run.charge(items.length);
    const found: unknown[] = [];
    let count = 0;
    let first: unknown;
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item !== 'object' || item === null) continue;
      const value = Array.isArray(item) ? unwrap(lookup(item, read)) : read(item);
      if (value === undefined) continue;
      if (++count === 1) first = value;
      spreadInto(found, value);
    }
    if (count === 1 && step === readers.length - 1 && Array.isArray(first) && !isSequence(first)) return first;
    items = found;
    if (found.length === 0) return undefined;
  }
  return items.length === 1 ? items[0] : markSequence(items as unknown[]);
}

function spreadInto(found: unknown[], value: unknown): void {
  if (!Array.isArray(value) || isConstructed(value)) found.push(value);
  else for (let index = 0; index < value.length; index++) found.push(value[index]);
}

interface Step {
  readonly evaluate: Evaluate;
  readonly stages: readonly Evaluate[];
  readonly sort: SortItems | undefined;
}

function generalPath(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const nodes = node.steps!;
  const steps = nodes.map((step): Step => compileStep(compiler, step, scope, level));
  const firstIsVariable = nodes[0]!.type === 'variable';
  const constructsFirst = nodes[0]!.consarray === true;
  const keep = node.keepSingletonArray === true;
  const keepResult = node.keepArray === true;
  const group = node.group === undefined ? undefined : compileGroup(compiler, node.group, scope, level + 1);
  const { length } = steps;

  return (input, frame) => {
    // The items so far: one that is no array in `value`, or any number of them as an array.
    let value: unknown = input;
    let many = Array.isArray(input) && !firstIsVariable;
    for (let index = 0; index < length; index++) {
      const step = steps[index]!;
      if (index === 0 && constructsFirst) {
        value = builtItems(step.evaluate(many ? value : markSequence([value]), frame));
        many = value !== undefined;
      } else if (step.sort !== undefined) {
        if (many) {
          const items = value as unknown[];
          value = items.length > 1 ? step.sort(items, frame) : markSequence(items.slice());
        }
        if (step.stages.length > 0) {
          value = applyStages(step.stages, value, frame);
          many = true;
        }
      } else if (many) {
        value = mapItems(step, value as readonly unknown[], frame, index === length - 1);
      } else {
        value = applyStages(step.stages, step.evaluate(value, frame), frame);
        if (Array.isArray(value)) {
          many = true;
          const last = index === length - 1;
          if (!last && isConstructed(value)) value = [value];
          else if (last && isSequence(value)) value = markSequence(value.slice());
        }
      }
      if (many ? (value as unknown[]).length === 0 : value === undefined) {
        // Nothing to go on with; an empty array that the last step found, or the first one built, is a value.
        if (index < length - 1 && !(index === 0 && constructsFirst)) {
          value = undefined;
          many = false;
        }
        break;
      }
    }
    if (keep) {
      if (!many && value !== undefined) value = markSequence([value]);
      else if (many && isConstructed(value as unknown[])) value = markSequence([value]);
      many = value !== undefined;
      if (many) keepSingleton(value as unknown[]);
    }
    if (group !== undefined) return group(value, frame);
    if (keepResult && value !== undefined) {
      if (!many) value = markSequence([value]);
      keepSingleton(value as unknown[]);
    }
    return unwrap(value);
  };
}

function compileStep(compiler: Compiler, node: Node, scope: Scope, level: number): Step {
  const stages = (node.stages ?? []).map((stage) => compileFilter(compiler, stage.expr!, scope, level + 1));
  if (node.type === 'sort') return { evaluate: () => undefined, stages, sort: compileSort(compiler, node, scope, level + 1) };
  return { evaluate: compiler.compile(node, scope, level + 1), stages, sort: undefined };
}

function applyStages(stages: readonly Evaluate[], start: unknown, frame: Frame): unknown {
  let value = start;
  for (let index = 0; index < stages.length; index++) value = stages[index]!(value, frame);
  return value;
}

function mapItems(step: Step, items: readonly unknown[], frame: Frame, last: boolean): unknown[] {
  const { evaluate, stages } = step;
  const { run } = frame;
  run.charge(items.length);
  const found: unknown[] = [];
  let count = 0;
  let first: unknown;
  for (let index = 0; index < items.length; index++) {
    let value = evaluate(items[index], frame);
    if (stages.length > 0) value = applyStages(stages, value, frame);
    if (value === undefined) continue;
    if (++count === 1) first = value;
    if (typeof value !== 'object' || !Array.isArray(value)) found.push(value);
    else {
      run.checkItems(found.length + value.length);
      spreadInto(found, value);
    }
  }
  if (last && count === 1 && Array.isArray(first) && !isSequence(first)) return first;
  return markSequence(found);
}
