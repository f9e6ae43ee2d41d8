import { fail } from '../errors.ts';
import type { Run } from '../run.ts';
import { dateComponent, DAYS, MONTHS } from './calendar.ts';
import { analyseDateTimePicture, type Marker, type PicturePart } from './date-time-picture.ts';
import { readInteger, type IntegerPicture } from './integer-picture.ts';
import { NUMBER_WORDS } from './number-words.ts';

/** A part of a picture as something to read. */
interface Reader {
  /** Where the part may end when it starts at a position, the most likely end first. */
  ends(text: string, at: number): Iterable<number>;
  readonly component: string;
  /** The value of what was read; undefined for literals. */
  value?(text: string): number | undefined;
}

type Components = Map<string, number>;

/** Epoch milliseconds of a timestamp written by a picture, or undefined where it does not fit. Missing dates are today's. @throws D3136 */
export function parseDateTime(run: Run, timestamp: string, picture: string): number | undefined {
  const readers = analyseDateTimePicture(picture).map(readerOf);
  const ends = match(run, readers, timestamp);
  if (ends === undefined) return undefined;
  const components: Components = new Map();
  readers.forEach((reader, index) => {
    const value = reader.value?.(timestamp.slice(index === 0 ? 0 : ends[index - 1], ends[index]));
    if (reader.value !== undefined && value !== undefined) components.set(reader.component, value);
  });
  if (!readers.some((reader) => reader.value !== undefined)) return undefined;
  return toEpoch(components, new Date(run.environment.now));
}

// Backtracks over the ends of the parts; what failed once is not tried again.
function match(run: Run, readers: readonly Reader[], text: string): number[] | undefined {
  const failed = new Set<number>();
  const ends: number[] = [];
  const from = (part: number, at: number): boolean => {
    if (part === readers.length) return at === text.length;
    const key = part * (text.length + 1) + at;
    if (failed.has(key)) return false;
    for (const end of readers[part]!.ends(text, at)) {
      run.charge(1);
      ends[part] = end;
      if (from(part + 1, end)) return true;
    }
    failed.add(key);
    return false;
  };
  return from(0, 0) ? ends : undefined;
}

function readerOf(part: PicturePart): Reader {
  if (part.type === 'literal') {
    const wanted = part.text.toLowerCase();
    return {
      component: '',
      ends: (text, at) => (text.slice(at, at + wanted.length).toLowerCase() === wanted ? [at + wanted.length] : []),
    };
  }
  const { component } = part;
  if (component === 'Z' || component === 'z') return zoneReader(part);
  if (component === 'f') {
    return { component, ends: (text, at) => runEnds(text, at, isDigit), value: (text) => Number.parseFloat(`0.${text.slice(0, 3)}`) * 1000 };
  }
  if (part.integer !== undefined) return integerReader(component, part.integer);
  return nameReader(part);
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/** The ends of a row of at least one such character, longest first; with a width, of exactly so many. */
function* runEnds(text: string, at: number, is: (character: string) => boolean, width?: number): Generator<number> {
  let end = at;
  while (end < text.length && (width === undefined || end < at + width) && is(text[end]!)) end++;
  if (width !== undefined) {
    if (end === at + width) yield end;
    return;
  }
  for (; end > at; end--) yield end;
}

function integerReader(component: string, picture: IntegerPicture): Reader {
  const value = (text: string) => readInteger(text, picture);
  switch (picture.primary) {
    case 'letters':
      return { component, ends: (text, at) => runEnds(text, at, isLetter), value };
    case 'roman':
      return { component, ends: (text, at) => runEnds(text, at, (character) => 'MDCLXVImdclxvi'.includes(character)), value };
    case 'words':
      return { component, ends: wordEnds, value };
    case 'decimal':
      return { component, ends: (text, at) => decimalEnds(text, at, picture), value };
    case 'sequence':
      return fail('D3130', { value: picture.token });
  }
}

function* decimalEnds(text: string, at: number, { parseWidth, ordinal }: IntegerPicture): Generator<number> {
  for (const end of runEnds(text, at, isDigit, parseWidth || undefined)) {
    if (!ordinal) yield end;
    else if (['th', 'st', 'nd', 'rd'].includes(text.slice(end, end + 2).toLowerCase())) yield end + 2;
  }
}

function wordEnds(text: string, at: number): number[] {
  const lower = text.toLowerCase();
  const reached = new Set([at]);
  // A set goes on to what is added while it is walked.
  for (const from of reached) for (const word of NUMBER_WORDS) if (lower.startsWith(word, from)) reached.add(from + word.length);
  reached.delete(at);
  return [...reached].sort((a, b) => b - a);
}

function nameReader({ component, maxWidth }: Marker): Reader {
  const names = new Map<string, number>();
  const add = (name: string, value: number) => names.set(maxWidth ? name.slice(0, maxWidth) : name, value);
  if (component === 'M' || component === 'x') MONTHS.forEach((name, index) => add(name, index + 1));
  else if (component === 'F') DAYS.forEach((name, index) => index > 0 && add(name, index));
  else if (component === 'P') for (const [name, value] of [['am', 0], ['AM', 0], ['pm', 1], ['PM', 1]] as const) names.set(name, value);
  else return fail('D3133', { value: component });
  return { component, ends: (text, at) => runEnds(text, at, isLetter), value: (text) => names.get(text) };
}

function zoneReader({ component, integer }: Marker): Reader {
  const separator = integer?.regular?.character;
  const prefix = component === 'z' ? 'GMT' : '';
  return {
    component,
    *ends(text, at) {
      if (text.slice(at, at + prefix.length).toUpperCase() !== prefix) return;
      const sign = at + prefix.length;
      if (text[sign] !== '+' && text[sign] !== '-') return;
      for (const hours of runEnds(text, sign + 1, isDigit)) {
        if (separator === undefined) yield hours;
        else if (text.startsWith(separator, hours)) yield* runEnds(text, hours + separator.length, isDigit);
      }
    },
    /** Minutes east of UTC. */
    value(whole) {
      const text = whole.slice(prefix.length);
      if (separator !== undefined) {
        const at = text.indexOf(separator);
        return Number.parseInt(text.slice(0, at), 10) * 60 + Number.parseInt(text.slice(at + 1), 10);
      }
      if (text.length <= 3) return Number.parseInt(text, 10) * 60;
      return Number.parseInt(text.slice(0, 3), 10) * 60 + Number.parseInt(text.slice(3), 10);
    },
  };
}

function toEpoch(components: Components, now: Date): number {
  const has = (letters: string) => [...letters].some((letter) => truthy(components, letter));
  const only = (letters: string, allowed: string) => has(letters) && ![...letters].some((letter) => !allowed.includes(letter) && truthy(components, letter));
  const fits = (all: string, allowed: string) => has(allowed) && only(all, allowed);
  const byDate = fits('YXMxWwdD', 'YMD');
  const byDayOfYear = !byDate && fits('YXMxWwdD', 'Yd');
  const byMonthWeek = fits('YXMxWwdD', 'XxwF');
  const byWeek = !byMonthWeek && fits('YXMxWwdD', 'XWF');
  const twelveHours = !fits('PHhmsf', 'Hmsf') && fits('PHhmsf', 'Phmsf');
  const date = byDayOfYear ? 'YD' : byMonthWeek ? 'XxwF' : byWeek ? 'XWF' : 'YMD';
  fillGaps(components, date + (twelveHours ? 'Phmsf' : 'Hmsf'), now);
  if (byMonthWeek || byWeek) return fail('D3136');

  const get = (letter: string) => components.get(letter) ?? Number.NaN;
  let month = get('M') > 0 ? get('M') - 1 : 0;
  let day = get('D');
  if (byDayOfYear) {
    const derived = new Date(Date.UTC(get('Y'), 0) + (get('d') - 1) * 86_400_000);
    month = derived.getUTCMonth();
    day = derived.getUTCDate();
  }
  const hour = twelveHours ? (get('h') === 12 ? 0 : get('h')) + (get('P') === 1 ? 12 : 0) : get('H');
  const epoch = Date.UTC(get('Y'), month, day, hour, get('m'), get('s'), get('f'));
  return epoch - (components.get('Z') || components.get('z') || 0) * 60_000;
}

function truthy(components: Components, letter: string): boolean {
  const value = components.get(letter);
  return value !== undefined && value !== 0 && !Number.isNaN(value);
}

// Left of what was given stands the present, right of it the beginning; between, nothing may be missing.
function fillGaps(components: Components, letters: string, now: Date): void {
  let started = false;
  let ended = false;
  for (const letter of letters) {
    if (components.has(letter)) {
      started = true;
      if (ended) fail('D3136');
    } else if (started) {
      components.set(letter, 'MDd'.includes(letter) ? 1 : 0);
      ended = true;
    } else components.set(letter, Number(dateComponent(now, letter)));
  }
}
