import type { Json, JsonObject } from '@interstate/kernel';
import { asArray, asBounded } from './argument.ts';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.ArrayUnique(array)`: the array without repeated values, the first of each kept. */
export const arrayUnique: FixedIntrinsic = {
  name: 'States.ArrayUnique',
  parameters: ['array'],
  evaluate(items) {
    asBounded(items, 'array');
    const seen = new Set<string>();
    return asArray(items, 'array').filter((item) => {
      const { size } = seen;
      return seen.add(canonicalJson(item)).size > size;
    });
  },
};

/** Equal values give equal texts, and only they: a table of texts takes linear time, comparing pairs would not. */
function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const object = value as JsonObject;
  const fields = Object.keys(object).sort();
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`).join()}}`;
}
