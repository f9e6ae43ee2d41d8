import type { Json } from '@interstate/kernel';
import { parseTimestamp } from '../flow/timestamp.ts';
import { compileWildcard } from './string-matches.ts';

/** Holds a value against an operator's operand. A value of another type never matches and is never an error. */
export type Comparison = (value: Json, operand: Json) => boolean;

const strings = (compare: (a: string, b: string) => boolean): Comparison => (value, operand) =>
  typeof value === 'string' && typeof operand === 'string' && compare(value, operand);

const numbers = (compare: (a: number, b: number) => boolean): Comparison => (value, operand) =>
  typeof value === 'number' && typeof operand === 'number' && compare(value, operand);

const timestamps = (compare: (a: number, b: number) => boolean): Comparison => (value, operand) => {
  if (typeof value !== 'string' || typeof operand !== 'string') return false;
  const left = parseTimestamp(value);
  const right = parseTimestamp(operand);
  return left !== undefined && right !== undefined && compare(left, right);
};

/** `IsX: true` asks whether the test holds, `IsX: false` whether it does not. */
const typeTest = (test: (value: Json) => boolean): Comparison => (value, operand) => test(value) === operand;

/**
 * Implements the comparison operators of Choice rules, but for IsPresent, which asks about the path itself. Each row but
 * StringMatches and the type tests also exists as `…Path`. @see https://states-language.net/#choice-state
 */
export const COMPARISONS = {
  StringEquals: strings((a, b) => a === b),
  StringLessThan: strings((a, b) => a < b),
  StringGreaterThan: strings((a, b) => a > b),
  StringLessThanEquals: strings((a, b) => a <= b),
  StringGreaterThanEquals: strings((a, b) => a >= b),
  NumericEquals: numbers((a, b) => a === b),
  NumericLessThan: numbers((a, b) => a < b),
  NumericGreaterThan: numbers((a, b) => a > b),
  NumericLessThanEquals: numbers((a, b) => a <= b),
  NumericGreaterThanEquals: numbers((a, b) => a >= b),
  TimestampEquals: timestamps((a, b) => a === b),
  TimestampLessThan: timestamps((a, b) => a < b),
  TimestampGreaterThan: timestamps((a, b) => a > b),
  TimestampLessThanEquals: timestamps((a, b) => a <= b),
  TimestampGreaterThanEquals: timestamps((a, b) => a >= b),
  BooleanEquals: (value, operand) => typeof value === 'boolean' && value === operand,
  StringMatches: (value, operand) => typeof value === 'string' && compileWildcard(operand as string)(value),
  IsNull: typeTest((value) => value === null),
  IsNumeric: typeTest((value) => typeof value === 'number'),
  IsString: typeTest((value) => typeof value === 'string'),
  IsBoolean: typeTest((value) => typeof value === 'boolean'),
  IsTimestamp: typeTest((value) => typeof value === 'string' && parseTimestamp(value) !== undefined),
} satisfies Readonly<Record<string, Comparison>>;

export type ComparisonName = keyof typeof COMPARISONS;
