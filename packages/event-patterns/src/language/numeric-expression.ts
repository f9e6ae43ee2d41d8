import { comparableNumber, incomparable } from '../values/numbers.ts';
import type { Alternative, Numbers } from './pattern.ts';
import type { TokenReader } from './token-reader.ts';

const TOO_MANY = 'Too many elements in numeric expression';

/** Reads the value of `numeric`: `[operator, number]` or `[lower operator, number, upper operator, number]`. */
export function parseNumeric(reader: TokenReader, numbers: Numbers): Alternative {
  if (reader.next().type !== '[') reader.fail('Value of numeric must be an array.');
  const { type, text: operator } = reader.next();
  if (type !== 'string') reader.fail(`Invalid member in numeric match: ${type === 'number' ? operator : type}`);
  switch (operator) {
    case '=': {
      const { value, text } = numberOf(reader, numbers, 'equals');
      if (reader.next().type !== ']') reader.fail(TOO_MANY);
      return { type: 'number', value, text };
    }
    case '<':
    case '<=': {
      const { value: high } = numberOf(reader, numbers, operator);
      if (reader.next().type !== ']') reader.fail(TOO_MANY);
      return { type: 'numeric', low: -Infinity, high, openLow: false, openHigh: operator === '<' };
    }
    case '>':
    case '>=': {
      const { value: low } = numberOf(reader, numbers, operator);
      return parseUpperBound(reader, numbers, low, operator === '>');
    }
    default:
      return reader.fail(`Unrecognized numeric range operator: ${operator}`);
  }
}

function parseUpperBound(reader: TokenReader, numbers: Numbers, low: number, openLow: boolean): Alternative {
  const { type, text: operator } = reader.next();
  if (type === ']') return { type: 'numeric', low, high: Infinity, openLow, openHigh: false };
  if (type !== 'string') reader.fail(`Bad value in numeric range: ${type === 'number' ? operator : type}`);
  if (operator !== '<' && operator !== '<=') reader.fail(`Bad numeric range operator: ${operator}`);
  const { value: high } = numberOf(reader, numbers, operator);
  if (reader.next().type !== ']') reader.fail('Too many terms in numeric range expression');
  if (low >= high) reader.fail('Bottom must be less than top');
  return { type: 'numeric', low, high, openLow, openHigh: operator === '<' };
}

function numberOf(reader: TokenReader, numbers: Numbers, operator: string): { readonly value: number; readonly text: string } {
  const { type, text } = reader.next();
  if (type !== 'number') reader.fail(`Value of ${operator} must be numeric`);
  return { value: comparableNumber(text, numbers) ?? reader.fail(incomparable(text, numbers)), text };
}
