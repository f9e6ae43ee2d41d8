import { isJsonEqual, isJsonObject, type Json } from '@interstate/kernel';
import { shown } from '../shown.ts';

/** The most that is told: more helps nobody. */
const MAX_LINES = 20;

/** Where a value differs from what was expected, a line each: `/items/0/price: expected 10, got 12`. @param isPart members may be left out of what is expected */
export function differences(expected: Json, actual: Json | undefined, isPart = false): string[] {
  const lines: string[] = [];
  compare(expected, actual, '', isPart, lines);
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more`] : lines;
}

function compare(expected: Json, actual: Json | undefined, place: string, isPart: boolean, lines: string[]): void {
  if (actual !== undefined && isJsonEqual(expected, actual)) return;
  if (isJsonObject(expected) && actual !== undefined && isJsonObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...(isPart ? [] : Object.keys(actual))]);
    for (const key of keys) {
      const wanted = Object.hasOwn(expected, key) ? expected[key]! : undefined;
      const found = Object.hasOwn(actual, key) ? actual[key]! : undefined;
      if (wanted === undefined) lines.push(`${place}/${key}: not expected, got ${shown(found)}`);
      else compare(wanted, found, `${place}/${key}`, isPart, lines);
    }
    return;
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    expected.forEach((item: Json, index) => compare(item, actual[index] as Json, `${place}/${index}`, isPart, lines));
    return;
  }
  lines.push(`${place === '' ? '' : `${place}: `}expected ${shown(expected)}, got ${actual === undefined ? 'nothing' : shown(actual)}`);
}
