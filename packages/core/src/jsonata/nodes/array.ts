import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import type { Evaluate } from '../frame.ts';
import type { Scope } from '../scope.ts';
import { markConstructed } from '../sequence.ts';

/** An array constructor `[…]`: arrays among its items are spread, unless they are constructors themselves. */
export function compileArray(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const items = node.expressions!.map((item) => ({
    evaluate: compiler.compile(item, scope, level + 1),
    whole: item.value === '[',
  }));
  const constructed = node.consarray === true;
  return (input, frame) => {
    const array: unknown[] = [];
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      const value = item.evaluate(input, frame);
      if (value === undefined) continue;
      if (item.whole || !Array.isArray(value)) array.push(value);
      else {
        frame.run.checkItems(array.length + value.length);
        frame.run.charge(value.length);
        for (let at = 0; at < value.length; at++) array.push(value[at]);
      }
    }
    return constructed ? markConstructed(array) : array;
  };
}
