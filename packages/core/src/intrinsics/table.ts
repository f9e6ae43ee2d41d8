import { array } from './array.ts';
import { arrayContains } from './array-contains.ts';
import { arrayGetItem } from './array-get-item.ts';
import { arrayLength } from './array-length.ts';
import { arrayPartition } from './array-partition.ts';
import { arrayRange } from './array-range.ts';
import { arrayUnique } from './array-unique.ts';
import { base64Decode } from './base64-decode.ts';
import { base64Encode } from './base64-encode.ts';
import { format } from './format.ts';
import { hash } from './hash.ts';
import type { Intrinsic } from './intrinsic.ts';
import { jsonMerge } from './json-merge.ts';
import { jsonToString } from './json-to-string.ts';
import { mathAdd } from './math-add.ts';
import { mathRandom } from './math-random.ts';
import { stringSplit } from './string-split.ts';
import { stringToJson } from './string-to-json.ts';
import { uuid } from './uuid.ts';

/** All intrinsic functions, in the order of the documentation. */
export const INTRINSICS: readonly Intrinsic[] = [
  array,
  arrayPartition,
  arrayContains,
  arrayRange,
  arrayGetItem,
  arrayLength,
  arrayUnique,
  base64Encode,
  base64Decode,
  hash,
  jsonMerge,
  stringToJson,
  jsonToString,
  mathRandom,
  mathAdd,
  stringSplit,
  uuid,
  format,
];

const BY_NAME: ReadonlyMap<string, Intrinsic> = new Map(INTRINSICS.map((intrinsic) => [intrinsic.name, intrinsic]));

export function findIntrinsic(name: string): Intrinsic | undefined {
  return BY_NAME.get(name);
}
