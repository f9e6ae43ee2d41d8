import { isJsonObject, type Json } from '@interstate/kernel';

/** Reads a place of an event; undefined where it has none. */
export type EventPath = (event: Json) => Json | undefined;

/** A step of a path: `$`, `.name`, `['name']`, `[0]` or `[*]`. */
const STEP = /\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+)|(\*))\]/y;

/**
 * The path of an InputPath, an InputPathsMap or a parameter that starts with `$`: JSONPath with dots and brackets, no filters.
 * Undefined where the text is none.
 */
export function compileEventPath(text: string): EventPath | undefined {
  if (text === '$') return (event) => event;
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number | typeof ALL)[] = [];
  for (STEP.lastIndex = 1; STEP.lastIndex < text.length; ) {
    const found = STEP.exec(text);
    if (!found) return undefined;
    const [, name, single, double, index, all] = found;
    steps.push(all !== undefined || name === '*' ? ALL : index !== undefined ? Number(index) : (name ?? single ?? double)!);
  }
  return (event) => readFrom(event, steps, 0);
}

const ALL = Symbol('*');

function readFrom(start: Json, steps: readonly (string | number | typeof ALL)[], from: number): Json | undefined {
  let value: Json | undefined = start;
  for (let at = from; at < steps.length; at++) {
    const step = steps[at]!;
    if (step === ALL) {
      const members: readonly Json[] = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
      return members.flatMap((member) => readFrom(member, steps, at + 1) ?? []);
    }
    if (typeof step === 'number') value = Array.isArray(value) ? (value as readonly Json[])[step] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
