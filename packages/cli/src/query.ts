import type { Json } from '@interstate/kernel';
import { JSONPath } from 'jsonpath-plus';
import { UsageError } from './usage-error.ts';

/**
 * What a JSONPath finds in a value, in the dialect of jsonpath-plus, filters evaluated in its safe mode: one value (or undefined) for a
 * path that can only lead to one, else an array.
 * @throws UsageError where the path cannot be evaluated
 */
export function evaluateQuery(path: string, value: Json): Json | undefined {
  try {
    const found = JSONPath({ path, json: value as object, eval: 'safe', wrap: true }) as Json[];
    const steps = JSONPath.toPathArray(path) as string[];
    return steps.every((step) => /^(?:\$|[^*?():,~^.@`]+)$/.test(step)) ? found[0] : found;
  } catch (error) {
    throw new UsageError(`--query '${path}': ${error instanceof Error ? error.message : String(error)}`);
  }
}
