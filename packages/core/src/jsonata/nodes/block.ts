import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { Frame, writeSlot, type Evaluate } from '../frame.ts';
import { UNBOUND } from '../run.ts';
import { placesOf, slotScope, type Scope } from '../scope.ts';
import { isTruthy } from '../values.ts';

/** A block `( … ; … )`: its `:=` bind in a frame of its own; without any, it needs none. */
export function compileBlock(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const expressions = node.expressions!;
  const own = slotScope(scope, [], expressions);
  const slots = own.slots.size;
  const steps = expressions.map((expression) => compiler.compile(expression, slots === 0 ? scope : own, level + 1));
  if (slots === 0) {
    if (steps.length === 0) return () => undefined;
    if (steps.length === 1) return steps[0]!;
    return (input, frame) => inTurn(steps, input, frame);
  }
  return (input, frame) => {
    const inner = new Frame(frame, frame.run, frame.base);
    clearSlots(inner, 0, slots);
    return inTurn(steps, input, inner);
  };
}

function inTurn(steps: readonly Evaluate[], input: unknown, frame: Frame): unknown {
  let result: unknown;
  for (let index = 0; index < steps.length; index++) result = steps[index]!(input, frame);
  return result;
}

/** Slots of `:=` start unbound, so that until then the name means what it means outside. */
export function clearSlots(frame: Frame, from: number, to: number): void {
  for (let slot = from; slot < to; slot++) writeSlot(frame, slot, UNBOUND);
}

export function compileBind(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const name = String((node.lhs as Node).value);
  const value = compiler.compile(node.rhs!, scope, level + 1);
  if (scope.tuple) {
    return (input, frame) => {
      const bound = value(input, frame);
      // The tuple itself goes on to the next steps without this name.
      frame.tuple = new Map(frame.tuple).set(name, bound);
      return bound;
    };
  }
  const { slot } = placesOf(name, scope)[0]!;
  return (input, frame) => {
    const bound = value(input, frame);
    writeSlot(frame, slot!, bound);
    return bound;
  };
}

export function compileCondition(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const condition = compiler.compile(node.condition!, scope, level + 1);
  const then = compiler.compile(node.then!, scope, level + 1);
  const otherwise = node.else === undefined ? undefined : compiler.compile(node.else, scope, level + 1);
  return (input, frame) => {
    if (isTruthy(condition(input, frame))) return then(input, frame);
    return otherwise === undefined ? undefined : otherwise(input, frame);
  };
}
