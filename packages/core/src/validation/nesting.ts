/** Levels of objects and arrays a definition may have; the JSON library behind Step Functions reads no deeper. */
export const MAX_NESTING = 1000;

// A definition has at most 1,048,576 characters, hence fewer values; more are the same object again and again.
const MAX_VALUES = 2_000_000;

export type NestingVerdict = 'json' | 'not json' | 'too deep';

/** Looks through a value once, never deeper than MAX_NESTING: is it plain JSON, and not nested too deeply? */
export function checkNesting(value: unknown): NestingVerdict {
  let values = 0;
  let verdict: NestingVerdict = 'json';
  const look = (node: unknown, left: number): void => {
    if (verdict === 'too deep') return;
    if (typeof node === 'string' || typeof node === 'boolean' || node === null) return;
    if (typeof node === 'number' && Number.isFinite(node)) return;
    if (typeof node !== 'object') {
      verdict = 'not json';
      return;
    }
    values += 1;
    if (left === 0 || values > MAX_VALUES) {
      verdict = 'too deep';
      return;
    }
    if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index++) look(node[index], left - 1);
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(node);
    // Plain objects of another realm have a prototype whose own prototype is null.
    if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null) verdict = 'not json';
    for (const key of Object.keys(node)) look((node as Record<string, unknown>)[key], left - 1);
  };
  look(value, MAX_NESTING);
  return verdict;
}
