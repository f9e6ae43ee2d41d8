import { setJsonKey, type Json } from '@interstate/kernel';
import { JsonataError } from './errors.ts';
import { AWS_BOUNDS } from './run.ts';
import { isMarked } from './sequence.ts';
import { TupleStream } from './tuple-stream.ts';

// Large containers known to be plain JSON already, so that a payload handed through is looked at once.
const REMEMBER_FROM_CHILDREN = 16;
const plain = new WeakSet<object>();

/**
 * The raw result of an expression as JSON: sequences become arrays, nothing inside arrays becomes null and inside objects no key,
 * and numbers that are not finite become the texts "Infinity", "-Infinity" and "NaN". What was JSON already is handed on, not copied.
 * Undefined where a function or regular expression is, or is inside, the result: "an unsupported result type".
 * @throws JsonataError where the result would be larger than a value may be.
 */
export function toJson(raw: unknown): Json | undefined {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
      return raw;
    case 'number':
      return Number.isFinite(raw) ? raw : String(raw);
    case 'object':
      break;
    default:
      return undefined;
  }
  try {
    const result = new Conversion().convert(raw);
    return result === UNSUPPORTED ? undefined : (result as Json);
  } catch (error) {
    // A value that contains itself.
    if (error instanceof RangeError) throw tooLarge();
    throw error;
  }
}

const UNSUPPORTED = Symbol('unsupported');

function tooLarge(): JsonataError {
  return new JsonataError('', 'Expression evaluation memory limit exceeded');
}

class Conversion {
  private left = AWS_BOUNDS.valueBytes;

  convert(value: unknown): unknown {
    switch (typeof value) {
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'function':
        return UNSUPPORTED;
      case 'object':
        break;
      default:
        return value;
    }
    if (value === null) return null;
    if (value instanceof TupleStream) return this.array(value.tuples.map((tuple) => tuple.get('@')));
    return Array.isArray(value) ? this.array(value) : this.object(value as Record<string, unknown>);
  }

  private array(items: unknown[]): unknown {
    if (items.length >= REMEMBER_FROM_CHILDREN && plain.has(items)) return items;
    this.spend(items.length);
    let copy: unknown[] | undefined = isMarked(items) ? items.slice() : undefined;
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      const converted = item === undefined ? null : this.convert(item);
      if (converted === UNSUPPORTED) return UNSUPPORTED;
      if (converted !== item) (copy ??= items.slice())[index] = converted;
    }
    const result = copy ?? items;
    if (result.length >= REMEMBER_FROM_CHILDREN) plain.add(result);
    return result;
  }

  private object(object: Record<string, unknown>): unknown {
    const keys = Object.keys(object);
    if (keys.length >= REMEMBER_FROM_CHILDREN && plain.has(object)) return object;
    this.spend(keys.length);
    let copy: Record<string, Json> | undefined;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index]!;
      const item = object[key];
      const converted = this.convert(item);
      if (converted === UNSUPPORTED) return UNSUPPORTED;
      if (copy === undefined && converted !== item) copy = firstOf(object, keys, index);
      if (copy === undefined && item === undefined) copy = firstOf(object, keys, index);
      if (copy !== undefined && converted !== undefined) setJsonKey(copy, key, converted as Json);
    }
    const result = copy ?? object;
    if (keys.length >= REMEMBER_FROM_CHILDREN) plain.add(result);
    return result;
  }

  // Shared parts may make a small value unfold into an endless one.
  private spend(children: number): void {
    this.left -= children + 1;
    if (this.left < 0) throw tooLarge();
  }
}

function firstOf(object: Record<string, unknown>, keys: readonly string[], count: number): Record<string, Json> {
  const copy: Record<string, Json> = {};
  for (let index = 0; index < count; index++) setJsonKey(copy, keys[index]!, object[keys[index]!] as Json);
  return copy;
}
