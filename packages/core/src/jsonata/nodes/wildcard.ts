import type { Node } from '../ast.ts';
import type { Evaluate } from '../frame.ts';
import { lookup, readerOf } from '../lookup.ts';
import type { Run } from '../run.ts';
import { markSequence, unwrapOuter } from '../sequence.ts';

export function compileName(node: Node): Evaluate {
  const read = readerOf(String(node.value));
  return (input, frame) => {
    if (Array.isArray(input)) frame.run.charge(input.length);
    return lookup(input, read);
  };
}

/** `*`: the values of an object, arrays among them flattened. */
export function compileWildcard(): Evaluate {
  return (input, frame) => {
    const values: unknown[] = [];
    // With an array among them the values are joined as `$append` would, which leaves no sequence.
    let joined = false;
    const from = unwrapOuter(input);
    if (typeof from === 'object' && from !== null) {
      for (const key of Object.keys(from)) {
        const value = (from as Record<string, unknown>)[key];
        if (Array.isArray(value)) {
          flattenInto(values, value, frame.run);
          joined = true;
        } else values.push(value);
      }
    }
    frame.run.charge(values.length);
    frame.run.checkItems(values.length);
    return joined ? values : markSequence(values);
  };
}

function flattenInto(values: unknown[], items: readonly unknown[], run: Run): void {
  run.charge(items.length);
  for (const item of items) {
    if (Array.isArray(item)) flattenInto(values, item, run);
    else values.push(item);
  }
}

/** `**`: the value and everything below it, arrays themselves left out. */
export function compileDescendants(): Evaluate {
  return (input, frame) => {
    if (input === undefined) return undefined;
    const values: unknown[] = [];
    descend(input, values, frame.run);
    return values.length === 1 ? values[0] : markSequence(values);
  };
}

function descend(value: unknown, values: unknown[], run: Run): void {
  run.charge(1);
  if (Array.isArray(value)) {
    for (const item of value) descend(item, values, run);
    return;
  }
  values.push(value);
  run.checkItems(values.length);
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) descend((value as Record<string, unknown>)[key], values, run);
}
