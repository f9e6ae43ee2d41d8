import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import { Frame, writeSlot, type Evaluate } from '../frame.ts';
import { functionValue, isFunction, TailCall, unroll, type Call } from '../function-value.ts';
import { slotScope, type Scope } from '../scope.ts';
import { compileSignature } from '../signature.ts';
import { clearSlots } from './block.ts';
import { procedureName } from './call.ts';

const MOST_DIRECT_PARAMETERS = 3;

/** A lambda `function($a, $b)<signature>{ … }`, closed over the frame and context it is evaluated in. */
export function compileLambda(compiler: Compiler, node: Node, scope: Scope): Evaluate {
  const names = node.arguments!.map((parameter) => String(parameter.value));
  const body = node.body!;
  const own = slotScope(scope, names, [body]);
  const slots = names.map((name) => own.slots.get(name)!);
  const unbound = own.slots.size;
  const validate = node.signature === undefined ? undefined : compileSignature(node.signature.definition);
  const distinct = own.parameters === names.length;

  // The body's levels are counted from its own call.
  const outside = compiler.deepest;
  compiler.deepest = 0;
  const unchecked = compiler.compile(body, own, 1);
  const { deepest } = compiler;
  compiler.deepest = outside;
  let checked: Evaluate | undefined = compiler.checked ? unchecked : undefined;

  const enter = (input: unknown, inner: Frame): unknown => {
    const { run, base } = inner;
    run.charge(1);
    if (own.parameters < unbound) clearSlots(inner, own.parameters, unbound);
    let evaluate = unchecked;
    if (base + deepest > run.maxDepth) evaluate = checked ??= compiler.checkingDepth().compile(body, own, 1);
    const result = evaluate(input, inner);
    run.depth = base;
    return result;
  };

  return (input, frame) => {
    const { run } = frame;
    const apply = (args: unknown[]): unknown => {
      const inner = new Frame(frame, run, run.depth);
      for (let index = 0; index < slots.length; index++) writeSlot(inner, slots[index]!, args[index]);
      return enter(input, inner);
    };
    const once: Call = validate === undefined ? apply : (args, context) => apply(validate(args, context));
    const value = functionValue(once, { arity: names.length, lambda: true, unchecked: apply });
    if (validate === undefined && distinct && names.length <= MOST_DIRECT_PARAMETERS) {
      value.direct = (context, a, b, c) => {
        const inner = new Frame(frame, run, run.depth);
        inner.v0 = a;
        inner.v1 = b;
        inner.v2 = c;
        const result = enter(input, inner);
        return result instanceof TailCall ? unroll(result, context, run) : result;
      };
    }
    return value;
  };
}

/** The call a lambda ends in: its arguments are evaluated, the call itself is left to the caller's loop. */
export function compileTailCall(compiler: Compiler, node: Node, scope: Scope): Evaluate {
  const procedure = compiler.compile(node.procedure!, scope, 1);
  const args = node.arguments!.map((argument) => compiler.compile(argument, scope, 1));
  const name = procedureName(node);
  return (input, frame) => {
    const callee = procedure(input, frame);
    const values = args.map((argument) => argument(input, frame));
    if (!isFunction(callee)) return failAt(node.position, 'T1006', {}, name);
    return new TailCall(callee, values, name);
  };
}
