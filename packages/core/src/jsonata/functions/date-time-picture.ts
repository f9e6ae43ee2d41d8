import { fail } from '../errors.ts';
import { analyseIntegerPicture, type IntegerPicture } from './integer-picture.ts';

export interface Marker {
  readonly type: 'marker';
  /** `Y`, `M`, `D` … */
  readonly component: string;
  readonly names: 'upper' | 'lower' | 'title' | undefined;
  readonly integer: IntegerPicture | undefined;
  /** Most characters of a name. */
  readonly maxWidth: number | undefined;
  /** Digits of the year to keep, or undefined for all. */
  readonly yearDigits: number | undefined;
  /** `t`: UTC is written `Z`. */
  readonly traditional: boolean;
}

export interface Literal {
  readonly type: 'literal';
  readonly text: string;
}

export type PicturePart = Marker | Literal;

const DEFAULT_PRESENTATION: ReadonlyMap<string, string> = new Map([
  ...[...'YMDdWwXxHhf'].map((component): [string, string] => [component, '1']),
  ...[...'FPCE'].map((component): [string, string] => [component, 'n']),
  ...[...'ms'].map((component): [string, string] => [component, '01']),
  ...[...'Zz'].map((component): [string, string] => [component, '01:01']),
]);
const INTEGERS = 'YMDdFWwXxHhmsf';

/** Takes a picture of dates and times apart (XPath and XQuery Functions and Operators 3.1, §9.8.4.1). */
export function analyseDateTimePicture(picture: string): PicturePart[] {
  const parts: PicturePart[] = [];
  const addLiteral = (text: string) => {
    if (text.length > 0) parts.push({ type: 'literal', text: text.replaceAll(']]', ']') });
  };
  let from = 0;
  let at = 0;
  while (at < picture.length) {
    if (picture[at] !== '[') {
      at++;
      continue;
    }
    addLiteral(picture.slice(from, at));
    if (picture[at + 1] === '[') {
      parts.push({ type: 'literal', text: '[' });
      at += 2;
    } else {
      const end = picture.indexOf(']', at);
      if (end < 0) return fail('D3135');
      const marker = readMarker(picture.slice(at + 1, end).replace(/\s+/g, ''));
      const before = parts.at(-1);
      // Digits that follow digits can only be told apart by their number.
      if (marker.integer && isNumberMarker(marker) && before?.type === 'marker' && before.integer) {
        before.integer.parseWidth = before.integer.mandatoryDigits;
      }
      parts.push(marker);
      at = end + 1;
    }
    from = at;
  }
  addLiteral(picture.slice(from, at));
  return parts;
}

function isNumberMarker({ component }: Marker): boolean {
  return INTEGERS.includes(component);
}

function readMarker(text: string): Marker {
  const component = text.charAt(0);
  const comma = text.lastIndexOf(',');
  const width = comma < 0 ? undefined : readWidth(text.slice(comma + 1));
  let presentation = comma < 0 ? text.slice(1) : text.slice(1, comma);
  let modifier = '';
  if (presentation.length > 1 && 'atco'.includes(presentation.at(-1)!)) {
    modifier = presentation.at(-1)!;
    presentation = presentation.slice(0, -1);
  } else if (presentation === '') presentation = DEFAULT_PRESENTATION.get(component) ?? fail('D3132', { value: component });

  const names = namesOf(presentation);
  let integer: IntegerPicture | undefined;
  let yearDigits: number | undefined;
  if (names === undefined && component !== '' && INTEGERS.includes(component)) {
    integer = analyseIntegerPicture(modifier === '' ? presentation : `${presentation};${modifier}`);
    if (width?.min !== undefined && integer.mandatoryDigits < width.min) integer.mandatoryDigits = width.min;
    if (component === 'Y') {
      if (width?.max !== undefined) yearDigits = integer.mandatoryDigits = width.max;
      else if (integer.mandatoryDigits + integer.optionalDigits >= 2) yearDigits = integer.mandatoryDigits + integer.optionalDigits;
    }
  }
  if (component === 'Z' || component === 'z') integer = analyseIntegerPicture(presentation);
  return { type: 'marker', component, names, integer, maxWidth: width?.max, yearDigits, traditional: modifier === 't' };
}

function namesOf(presentation: string): Marker['names'] {
  if (presentation[0] === 'n') return 'lower';
  if (presentation[0] !== 'N') return undefined;
  return presentation[1] === 'n' ? 'title' : 'upper';
}

function readWidth(text: string): { min: number | undefined; max: number | undefined } {
  const dash = text.indexOf('-');
  const number = (part: string | undefined) => (part === undefined || part === '*' ? undefined : Number.parseInt(part, 10));
  return { min: number(dash < 0 ? text : text.slice(0, dash)), max: number(dash < 0 ? undefined : text.slice(dash + 1)) };
}
