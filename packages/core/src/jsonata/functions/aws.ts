import { nextUuid, type Crypto, type HashAlgorithm } from '@interstate/kernel';
import { fail } from '../errors.ts';
import type { Run } from '../run.ts';
import { markSequence } from '../sequence.ts';
import type { Builtins } from './table.ts';

const ALGORITHMS: ReadonlySet<string> = new Set<HashAlgorithm>(['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']);

/** Most elements `$range` makes (observed). */
const MOST_IN_RANGE = 360_145;

/** Functions that Step Functions adds to JSONata (Developer Guide, "JSONata functions provided by Step Functions"). */
export const AWS_FUNCTIONS: Builtins = {
  partition: { signature: '<an:a>', arity: 2, call: partition },
  range: { signature: '<nnn?:a>', arity: 3, call: range },
  hash: { signature: '<ss?:s>', arity: 2, call: (run, text?: string, algorithm?: string) => hash(run.environment.crypto, text, algorithm) },
  uuid: { signature: '<:s>', arity: 0, call: (run) => nextUuid(run.environment.random) },
  parse: { signature: '<s-:x>', arity: 1, call: (_run, text?: string) => (text === undefined ? undefined : parse(text)) },
};

/** Chunks of a size rounded towards zero. One chunk stays nested. */
function partition(run: Run, items?: readonly unknown[], size?: number): unknown {
  if (items === undefined || size === undefined || items.length === 0) return undefined;
  const step = Math.trunc(size);
  if (step === 0) return undefined;
  if (step < 0) return fail('D3137', { message: 'The second argument of the partition function must be a positive number' });
  const chunks: unknown[] = [];
  for (let from = 0; from < items.length; from += step) chunks.push(items.slice(from, from + step));
  run.charge(chunks.length);
  return chunks;
}

/** From start to end, both rounded towards zero, the end included where the step lands on it. */
function range(run: Run, start?: number, end?: number, step?: number): unknown {
  if (start === undefined || end === undefined || step === undefined) return undefined;
  const from = Math.trunc(start);
  const to = Math.trunc(end);
  const by = Math.trunc(step);
  if (by === 0 || (to - from) * by < 0) return undefined;
  const size = Math.floor((to - from) / by) + 1;
  if (size > MOST_IN_RANGE) return fail('D3137', { message: `The range function must not make more than ${MOST_IN_RANGE} elements` });
  run.checkItems(size);
  run.charge(size);
  return markSequence(Array.from({ length: size }, (_none, index) => from + index * by));
}

function hash(crypto: Crypto, text?: string, algorithm?: string): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  if (!ALGORITHMS.has(algorithm)) return fail('D3137', { message: `The hash algorithm ${algorithm} is not supported` });
  return crypto.hash(algorithm as HashAlgorithm, text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return fail('D3137', { message: 'The argument of the parse function is not valid JSON' });
  }
}
