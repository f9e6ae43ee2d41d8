import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { readSlot, type Evaluate, type Frame } from '../frame.ts';
import { BUILTINS } from '../functions/builtin.ts';
import { UNBOUND, type Run } from '../run.ts';
import { placesOf, type Place, type Scope } from '../scope.ts';
import { unwrapOuter } from '../sequence.ts';

/** `$name`, found in its frame, or outside: a variable of the environment, else a built-in function. `$` is the context. */
export function compileVariable(compiler: Compiler, node: Node, scope: Scope): Evaluate {
  const name = String(node.value);
  if (name === '') return unwrapOuter;
  return compileReference(compiler, name, scope);
}

/** `%`: the parser has given each parent a label, bound beside the step that it belongs to. */
export function compileParent(compiler: Compiler, node: Node, scope: Scope): Evaluate {
  return compileReference(compiler, node.slot!.label, scope);
}

export function compileReference(compiler: Compiler, name: string, scope: Scope): Evaluate {
  const places = placesOf(name, scope);
  const [first] = places;
  if (first !== undefined && first.certain) return certainSlot(first.hops, first.slot!);
  const global = compiler.global(name);
  if (first === undefined) return (_input, frame) => readGlobal(frame.run, global, name);
  return (_input, frame) => {
    for (const place of places) {
      const value = readPlace(frame, place, name);
      if (value !== UNBOUND) return value;
    }
    return readGlobal(frame.run, global, name);
  };
}

function readPlace(frame: Frame, place: Place, name: string): unknown {
  const holder = outward(frame, place.hops);
  if (place.slot !== undefined) return readSlot(holder, place.slot);
  const tuple = holder.tuple!;
  const value = tuple.get(name);
  return value === undefined && !tuple.has(name) ? UNBOUND : value;
}

function outward(frame: Frame, hops: number): Frame {
  let holder = frame;
  for (let hop = 0; hop < hops; hop++) holder = holder.parent!;
  return holder;
}

function certainSlot(hops: number, slot: number): Evaluate {
  if (hops === 0) {
    if (slot === 0) return (_input, frame) => frame.v0;
    if (slot === 1) return (_input, frame) => frame.v1;
    if (slot === 2) return (_input, frame) => frame.v2;
  }
  return (_input, frame) => readSlot(outward(frame, hops), slot);
}

/** The environment is asked for a name once in an evaluation. */
function readGlobal(run: Run, slot: number, name: string): unknown {
  const known = run.globals[slot];
  if (known !== UNBOUND) return known;
  let value: unknown;
  if (name === '$') value = run.root;
  else {
    value = run.environment.variable(name);
    if (value === undefined) value = BUILTINS.get(name);
  }
  run.globals[slot] = value;
  return value;
}
