import { setJsonKey, type Json } from '@interstate/kernel';
import type { Node } from '../ast.ts';
import { copyJson } from '../copy.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { functionValue, isFunction } from '../function-value.ts';
import type { Scope } from '../scope.ts';
import { compileSignature } from '../signature.ts';
import { isObject } from '../values.ts';
import { compileReference } from './variable.ts';

const validate = compileSignature('<(oa):o>');

/** A transform `| pattern | update, delete |`: a function that answers with a changed copy of its argument. */
export function compileTransform(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const cloneFunction = compileReference(compiler, 'clone', scope);
  const pattern = compiler.compile(node.pattern!, scope, level + 1);
  const update = compiler.compile(node.update!, scope, level + 1);
  const deletion = node.delete === undefined ? undefined : compiler.compile(node.delete, scope, level + 1);
  return (input, frame) => {
    const { run } = frame;
    const apply = (value: unknown): unknown => {
      if (value === undefined) return undefined;
      if (!isFunction(cloneFunction(input, frame))) failAt(node.position, 'T2013');
      // Only what was copied is changed: a pattern may also reach variables, which are not ours.
      const copied = new Set<object>();
      const result = copyJson(run, value, copied);
      const matches = pattern(result, frame);
      if (matches === undefined) return result;
      for (const match of Array.isArray(matches) ? (matches as unknown[]) : [matches]) {
        run.charge(1);
        const target = isObject(match) && copied.has(match) ? (match as Record<string, Json>) : undefined;
        const changes = update(match, frame);
        if (changes !== undefined) {
          if (!isObject(changes)) return failAt(node.update!.position, 'T2011', { value: changes });
          if (target) for (const key of Object.keys(changes)) setJsonKey(target, key, changes[key] as Json);
        }
        const names = deletion?.(match, frame);
        if (names === undefined) continue;
        const list: readonly unknown[] = Array.isArray(names) ? names : [names];
        if (!list.every((name) => typeof name === 'string')) return failAt(node.delete!.position, 'T2012', { value: names });
        if (target) for (const name of list) delete target[name as string];
      }
      return result;
    };
    return functionValue((args, context) => apply(validate(args, context)[0]), { arity: 1, unchecked: (args) => apply(args[0]) });
  };
}
