import { fail } from '../errors.ts';
import type { Run } from '../run.ts';
import { formatInteger, parseInteger } from './integer-picture.ts';
import { formatNumber } from './format-number.ts';
import { javaRandom } from './java-random.ts';
import { round } from './round.ts';
import type { Builtins } from './table.ts';
import { nextRandom } from '@interstate/kernel';

const DECIMAL = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/;
// As loose as the original: only the first alternative is held at the start, only the last at the end.
const PREFIXED = /^(0[xX][0-9A-Fa-f]+)|(0[oO][0-7]+)|(0[bB][0-1]+)$/;

function toNumber(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    if (DECIMAL.test(value) && Number.isFinite(Number(value))) return Number.parseFloat(value);
    if (PREFIXED.test(value)) return Number(value);
  }
  return fail('D3030', { value, index: 1 });
}

/** Lifts a function of one number: nothing gives nothing. */
function onNumber(apply: (value: number) => number) {
  return (_run: Run, value?: number) => (value === undefined ? undefined : apply(value));
}

/** Numeric functions. `$random(seed)` is Step Functions' addition. */
export const NUMERIC_FUNCTIONS: Builtins = {
  number: { signature: '<(nsb)-:n>', arity: 1, call: (_run, value) => toNumber(value) },
  floor: { signature: '<n-:n>', arity: 1, call: onNumber(Math.floor) },
  ceil: { signature: '<n-:n>', arity: 1, call: onNumber(Math.ceil) },
  abs: { signature: '<n-:n>', arity: 1, call: onNumber(Math.abs) },
  round: {
    signature: '<n-n?:n>',
    arity: 2,
    call: (_run, value?: number, precision?: number) => (value === undefined ? undefined : round(value, precision)),
  },
  sqrt: { signature: '<n-:n>', arity: 1, call: onNumber((value) => (value < 0 ? fail('D3060', { value, index: 1 }) : Math.sqrt(value))) },
  power: {
    signature: '<n-n:n>',
    arity: 2,
    call: (_run, base?: number, exponent?: number) => {
      if (base === undefined) return undefined;
      const result = Math.pow(base, exponent as number);
      return Number.isFinite(result) ? result : fail('D3061', { value: base, exp: exponent, index: 1 });
    },
  },
  random: { signature: '<n?:n>', arity: 0, call: (run, seed?: number) => (seed === undefined ? nextRandom(run.environment.random) : javaRandom(seed)) },
  formatNumber: {
    signature: '<n-so?:s>',
    arity: 3,
    call: (_run, value?: number, picture?: string, options?: object) =>
      value === undefined ? undefined : formatNumber(value, picture ?? '', options),
  },
  formatBase: {
    signature: '<n-n?:s>',
    arity: 2,
    call: (_run, value?: number, radix?: number) => {
      if (value === undefined) return undefined;
      const base = radix === undefined ? 10 : round(radix);
      return base < 2 || base > 36 ? fail('D3100', { value: base }) : round(value).toString(base);
    },
  },
  formatInteger: {
    signature: '<n-s:s>',
    arity: 2,
    call: (_run, value?: number, picture?: string) => (value === undefined ? undefined : formatInteger(value, picture ?? '')),
  },
  parseInteger: {
    signature: '<s-s:n>',
    arity: 2,
    call: (_run, value?: string, picture?: string) => (value === undefined ? undefined : parseInteger(value, picture ?? '')),
  },
};
