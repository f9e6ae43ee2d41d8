/** Order of UTF-8 bytes, in which S3 lists keys: UTF-16 order with surrogates behind everything else. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Index of the first key that is not before `bound`. */
export function firstAtLeast(keys: readonly string[], bound: string): number {
  return search(keys, (key) => compareKeys(key, bound) >= 0);
}

/** Index of the first key behind `bound`. */
export function firstAfter(keys: readonly string[], bound: string): number {
  return search(keys, (key) => compareKeys(key, bound) > 0);
}

function search(keys: readonly string[], isBehind: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(keys[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
