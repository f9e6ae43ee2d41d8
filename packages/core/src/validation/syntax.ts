import type { Json } from '@interstate/kernel';
import { compileIntrinsic } from '../intrinsics/compile.ts';
import { compileAslPath } from '../query/asl-path.ts';
import { isSubstituted } from './substitution.ts';

/** How a text that ought to be a path fails: it is none, or it can select more than one node. */
export type PathFault = 'no path' | 'no reference path';

/** Undefined for a path; texts with substitutions pass, since what they will be is not known. */
export function pathFault(text: string): PathFault | undefined {
  // The JSONPath library takes `a` for `$.a`; Step Functions does not.
  if (!text.startsWith('$')) return isSubstituted(text) ? undefined : 'no path';
  try {
    return compileAslPath(text).reference || isSubstituted(text) ? undefined : 'no reference path';
  } catch {
    return isSubstituted(text) ? undefined : 'no path';
  }
}

/** True for what may stand under a key that ends in `.$`: a path or an intrinsic call. */
export function isDynamicValue(value: Json): boolean {
  if (typeof value !== 'string') return isSubstituted(value);
  if (value.startsWith('$')) return pathFault(value) !== 'no path';
  return isIntrinsicCall(value) || isSubstituted(value);
}

export function isIntrinsicCall(text: string): boolean {
  if (!text.startsWith('States.')) return false;
  try {
    compileIntrinsic(text, (path) => {
      compileAslPath(path);
      return () => null;
    });
    return true;
  } catch {
    return false;
  }
}
