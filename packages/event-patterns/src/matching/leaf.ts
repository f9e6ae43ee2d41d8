import { addressBits, networkBits } from '../values/ip-address.ts';
import { equalsIgnoreCaseAt } from '../values/ignore-case.ts';
import { comparableDouble, comparableNumber, NumberText } from '../values/numbers.ts';
import { matchesWildcard, parseWildcard, type WildcardPieces } from '../values/wildcard.ts';
import type { Alternative, Numbers } from '../language/pattern.ts';

/** What a pattern compares: a scalar of an event. */
export type Leaf = string | number | boolean | null | NumberText;
export type LeafTest = (leaf: Leaf) => boolean;

/** The condition of one alternative on one value that is there. `exists: false` is about none and never true here. */
export function leafTest(alternative: Alternative, numbers: Numbers): LeafTest {
  switch (alternative.type) {
    case 'string': {
      const { value } = alternative;
      const bits = addressBits(value);
      return bits === undefined ? (leaf) => leaf === value : (leaf) => typeof leaf === 'string' && addressBits(leaf) === bits;
    }
    case 'exactly':
    case 'literal': {
      const { value } = alternative;
      return (leaf) => leaf === value;
    }
    case 'number': {
      const { value, text } = alternative;
      if (value === undefined) return (leaf) => textOf(leaf, numbers) === text;
      return numbers === 'binary64' ? (leaf) => leaf === value : (leaf) => comparableOf(leaf, numbers) === value;
    }
    case 'numeric': {
      const { low, high, openLow, openHigh } = alternative;
      return (leaf) => {
        const value = comparableOf(leaf, numbers);
        return value !== undefined && (openLow ? value > low : value >= low) && (openHigh ? value < high : value <= high);
      };
    }
    case 'exists':
      return () => alternative.value;
    case 'cidr': {
      const network = networkBits(alternative.value) as { readonly bits: string };
      return (leaf) => typeof leaf === 'string' && addressBits(leaf)?.startsWith(network.bits) === true;
    }
    case 'anything-but':
      return anythingButTest(alternative, numbers);
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'prefix-ignore-case':
    case 'suffix-ignore-case':
    case 'wildcard': {
      const test = stringTest(alternative.type, alternative.value);
      return (leaf) => typeof leaf === 'string' && test(leaf);
    }
    default:
      return alternative satisfies never;
  }
}

function stringTest(type: 'prefix' | 'suffix' | 'equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case' | 'wildcard', text: string): (value: string) => boolean {
  switch (type) {
    case 'prefix':
      return (value) => value.startsWith(text);
    case 'suffix':
      return (value) => value.endsWith(text);
    case 'equals-ignore-case':
      return (value) => value.length === text.length && equalsIgnoreCaseAt(text, value, 0);
    case 'prefix-ignore-case':
      return (value) => equalsIgnoreCaseAt(text, value, 0);
    case 'suffix-ignore-case':
      return (value) => equalsIgnoreCaseAt(text, value, value.length - text.length);
    case 'wildcard': {
      const pieces = piecesOf(text);
      return (value) => matchesWildcard(pieces, value);
    }
    default:
      return type satisfies never;
  }
}

/** The pieces of a wildcard that has been checked. */
export function piecesOf(wildcard: string): WildcardPieces {
  return (parseWildcard(wildcard) as { readonly pieces: WildcardPieces }).pieces;
}

function anythingButTest(alternative: Extract<Alternative, { readonly type: 'anything-but' }>, numbers: Numbers): LeafTest {
  if (alternative.of === 'number') {
    const values = new Set(alternative.values);
    return (leaf) => {
      const value = comparableOf(leaf, numbers);
      return value === undefined || !values.has(value);
    };
  }
  const { of, values } = alternative;
  if (of === 'string') {
    if (values.length > 1) {
      const excluded: ReadonlySet<Leaf> = new Set(values);
      return (leaf) => !excluded.has(leaf);
    }
    const [only] = values;
    return (leaf) => leaf !== only;
  }
  const tests = values.map((value) => stringTest(of, value));
  if (tests.length === 1) {
    const test = tests[0]!;
    return (leaf) => typeof leaf !== 'string' || !test(leaf);
  }
  return (leaf) => typeof leaf !== 'string' || !tests.some((test) => test(leaf));
}

function comparableOf(leaf: Leaf, numbers: Numbers): number | undefined {
  if (typeof leaf === 'number') return comparableDouble(leaf, numbers);
  return leaf instanceof NumberText ? comparableNumber(NumberText.textOf(leaf), numbers) : undefined;
}

/** The text of a number that cannot be compared otherwise. */
function textOf(leaf: Leaf, numbers: Numbers): string | undefined {
  if (leaf instanceof NumberText) return NumberText.textOf(leaf);
  return typeof leaf === 'number' && comparableDouble(leaf, numbers) === undefined ? String(leaf) : undefined;
}
