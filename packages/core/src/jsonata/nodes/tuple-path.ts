import type { Node, Stage } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { tupleFrame, VALUE, type Evaluate, type Frame, type Tuple } from '../frame.ts';
import { tupleScope, type Scope } from '../scope.ts';
import { builtItems, isConstructed, keepSingleton, markSequence, unwrap } from '../sequence.ts';
import { TupleStream } from '../tuple-stream.ts';
import { compileFilter } from './filter.ts';
import { compileTupleGroup } from './group.ts';
import { compileSort, compileTupleSort } from './sort.ts';

/** A step before any variable is bound: items to items. */
type PlainStep = (items: readonly unknown[], frame: Frame) => unknown[];
/** A step that carries variables: tuples to tuples. */
type TupleStep = (tuples: Tuple[], frame: Frame) => Tuple[];

/** Paths that bind variables along the way: focus `@$v`, position `#$i`, and the parents that `%` asks for. */
export function compileTuplePath(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const nodes = node.steps!;
  const inner = tupleScope(scope);
  const before: PlainStep[] = [];
  const after: TupleStep[] = [];
  nodes.forEach((step, index) => {
    if (after.length === 0 && step.tuple !== true) before.push(compilePlain(compiler, step, scope, level, index));
    else after.push(compileStep(compiler, step, after.length === 0, scope, inner, level));
  });
  const firstIsVariable = nodes[0]!.type === 'variable';
  const constructsFirst = nodes[0]!.consarray === true && before.length > 0;
  const group = node.group === undefined ? undefined : compileTupleGroup(compiler, node.group, scope, level + 1);
  const keep = node.keepSingletonArray === true || node.keepArray === true;

  return (input, frame) => {
    let items: readonly unknown[] = Array.isArray(input) && !firstIsVariable ? input : [input];
    for (let index = 0; index < before.length; index++) {
      const constructs = index === 0 && constructsFirst;
      items = before[index]!(constructs ? markSequence([...items]) : items, frame);
      if (items.length > 0) continue;
      if (group !== undefined) return group([], frame);
      return constructs && isConstructed(items) ? items : undefined;
    }
    let tuples: Tuple[] = items.map((item) => new Map([[VALUE, item]]));
    for (const step of after) tuples = step(tuples, frame);
    if (group !== undefined) return group(tuples, frame);
    if (node.tuple === true) return new TupleStream(tuples);
    const values = markSequence(tuples.map((tuple) => tuple.get(VALUE)));
    if (keep) keepSingleton(values);
    return unwrap(values);
  };
}

function compilePlain(compiler: Compiler, node: Node, scope: Scope, level: number, index: number): PlainStep {
  const stages = (node.stages ?? []).map((stage) => compileFilter(compiler, stage.expr!, scope, level + 1));
  const applyStages = (value: unknown, frame: Frame) => stages.reduce((result, stage) => stage(result, frame), value);
  if (node.type === 'sort') {
    const sort = compileSort(compiler, node, scope, level + 1);
    return (items, frame) => applyStages(sort(items as unknown[], frame), frame) as unknown[];
  }
  const evaluate = compiler.compile(node, scope, level + 1);
  if (index === 0 && node.consarray === true) {
    return (items, frame) => builtItems(evaluate(items, frame)) ?? [];
  }
  return (items, frame) => {
    frame.run.charge(items.length);
    const found: unknown[] = [];
    for (const item of items) {
      const value = applyStages(evaluate(item, frame), frame);
      if (value === undefined) continue;
      if (!Array.isArray(value) || isConstructed(value)) found.push(value);
      else for (const part of value) found.push(part);
    }
    return found;
  };
}

function compileStep(compiler: Compiler, node: Node, first: boolean, scope: Scope, inner: Scope, level: number): TupleStep {
  const stages = (node.stages ?? []).map((stage) => compileStage(compiler, stage, inner, level));
  const applyStages: TupleStep = (tuples, frame) => stages.reduce((result, stage) => stage(result, frame), tuples);
  if (node.type === 'sort') {
    if (!first) {
      const sort = compileTupleSort(compiler, node, inner, level + 1);
      return (tuples, frame) => applyStages(sort(tuples, frame), frame);
    }
    // The sort is where the variables begin: `a^(b)#$i`.
    const sort = compileSort(compiler, node, scope, level + 1);
    return (tuples, frame) => {
      const sorted = sort(
        tuples.map((tuple) => tuple.get(VALUE)),
        frame,
      );
      const numbered = sorted.map((item, index): Tuple => {
        const tuple: Tuple = new Map([[VALUE, item]]);
        if (node.index !== undefined) tuple.set(node.index, index);
        return tuple;
      });
      return applyStages(numbered, frame);
    };
  }
  const evaluate = compiler.compile(node, inner, level + 1);
  return (tuples, frame) => {
    const { run } = frame;
    run.charge(tuples.length);
    const found: Tuple[] = [];
    for (const tuple of tuples) {
      const context = tuple.get(VALUE);
      const value = evaluate(context, tupleFrame(frame, tuple));
      if (value === undefined) continue;
      if (value instanceof TupleStream) {
        for (const nested of value.tuples) found.push(new Map([...tuple, ...nested]));
      } else {
        const values: readonly unknown[] = Array.isArray(value) ? value : [value];
        values.forEach((item, index) => {
          const next: Tuple = new Map(tuple);
          if (node.focus === undefined) next.set(VALUE, item);
          else next.set(node.focus, item);
          if (node.index !== undefined) next.set(node.index, index);
          if (node.ancestor !== undefined) next.set(node.ancestor.label, context);
          found.push(next);
        });
      }
      run.checkItems(found.length);
      run.charge(1);
    }
    return applyStages(found, frame);
  };
}

function compileStage(compiler: Compiler, stage: Stage, inner: Scope, level: number): TupleStep {
  if (stage.type === 'index') {
    const name = stage.value!;
    return (tuples) => tuples.map((tuple, index) => new Map(tuple).set(name, index));
  }
  const filter = compileFilter(compiler, stage.expr!, inner, level + 1);
  return (tuples, frame) => (filter(new TupleStream(tuples), frame) as TupleStream).tuples;
}

