import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';
import { Fault } from '../fault.ts';

/** Steps of a Reference Path below `$`. */
export type ReferenceSteps = readonly (string | number)[];

const STEP = /^(?:\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\])/;

/** Reads a Reference Path (`$.a.b[0]`); undefined where the text is none. */
export function parseReferencePath(text: string): ReferenceSteps | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  let rest = text.slice(1);
  while (rest.length > 0) {
    const step = STEP.exec(rest);
    if (!step) return undefined;
    const name = step[1] ?? step[3]?.replace(/\\(.)/g, '$1') ?? step[4]?.replace(/\\(.)/g, '$1');
    steps.push(name ?? Number(step[2]));
    rest = rest.slice(step[0].length);
  }
  return steps;
}

/**
 * Implements ResultPath: the input with the result put where the path says. Copies along the path only; missing
 * objects on the way are made. Fails with `States.ResultPathMatchFailure` where the input has no such place.
 */
export function applyResultPath(input: Json, steps: ReferenceSteps, result: Json, text: string): Json {
  return steps.length === 0 ? result : place(input, steps, 0, result, text);
}

function place(target: Json | undefined, steps: ReferenceSteps, depth: number, result: Json, text: string): Json {
  if (depth === steps.length) return result;
  const step = steps[depth]!;
  if (typeof step === 'number') {
    if (!Array.isArray(target) || step >= target.length) throw mismatch(text, target);
    const copy = target.slice();
    copy[step] = place(target[step], steps, depth + 1, result, text);
    return copy;
  }
  if (target !== undefined && target !== null && !isJsonObject(target)) throw mismatch(text, target);
  const copy: Record<string, Json> = target ? { ...target } : {};
  const child = target && Object.hasOwn(target, step) ? target[step] : undefined;
  setJsonKey(copy, step, place(child, steps, depth + 1, result, text));
  return copy;
}

function mismatch(text: string, target: Json | undefined): Fault {
  return new Fault('States.ResultPathMatchFailure', `Unable to apply ReferencePath ${text} to input ${JSON.stringify(target ?? null)}`);
}
