import type { Json, JsonObject } from '@interstate/kernel';
import type { Value } from './java-value.ts';
import { isMap } from './java-value.ts';
import type { PathSyntax } from './syntax.ts';

/** Reads one place of a document; undefined where there is nothing. Never throws. */
export type Finder = (document: Value) => Json | undefined;

/** The keys and indexes of a path that has nothing else, otherwise undefined. */
export function referenceSteps(path: PathSyntax): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (const token of path.tokens) {
    if (token.kind === 'property' && token.keys.length === 1) steps.push(token.keys[0]!);
    else if (token.kind === 'index' && token.indexes.length === 1) steps.push(token.indexes[0]!);
    else return undefined;
  }
  return steps;
}

export function compileReference(path: PathSyntax): Finder | undefined {
  const steps = referenceSteps(path);
  if (steps === undefined) return undefined;
  if (steps.every((step) => typeof step === 'string' && isPlain(step))) return compilePlainKeys(steps as readonly string[]);
  return compileMixed(steps);
}

// Names that arrays, strings, numbers and the internal values answer to, although no JSON object holds them.
const INHERITED = new Set<string>();
for (const prototype of [Object.prototype, Array.prototype, String.prototype, Number.prototype, Boolean.prototype]) {
  for (const name of Object.getOwnPropertyNames(prototype)) INHERITED.add(name);
}
for (const name of ['value', 'keys', 'length']) INHERITED.add(name);

/** True where nothing but an object with that own key answers to it, so that a plain read is safe. */
function isPlain(key: string): boolean {
  return !INHERITED.has(key) && !/^[0-9]/.test(key);
}

type Opened = Readonly<Record<string, Json>> | null | undefined;

/** Reads one own key of an object that is known to be one. */
export function keyReader(key: string): (object: JsonObject) => Json | undefined {
  return isPlain(key) ? (object) => object[key] : (object) => (Object.hasOwn(object, key) ? object[key] : undefined);
}

/** Chains of keys, the bulk of real paths, unrolled: a read per key and nothing else. */
function compilePlainKeys(keys: readonly string[]): Finder {
  const [a, b, c, d] = keys as [string, string, string, string];
  switch (keys.length) {
    case 0:
      return (document) => document as Json;
    case 1:
      return (document) => (document as Opened)?.[a];
    case 2:
      return (document) => ((document as Opened)?.[a] as Opened)?.[b];
    case 3:
      return (document) => (((document as Opened)?.[a] as Opened)?.[b] as Opened)?.[c];
    case 4:
      return (document) => ((((document as Opened)?.[a] as Opened)?.[b] as Opened)?.[c] as Opened)?.[d];
  }
  return compileMixed(keys);
}

function compileMixed(steps: readonly (string | number)[]): Finder {
  const plain = steps.map((step) => typeof step === 'string' && isPlain(step));
  return (document) => {
    let node = document as Json | undefined;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]!;
      if (node === null || node === undefined) return undefined;
      if (plain[index]) node = (node as JsonObject)[step];
      else if (typeof step === 'number') node = Array.isArray(node) ? (node[step < 0 ? node.length + step : step] as Json) : undefined;
      else node = isMap(node) && Object.hasOwn(node, step) ? node[step] : undefined;
    }
    return node;
  };
}
